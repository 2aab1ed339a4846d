"""What the parsers of document numbers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import mul
from typing import Final

from registry.values.errors import InvalidDocument

_PUNCTUATION: Final = re.compile(r"[\s.\-/–—_,]+")
_DIGITS: Final = re.compile(r"[0-9]+")


def strip(raw: str) -> str:
    """Text in capitals without spaces and document punctuation. Raises InvalidDocument: empty."""
    text = _PUNCTUATION.sub("", raw).upper()
    if not text:
        raise InvalidDocument("empty")
    return text


def only(raw: str, *lengths: int) -> str:
    """Digits of a number of one of the given lengths. Raises InvalidDocument: empty, characters, length."""
    text = strip(raw)
    if not _DIGITS.fullmatch(text):
        raise InvalidDocument("characters")
    if len(text) not in lengths:
        raise InvalidDocument("length")
    return text


def refuse_repeated(number: str) -> None:
    """Raises InvalidDocument (repeated) if all digits are the same: filler, though its check digits agree."""
    if len(set(number)) == 1:
        raise InvalidDocument("repeated")


def require(agrees: bool) -> None:
    """Raises InvalidDocument (check_digit) unless the check digits agree."""
    if not agrees:
        raise InvalidDocument("check_digit")


def accepts(parse: Callable[[str], object], raw: str) -> bool:
    """True if the parser does not refuse the text."""
    try:
        parse(raw)
    except InvalidDocument:
        return False
    return True


def weighted_sum(number: str, weights: Sequence[int]) -> int:
    """Sum of the digits times their weights. Raises ValueError unless there is one weight for each."""
    if len(number) != len(weights):
        raise ValueError("one weight for each digit")
    # Of the characters' codes, which are the digits and "0": a third of the time of turning each into a number.
    total: int = sum(map(mul, number.encode("ascii"), weights))
    return total - ord("0") * sum(weights)
