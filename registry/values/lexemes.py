"""Numbers that stand for a father's name, a birth year or a state among the phonetic keys of a search document.

They share one integer array, and one index, with the ids of name keys, which stay far below them; a mother's name has
the negative id.
"""

from __future__ import annotations

from typing import Final

from registry.values.states import COURT_ORDER

FATHER_BASE: Final = 1_000_000_000
STATE_BASE: Final = 1_800_000_000
YEAR_BASE: Final = 1_900_000_000


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
