"""CPF, the taxpayer number, since Lei 14.534/2023 also the number of the identity card (CIN)."""

from __future__ import annotations

from registry.values import digits
from senappen.lib.cpf import LENGTH, check_digits, display, mask

__all__ = ["LENGTH", "check_digits", "display", "is_valid", "mask", "parse"]


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
