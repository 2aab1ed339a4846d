"""CPF, the taxpayer number: its check digits, and how it is shown. What takes one from outside parses it first."""

import re
from operator import mul
from typing import Final

LENGTH: Final = 11
_PUNCTUATION: Final = re.compile(r"[\s.\-/]+")


def normal(raw: str) -> str:
    """The eleven digits of a CPF typed with or without points, or empty if it is not one (wrong digits, all equal)."""
    number = _PUNCTUATION.sub("", raw)
    is_one = len(number) == LENGTH and number.isascii() and number.isdigit() and len(set(number)) > 1
    return number if is_one and check_digits(number[:9]) == number[9:] else ""


def check_digits(base: str) -> str:
    """The two check digits of the first nine: modulus 11, twice (Receita Federal)."""
    first = _modulus_11(base)
    return first + _modulus_11(base + first)


def display(number: str) -> str:
    """`04812345617` → `048.123.456-17`. Takes the eleven digits."""
    return f"{number[:3]}.{number[3:6]}.{number[6:9]}-{number[9:]}"


def mask(number: str) -> str:
    """`04812345617` → `048.•••.•••-17`, for lists. Takes the eleven digits."""
    return f"{number[:3]}.•••.•••-{number[9:]}"


def _modulus_11(number: str) -> str:
    weights = range(len(number) + 1, 1, -1)
    # Of the characters' codes, which are the digits and "0": loads check millions.
    remainder = (sum(map(mul, number.encode("ascii"), weights)) - ord("0") * sum(weights)) % 11
    return str(0 if remainder < 2 else 11 - remainder)
