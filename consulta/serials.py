"""The number a consultation asks for, and its place in a count: what tells somebody who tries numbers one by one."""

from collections.abc import Mapping
from typing import Any, Final

from senappen.lib import cpf

# Shorter ones are ages, years and wings; longer ones no register hands out.
SHORTEST, LONGEST = 6, 18
_DIGITS: Final = frozenset("0123456789")
_BASE: Final = 9  # digits of a CPF before its check digits


def asked_number(asked: Mapping[str, Any]) -> str:
    """The digits of the document a consultation asked for, or of its free text; empty when it has none."""
    text = str(asked.get("document", "") or asked.get("text", ""))
    return "".join(letter for letter in text if letter in _DIGITS)


def serial(digits: str) -> int | None:
    """The number that counts up when documents are tried one after another; None for what is too short or too long.

    The check digits of a CPF are no part of the count.
    """
    counted = digits[:_BASE] if len(digits) == cpf.LENGTH else digits
    return int(counted) if SHORTEST <= len(counted) <= LONGEST else None
