"""NIS, the social identification number, the same as PIS, PASEP and NIT."""

from __future__ import annotations

from typing import Final

from registry.values import digits

_WEIGHTS: Final = (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


def parse(raw: str) -> str:
    """Eleven digits of a NIS, with or without punctuation.

    Check digit: modulus 11 (Caixa Econômica Federal). Raises InvalidDocument: empty, characters, length,
    repeated, check_digit.
    """
    number = digits.only(raw, 11)
    digits.refuse_repeated(number)
    digits.require(check_digit(number[:10]) == number[10])
    return number


def is_valid(raw: str) -> bool:
    """True if `parse` accepts the text."""
    return digits.accepts(parse, raw)


def display(number: str) -> str:
    """`12056412545` → `120.56412.54-5`. Takes the eleven digits given by `parse`."""
    return f"{number[:3]}.{number[3:8]}.{number[8:10]}-{number[10]}"


def check_digit(base: str) -> str:
    """The check digit of the first ten."""
    rest = 11 - digits.weighted_sum(base, _WEIGHTS) % 11
    return str(rest if rest < 10 else 0)
