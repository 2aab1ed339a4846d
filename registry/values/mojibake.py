"""Repair of UTF-8 read as Latin-1 or Windows-1252 (`JosÃ©` → `José`), once or twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LETTERS: Final = "áàâãäéèêëíìïóòôõöúùüçñÁÀÂÃÄÉÈÊËÍÌÎÏÓÕÚÙÜÇÑ"
# Their wrong form ends in a closing quotation mark (”, ’, ›, »), which correct text may have after a word
# ending in Ã: repaired only before another letter.
_LETTERS_BEFORE_LETTER: Final = "ÔÒÛû"
_SIGNS: Final = "ºª°·–—’‘“”\xa0"
_LATIN_1_GAPS: Final = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def repair_mojibake(text: str) -> str:
    """Text with every misread sequence replaced by the Portuguese letter or sign it stood for.

    Correct text comes back unchanged: only sequences from a closed table are touched, never whole fields, so
    a truncated or partly correct field is repaired as far as it can be.
    """
    if text.isascii():
        return text
    return _WRONG.sub(lambda match: _RIGHT[match[0]], text)


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
    characters = _LETTERS + _LETTERS_BEFORE_LETTER + _SIGNS
    return {form: character for character in characters for form in _wrong_forms(character)}


def _pattern(form: str, character: str) -> str:
    escaped = re.escape(form)
    if character in _LETTERS_BEFORE_LETTER:
        return escaped + r"(?=[^\W\d_])"
    if character == "à":
        # à opens a word in Portuguese (à, às, àquele); elsewhere it is Ã and a no-break space.
        return r"(?<!\w)" + escaped
    return escaped


_RIGHT: Final = _table()
_WRONG: Final = re.compile(
    "|".join(_pattern(form, _RIGHT[form]) for form in sorted(_RIGHT, key=lambda f: (-len(f), f)))
)
