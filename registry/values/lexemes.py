"""Numbers that stand for a father's name, a birth year, a state or a pair among the phonetic keys of a search document.

They share one integer array, and one index, with the ids of name keys, which stay far below them; a mother's name has
the negative id, and pairs are below those.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from registry.values.states import COURT_ORDER

FATHER_BASE: Final = 1_000_000_000
STATE_BASE: Final = 1_800_000_000
YEAR_BASE: Final = 1_900_000_000
PAIR_TOP: Final = -1_000_000_000
_PAIRS: Final = 1_147_483_637  # a prime: as many numbers as are left below PAIR_TOP


def of_mother(key: int) -> int:
    """Lexeme of a phonetic key in a mother's name."""
    return -key


def of_father(key: int) -> int:
    """Lexeme of a phonetic key in a father's name."""
    return FATHER_BASE + key


def of_year(year: int) -> int:
    """Lexeme of a year of birth."""
    return YEAR_BASE + year


def of_state(uf: str) -> int | None:
    """Lexeme of a state, by its place in Res. CNJ 65/2008; None for what is no state."""
    return STATE_BASE + 1 + COURT_ORDER.index(uf) if uf in COURT_ORDER else None


def of_pair(one: int, other: int) -> int:
    """Lexeme of two others that one document has, in either order.

    Hardly two pairs share a number; where they do, a search looks at somebody more and judges them by their names.
    """
    low, high = (one, other) if one < other else (other, one)
    return PAIR_TOP - 1 - (low * 2_654_435_761 + high * 805_459_861) % _PAIRS


def pairs(
    names: Iterable[int], mothers: Iterable[int], fathers: Iterable[int], years: Sequence[int], paired: Container[int]
) -> Iterator[int]:
    """Lexemes of the pairs that a document with these phonetic keys tells: of two of the name, of a mother's or of a
    father's, and of one of the name with a lexeme of a year of birth; of those keys only that are `paired`.
    """
    own, hers, his = (
        [role(key) for key in dict.fromkeys(keys) if key in paired]
        for role, keys in ((int, names), (of_mother, mothers), (of_father, fathers))
    )
    for words in (own, hers, his):
        for one, other in combinations(words, 2):
            yield of_pair(one, other)
    for name in own:
        for year in years:
            yield of_pair(name, year)
