"""Personal names as Brazilian registers write them: legible form, index form, agnome, comparison.

The parts are those of Lei 6.015/1973, arts. 54 and 55: given names, surnames of the parents, and an agnome
(Júnior, Filho, Neto, Sobrinho) at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from registry.values import phonetics
from registry.values.mojibake import repair_mojibake
from registry.values.text import PARTICLES, normalise, tokens

__all__ = [
    "PARTICLES", "compatible", "display", "index_form", "normalise", "repair_mojibake", "suffix", "tokens",
]  # fmt: skip

_SUFFIXES: Final = {
    "JUNIOR": "JUNIOR", "JR": "JUNIOR", "JUN": "JUNIOR", "FILHO": "FILHO", "NETO": "NETO", "NETTO": "NETO",
    "SOBRINHO": "SOBRINHO", "BISNETO": "BISNETO", "SEGUNDO": "SEGUNDO", "II": "SEGUNDO",
    "TERCEIRO": "TERCEIRO", "III": "TERCEIRO",
}  # fmt: skip
_GENERATION: Final = {**{form: form for form in _SUFFIXES.values()}, "FILHO": "JUNIOR"}
_ROMAN: Final = frozenset({"II", "III"})
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def suffix(text: str) -> str | None:
    """Agnome at the end of the name in its full form (`JR` → `JUNIOR`), or None.

    A name made of that single word has no suffix: it is a given name.
    """
    return agnome(tokens(text))


def agnome(words: Sequence[str]) -> str | None:
    """`suffix` of the words given by `tokens`."""
    return _SUFFIXES.get(words[-1]) if len(words) > 1 else None


def display(text: str) -> str:
    """Legible form: initial capitals, particles in lower case. Adds no accent that the source lacks."""
    words = text.split()
    return " ".join(_display_word(word, first=index == 0) for index, word in enumerate(words))


def legible(text: str) -> str:
    """`display` of a name written all in one case, as many systems do; any other as it is written."""
    return display(text) if text.isupper() or text.islower() else text


def index_form(text: str) -> str:
    """Form of an index of persons, last surname first and in capitals: `SILVA Júnior, José Carlos da`."""
    words = display(text).split()
    end = len(words) - 1 if suffix(text) else len(words)
    if end < 2:
        return " ".join(words)
    surname = " ".join([words[end - 1].upper(), *words[end:]])
    return f"{surname}, {' '.join(words[: end - 1])}"


def compatible(a: str, b: str) -> bool:
    """True if the two may be one person's name written differently.

    The first given names have the same phonetic key; every word of the shorter name is found in the longer
    one, in any order, by phonetic key or as an initial; a lone given name is compatible only with another
    lone one; and the suffixes do not tell two generations apart (Júnior and Filho are the same one).
    Symmetric.
    """
    if _generations_differ(suffix(a), suffix(b)):
        return False
    shorter, longer = sorted((_without_suffix(a), _without_suffix(b)), key=len)
    if not shorter or (len(shorter) == 1 and len(longer) > 1):
        return False
    if phonetics.key(shorter[0]) != phonetics.key(longer[0]):
        return False
    return _all_found(shorter, longer)


def _display_word(word: str, first: bool) -> str:
    upper = word.upper()
    if not first and upper in PARTICLES:
        return word.lower()
    if upper in _ROMAN:
        return upper
    return _LETTERS.sub(lambda match: match[0][:1].upper() + match[0][1:].lower(), word)


def _generations_differ(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and _GENERATION[a] != _GENERATION[b]


def _without_suffix(text: str) -> tuple[str, ...]:
    words = tokens(text)
    return words[:-1] if suffix(text) else words


def _all_found(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    missing, spare = _pair_off(shorter, longer, _same_key)
    missing, _ = _pair_off(missing, spare, _initial_of_each_other)
    return not missing


def _pair_off(
    words: Sequence[str], others: Sequence[str], agree: Callable[[str, str], bool]
) -> tuple[list[str], list[str]]:
    """Words and others left after each word has taken at most one other that agrees with it."""
    missing: list[str] = []
    spare = list(others)
    for word in words:
        partner = next((other for other in spare if agree(word, other)), None)
        if partner is None:
            missing.append(word)
        else:
            spare.remove(partner)
    return missing, spare


def _same_key(a: str, b: str) -> bool:
    return phonetics.key(a) == phonetics.key(b)


def _initial_of_each_other(a: str, b: str) -> bool:
    return a[0] == b[0] and (len(a) == 1) != (len(b) == 1)
