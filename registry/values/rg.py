"""RG, the identity number of each state (Lei 7.116/1983): no national format, no national check digit.

States are replacing it by the CIN, whose number is the CPF (Lei 14.534/2023).
"""

from __future__ import annotations

import re
from typing import Final

from registry.values import digits
from registry.values.errors import InvalidDocument
from registry.values.states import STATES

_ISSUERS: Final = "SSP|SDS|SESP|SEJUSP|SEJSP|SESDEC|SESED|SSDC|SPTC|SJS|SJTC|PC|PTC|DETRAN|DIC|IFP|II|ITEP|IIRGD|IGP"
_STATES: Final = "|".join(sorted(STATES))
_ISSUER: Final = re.compile(rf"[\s\-/.(]+(?:(?:{_ISSUERS})(?:[\s\-/.]*(?P<of>{_STATES}))?|(?P<alone>{_STATES}))\W*$")
_PREFIX: Final = re.compile(rf"^(?:RG)?\W*(?P<state>{_STATES}|M)?(?=[\W\d])")
_NUMBER: Final = re.compile(r"0*([1-9][0-9]{3,12}X?)")


def parse(raw: str) -> str:
    """Digits without leading zeros, and a final X where the state writes one; without issuer and state.

    `MG-12.345.678`, `12345678 SSP/MG` and `012345678` → `12345678`. The number means something only with its
    state. Raises InvalidDocument: empty, format, repeated.
    """
    text = _PREFIX.sub("", _ISSUER.sub("", raw.strip().upper()))
    match = _NUMBER.fullmatch(digits.strip(text))
    if match is None:
        raise InvalidDocument("format")
    digits.refuse_repeated(match[1])
    return match[1]


def state(raw: str) -> str | None:
    """State written together with the number (`12345678 SSP/AL`, `MG-12.345.678`), or None."""
    text = raw.strip().upper()
    if (issuer := _ISSUER.search(text)) and (of := issuer["of"] or issuer["alone"]):
        return of
    prefix = _PREFIX.match(text)
    written = prefix["state"] if prefix else None
    return "MG" if written == "M" else written


def is_valid(raw: str) -> bool:
    """True if `parse` accepts the text: a plausible number, not a verified one."""
    return digits.accepts(parse, raw)


def display(number: str) -> str:
    """`123456789` → `12.345.678-9`, `12345678` → `12.345.678`. Takes what `parse` gives.

    Nine positions are the form of São Paulo and of most numbers with a check digit.
    """
    if len(number) == 9 or number.endswith("X"):
        return f"{_grouped(number[:-1])}-{number[-1]}"
    return _grouped(number)


def _grouped(figures: str) -> str:
    return f"{int(figures):,}".replace(",", ".")
