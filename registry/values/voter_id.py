"""Voter number (inscrição eleitoral, título de eleitor)."""

from __future__ import annotations

from typing import Final

from registry.values import digits
from registry.values.errors import InvalidDocument
from registry.values.states import VOTER_ORDER

_SHORTEST: Final = 5
_LENGTH: Final = 12
_LENIENT: Final = frozenset({"SP", "MG"})


def parse(raw: str) -> str:
    """Twelve digits: eight of sequence, two of state, two of check.

    The leading zeros which the Justiça Eleitoral leaves out when it issues the number are put back. Check
    digits: modulus 11 (Res. TSE 21.538/2003, art. 12). São Paulo and Minas Gerais write 1 for a remainder of
    zero in part of their numbers: both forms are accepted there. Raises InvalidDocument: empty, characters,
    length, repeated, state, check_digit.
    """
    number = digits.only(raw, *range(_SHORTEST, _LENGTH + 1)).zfill(_LENGTH)
    digits.refuse_repeated(number)
    if not 1 <= int(number[8:10]) <= len(VOTER_ORDER):
        raise InvalidDocument("state")
    digits.require(number[10:] in check_digits(number[:10]))
    return number


def is_valid(raw: str) -> bool:
    """True if `parse` accepts the text."""
    return digits.accepts(parse, raw)


def display(number: str) -> str:
    """`012345670191` → `0123 4567 0191`. Takes the twelve digits given by `parse`."""
    return f"{number[:4]} {number[4:8]} {number[8:]}"


def state(number: str) -> str:
    """State of the registration, `ZZ` for abroad. Takes the twelve digits given by `parse`."""
    return VOTER_ORDER[int(number[8:10]) - 1]


def check_digits(base: str) -> frozenset[str]:
    """The accepted pairs of check digits of the first ten: one, or more in São Paulo and Minas Gerais."""
    lenient = state(base) in _LENIENT
    pairs = set()
    for first in _remainders(digits.weighted_sum(base[:8], range(2, 10)), lenient):
        for second in _remainders(digits.weighted_sum(base[8:] + first, (7, 8, 9)), lenient):
            pairs.add(first + second)
    return frozenset(pairs)


def _remainders(total: int, lenient: bool) -> tuple[str, ...]:
    remainder = total % 11
    if remainder == 0 and lenient:
        return ("0", "1")
    return (str(remainder % 10),)
