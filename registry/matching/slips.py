"""Whether a word is another with a slip of the finger, the eye or the ear: conditions in DuckDB SQL.

A clerk hits a key beside the right one, reads a sign for one like it, hears a sound for one near it. A letter that
nothing takes for the other makes another word: Vilson and Virson are two names, Vilson and Vikson one.
"""

from itertools import pairwise
from typing import Final

_ROWS: Final = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_IN_A_ROW: Final = [pair for row in _ROWS for pair in pairwise(row)]
# A key touches two of the row above.
_ACROSS: Final = [
    pair for upper, lower in pairwise(_ROWS) for keys in (upper, upper[1:]) for pair in zip(keys, lower, strict=False)
]
_ALIKE: Final = ("O0", "I1", "IL", "L1", "CG", "EF", "UV", "B8", "HN", "S5", "MN")
_SOUNDING: Final = ("EI", "IY", "OU", "CK", "SZ", "GJ", "VW")
# Both ways, with a space between.
_TAKEN: Final = " ".join(
    sorted({way for a, b in (*_IN_A_ROW, *_ACROSS, *_ALIKE, *_SOUNDING) for way in (a + b, b + a)})
)


def where(cheap: str, sql: str) -> str:
    """A condition asked only where a cheap one holds: DuckDB computes both sides of an AND for every pair."""
    return f"CASE WHEN {cheap} THEN {sql} ELSE false END"


def least(one: str, other: str) -> str:
    """The length of the shorter of two words."""
    return f"least(length({one}), length({other}))"


def slip(one: str, other: str) -> str:
    """One slip, two in eight letters."""
    allowed = f"CASE WHEN {least(one, other)} < 8 THEN 1 ELSE 2 END"
    return where(f"damerau_levenshtein({one}, {other}) <= {allowed}", _taken(one, other))


def misspelt(one: str, other: str) -> str:
    """As many slips as a tired clerk makes: two in five letters, three in eight."""
    shorter = least(one, other)
    allowed = f"CASE WHEN {shorter} < 5 THEN 1 WHEN {shorter} < 8 THEN 2 ELSE 3 END"
    return where(f"damerau_levenshtein({one}, {other}) <= {allowed}", _taken(one, other))


def _taken(one: str, other: str) -> str:
    """Letters are left out, or two exchanged, or each is one that is taken for the other."""
    letters = f"range(1, length({one}) + 1)"
    strange = f"lambda i: {one}[i] <> {other}[i] AND NOT contains('{_TAKEN}', {one}[i] || {other}[i])"
    # An exchange is one edit and two letters that differ. Of empty words DuckDB refuses to say how many differ.
    exchanged = f"hamming({one}, {other}) > damerau_levenshtein({one}, {other})"
    in_place = f"{exchanged} OR len(list_filter({letters}, {strange})) = 0"
    return f"CASE WHEN {one} <> '' AND length({one}) = length({other}) THEN {in_place} ELSE true END"
