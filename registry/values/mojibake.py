"""Repair of UTF-8 read as Latin-1 or Windows-1252 (`JosÃ©` → `José`), once or twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LETTERS: Final = "áàâãäéèêëíìïóòôõöúùûüçñÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÚÙÛÜÇÑ"
_SIGNS: Final = "ºª°·–—’‘“”\xa0"
_CLOSING_QUOTES: Final = "”’›»"
_LATIN_1_GAPS: Final = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def repair_mojibake(text: str) -> str:
    """Text with every misread sequence replaced by the Portuguese letter or sign it stood for.

    Correct text comes back unchanged: only sequences from a closed table are touched, never whole fields, so
    a truncated or partly correct field is repaired as far as it can be.
    """
    if not may_be_misread(text):
        return text
    return _WRONG.sub(lambda match: _RIGHT[match[0]], text)


def may_be_misread(text: str) -> bool:
    """False when no misread sequence can be in the text, however long it is: two characters tell, and cost little."""
    return not text.isascii() and any(lead in text and pair.search(text) for lead, pair in _PAIRS.items())


def _windows_1252(octets: bytes) -> str:
    """Windows-1252 as browsers and drivers read it: the five undefined octets become controls."""
    return "".join(chr(o) if o in _LATIN_1_GAPS else bytes([o]).decode("cp1252") for o in octets)


def _misread(text: str) -> Iterator[str]:
    octets = text.encode()
    yield _windows_1252(octets)
    yield octets.decode("latin-1")


def _wrong_forms(character: str) -> set[str]:
    once = set(_misread(character))
    return once | {twice for form in once for twice in _misread(form)}


def _table() -> dict[str, str]:
    return {form: character for character in _LETTERS + _SIGNS for form in _wrong_forms(character)}


def _pattern(form: str) -> str:
    escaped = re.escape(form)
    if form[0] == "Ã" and form[1] in _CLOSING_QUOTES:
        # Ô, Ò, Û and û look like a quoted word ending in Ã unless the word goes on.
        return escaped + r"(?=[^\W\d_])"
    if form == "Ã\xa0":
        # à opens a word in Portuguese (à, às, àquele); elsewhere it is Ã and a no-break space.
        return r"(?<!\w)" + escaped
    return escaped


_RIGHT: Final = _table()
_WRONG: Final = re.compile("|".join(_pattern(form) for form in sorted(_RIGHT, key=lambda f: (-len(f), f))))
# The first two characters of misread sequences, by the first: a pattern that begins with one letter skips to it.
_LEADS: Final = {form[0] for form in _RIGHT}
_PAIRS: Final = {
    lead: re.compile(re.escape(lead) + "[" + re.escape("".join({f[1] for f in _RIGHT if f[0] == lead})) + "]")
    for lead in _LEADS
}
