"""Dates of birth and other civil dates: reading, age, the usual clerical errors, the search field."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from registry.values.errors import InvalidDate

FORMATS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_FIRST_YEAR: Final = 1850
_LAST_YEAR: Final = 2100

_YEAR: Final = re.compile(r"(\d{4})")
_MONTH: Final = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_DAY: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_AROUND: Final = re.compile(r"(.+?)\s*(?:±|\+/?-)\s*(\d{1,2})(?:\s*anos?)?", re.IGNORECASE)
_AGES: Final = re.compile(r"(\d{1,3})(?:\s*(?:-|–|—|a|até)\s*(\d{1,3}))?\s*anos?", re.IGNORECASE)
_YEARS: Final = re.compile(r"(\d{4})\s*(?:-|–|—|/|a|até)\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BirthRange:
    """Dates of birth from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def parse_date(text: str, formats: Iterable[str] = FORMATS) -> date:
    """Date in the first strptime format that fits the whole text; a time after the date is dropped.

    Raises InvalidDate: empty; date if none fits or the year is outside 1850–2100.
    """
    text = text.strip()
    if not text:
        raise InvalidDate("empty")
    for form in formats:
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return _in_calendar(day.year, day.month, day.day)
    raise InvalidDate("date")


def age_on(birth: date, day: date) -> int:
    """Complete years of age on a day; negative if the day precedes the birth.

    Who was born on 29 February completes the year on 1 March of common years (Código Civil, art. 132 §3).
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def swapped(day: date) -> date | None:
    """The date with day and month exchanged, or None if that is no date or the same date."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def is_default_birth(birth: date) -> bool:
    """True for 1 January, which registers write when only the year is known."""
    return (birth.month, birth.day) == (1, 1)


def parse_birth_query(text: str, today: date | None = None) -> BirthRange:
    """Interval meant by the birth field of the search: `1991`, `03/1991`, `12/03/1991`, `1989-1993`, each also with a
    margin in years (`1991±2`, `12/03/1991 +-1`); or an age (`32 anos`, `30-35 anos`) on `today`.

    Raises InvalidDate: empty, format, date, range (its `message` is Brazilian Portuguese).
    """
    text = text.strip()
    if not text:
        raise InvalidDate("empty")
    if match := _AGES.fullmatch(text):
        return _aged(int(match[1]), int(match[2] or match[1]), today or date.today())
    if match := _AROUND.fullmatch(text):
        return _around(parse_birth_query(match[1], today), int(match[2]))
    if match := _YEAR.fullmatch(text):
        return _years(match[1], match[1])
    if match := _YEARS.fullmatch(text):
        return _years(match[1], match[2])
    if match := _MONTH.fullmatch(text):
        return _month(int(match[2]), int(match[1]))
    if match := _DAY.fullmatch(text):
        day = _in_calendar(int(match[3]), int(match[2]), int(match[1]))
        return BirthRange(day, day)
    if match := _ISO_DAY.fullmatch(text):
        day = _in_calendar(int(match[1]), int(match[2]), int(match[3]))
        return BirthRange(day, day)
    raise InvalidDate("format")


def _aged(youngest: int, oldest: int, today: date) -> BirthRange:
    """Births of those who are of these ages on a day."""
    if youngest > oldest:
        raise InvalidDate("range")
    last = _moved(today, -youngest)
    return BirthRange(_moved(today, -oldest - 1) + timedelta(days=1), last)


def _around(interval: BirthRange, years: int) -> BirthRange:
    return BirthRange(_moved(interval.first, -years), _moved(interval.last, years))


def _moved(day: date, years: int) -> date:
    """The day so many years later; 28 February stands for a 29 that the year lacks."""
    last = monthrange(day.year + years, day.month)[1] if _FIRST_YEAR <= day.year + years <= _LAST_YEAR else 0
    if not last:
        raise InvalidDate("date")
    return _in_calendar(day.year + years, day.month, min(day.day, last))


def _years(first: str, last: str) -> BirthRange:
    interval = BirthRange(_in_calendar(int(first), 1, 1), _in_calendar(int(last), 12, 31))
    if interval.first > interval.last:
        raise InvalidDate("range")
    return interval


def _month(year: int, month: int) -> BirthRange:
    first = _in_calendar(year, month, 1)
    return BirthRange(first, first.replace(day=monthrange(year, month)[1]))


def _in_calendar(year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise InvalidDate("date")
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidDate("date") from None
