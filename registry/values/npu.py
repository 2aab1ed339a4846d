"""NPU, the single number of a court case (Res. CNJ 65/2008): NNNNNNN-DD.AAAA.J.TR.OOOO."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from registry.values import digits
from registry.values.errors import InvalidDocument
from registry.values.states import COURT_ORDER

_LENGTH: Final = 20
_YEARS: Final = range(1900, 2101)

SEGMENTS: Final = {
    1: "Supremo Tribunal Federal",
    2: "Conselho Nacional de Justiça",
    3: "Superior Tribunal de Justiça",
    4: "Justiça Federal",
    5: "Justiça do Trabalho",
    6: "Justiça Eleitoral",
    7: "Justiça Militar da União",
    8: "Justiça dos Estados e do Distrito Federal",
    9: "Justiça Militar Estadual",
}

# Codes TR of each segment (art. 1 §5): 00 the superior court or the only one, 90 the council.
_COURTS: Final[dict[int, frozenset[int]]] = {
    1: frozenset({0}),
    2: frozenset({0}),
    3: frozenset({0}),
    4: frozenset({*range(1, 7), 90}),
    5: frozenset({*range(25), 90}),
    6: frozenset(range(28)),
    7: frozenset(range(13)),
    8: frozenset(range(1, 28)),
    9: frozenset({13, 21, 26}),
}
_COURT_IS_STATE: Final = frozenset({6, 8, 9})


@dataclass(frozen=True, slots=True)
class Npu:
    """Parts of a court case number."""

    sequence: str
    check_digits: str
    year: int
    segment: int
    court: int
    unit: str

    @property
    def segment_name(self) -> str:
        """Segment of the Judiciary, for the screen."""
        return SEGMENTS[self.segment]

    @property
    def state(self) -> str | None:
        """State of the court, None where courts are regional or superior."""
        if self.segment not in _COURT_IS_STATE or self.court == 0:
            return None
        return COURT_ORDER[self.court - 1]


def parse(raw: str) -> str:
    """Twenty digits of an NPU, with or without punctuation.

    Check digits: modulus 97, base 10 (ISO 7064; Res. CNJ 65/2008, annex VIII). Raises InvalidDocument: empty,
    characters, length, repeated, segment, court, year, check_digit.
    """
    number = digits.only(raw, _LENGTH)
    digits.refuse_repeated(number)
    parts = split(number)
    if parts.segment not in SEGMENTS:
        raise InvalidDocument("segment")
    if parts.court not in _COURTS[parts.segment]:
        raise InvalidDocument("court")
    if parts.year not in _YEARS:
        raise InvalidDocument("year")
    digits.require(check_digits(number[:7] + number[9:]) == parts.check_digits)
    return number


def is_valid(raw: str) -> bool:
    """True if `parse` accepts the text."""
    return digits.accepts(parse, raw)


def display(number: str) -> str:
    """The twenty digits given by `parse` as NNNNNNN-DD.AAAA.J.TR.OOOO."""
    return f"{number[:7]}-{number[7:9]}.{number[9:13]}.{number[13]}.{number[14:16]}.{number[16:]}"


def split(number: str) -> Npu:
    """Parts of the twenty digits given by `parse`."""
    return Npu(
        sequence=number[:7],
        check_digits=number[7:9],
        year=int(number[9:13]),
        segment=int(number[13]),
        court=int(number[14:16]),
        unit=number[16:],
    )


def check_digits(base: str) -> str:
    """The two check digits of the other eighteen digits, in order N A J TR O."""
    return f"{98 - int(base + '00') % 97:02d}"
