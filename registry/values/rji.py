"""RJI, Registro Judicial Individual: number of a person in the BNMP (Res. CNJ 417/2021).

The rule of its last two digits is not published, so only the form is checked. A person may have several,
since the unification of registers, and its undoing, are events of the BNMP.
"""

from __future__ import annotations

from registry.values import digits


def parse(raw: str) -> str:
    """Eleven digits of an RJI, with or without punctuation.

    Raises InvalidDocument: empty, characters, length, repeated.
    """
    number = digits.only(raw, 11)
    digits.refuse_repeated(number)
    return number


def is_valid(raw: str) -> bool:
    """True if `parse` accepts the text."""
    return digits.accepts(parse, raw)


def display(number: str) -> str:
    """`18012345678` → `180123456-78`. Takes the eleven digits given by `parse`."""
    return f"{number[:9]}-{number[9:]}"
