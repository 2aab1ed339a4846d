"""Inscription of a lawyer in the Ordem dos Advogados do Brasil (Lei 8.906/1994): state, number, letter.

There is no check digit, and a lawyer may have inscriptions in several states (art. 10 §2).
"""

from __future__ import annotations

import re
from typing import Final

from registry.values import digits
from registry.values.errors import InvalidDocument
from registry.values.states import STATES

_NOISE: Final = re.compile(r"[^0-9A-Z]+|^\W*OAB|\bN[º°O]?(?=[\s.]*\d)")
_STATE_FIRST: Final = re.compile(r"([A-Z]{2})0*([1-9][0-9]{0,5})([A-Z]?)")
_STATE_LAST: Final = re.compile(r"0*([1-9][0-9]{0,5})([A-Z]?)([A-Z]{2})")


def parse(raw: str) -> str:
    """State, number without leading zeros, letter if any: `OAB/AL 1.234-A` and `1234A/AL` → `AL1234A`.

    Raises InvalidDocument: empty, format, state.
    """
    text = _NOISE.sub("", raw.upper())
    if not text:
        raise InvalidDocument("empty")
    if match := _STATE_FIRST.fullmatch(text):
        state, number, letter = match.groups()
    elif match := _STATE_LAST.fullmatch(text):
        number, letter, state = match.groups()
    else:
        raise InvalidDocument("format")
    if state not in STATES:
        raise InvalidDocument("state")
    return state + number + letter


def is_valid(raw: str) -> bool:
    """True if `parse` accepts the text."""
    return digits.accepts(parse, raw)


def display(number: str) -> str:
    """`AL1234A` → `OAB/AL 1.234-A`. Takes what `parse` gives."""
    state, figures, letter = split(number)
    grouped = f"{int(figures):,}".replace(",", ".")
    return f"OAB/{state} {grouped}" + (f"-{letter}" if letter else "")


def split(number: str) -> tuple[str, str, str]:
    """State, figures and letter (or empty) of what `parse` gives."""
    letter = number[-1] if number[-1].isalpha() else ""
    return number[:2], number[2 : len(number) - len(letter)], letter
