"""CPF, the taxpayer number, since Lei 14.534/2023 also the number of the identity card (CIN)."""

from __future__ import annotations

from typing import Final

from registry.values import digits

LENGTH: Final = 11


def parse(raw: str) -> str:
    """Eleven digits of a CPF, punctuated or not. Leading zeros lost by a spreadsheet are not guessed.

    Check digits: modulus 11, twice (Receita Federal). Raises InvalidDocument: empty, characters, length,
    repeated, check_digit.
    """
    number = digits.only(raw, LENGTH)
    digits.refuse_repeated(number)
    digits.require(check_digits(number[:9]) == number[9:])
    return number


def is_valid(raw: str) -> bool:
    """True if `parse` accepts the text."""
    return digits.accepts(parse, raw)


def display(number: str) -> str:
    """`04812345617` → `048.123.456-17`. Takes the eleven digits given by `parse`."""
    return f"{number[:3]}.{number[3:6]}.{number[6:9]}-{number[9:]}"


def mask(number: str) -> str:
    """`04812345617` → `048.•••.•••-17`, for lists. Takes the eleven digits given by `parse`."""
    return f"{number[:3]}.•••.•••-{number[9:]}"


def check_digits(base: str) -> str:
    """The two check digits of the first nine."""
    first = _modulus_11(base)
    return first + _modulus_11(base + first)


def _modulus_11(number: str) -> str:
    weights = range(len(number) + 1, 1, -1)
    remainder = digits.weighted_sum(number, weights) % 11
    return str(0 if remainder < 2 else 11 - remainder)
