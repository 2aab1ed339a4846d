"""Reading columns of dates, times, numbers, booleans and codes. Each distinct value is read once and remembered."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from ingestion.mapping.texts import Cleaning, as_text, has_surrogate
from ingestion.reasons import Faults, ReasonCode

REMEMBERED = 50_000
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DIGITS = re.compile(r"\+?\d{1,10}")
LARGEST = 2_147_483_647
# Lengths of the contract are for its own codes; a state's raw code is kept up to this.
LONGEST_CODE = 80
TRUE = frozenset({"T", "TRUE", "1", "S", "SIM", "V"})
FALSE = frozenset({"F", "FALSE", "0", "N", "NAO", "NÃO"})

DAYS = {date, NoneType}
TIMES = {datetime, NoneType}
# A column that spans more of them holds mistakes; looking through all their days for changes of offset would take long.
MOST_YEARS = 60

_BAD = object()


class ScalarColumn:
    """Converts a column by a function of one value that raises ValueError when it cannot read it."""

    def __init__(self, field: str, read: Callable[[Any], str | None], code: ReasonCode) -> None:
        self.field = field
        self.code = code
        self._memory = _Memory(read)

    def __call__(self, values: Sequence[Any], faults: Faults) -> list[str | None]:
        memory = self._memory
        if len(memory) > REMEMBERED:
            memory.clear()
        try:
            found = list(map(memory.__getitem__, values))
        except TypeError:  # something unhashable, such as an array
            found = [memory[str(value)] for value in values]
        if memory.met_bad and _BAD in found:
            for row, value in enumerate(found):
                if value is _BAD:
                    faults.add(row, self.code, self.field)
                    found[row] = None
        return found


class DateColumn:
    """Converts a column of days. Those that come as the driver's own days or local times are written all at once."""

    def __init__(self, field: str, format: str | None, zone: ZoneInfo, cleaning: Cleaning) -> None:
        self._any = ScalarColumn(field, date_reader(format, zone, cleaning), ReasonCode.DATE)

    def __call__(self, values: Sequence[Any], faults: Faults) -> list[str | None]:
        kinds = set(map(type, values))
        if kinds <= DAYS:
            return _spread(iso(_given(values, kinds)), values)
        if kinds <= TIMES:
            given = _given(values, kinds)
            if all(value.tzinfo is None for value in given):
                return _spread(iso(list(map(datetime.date, given))), values)
        return self._any(values, faults)


class TimestampColumn:
    """Converts a column of times to UTC instants in ISO 8601.

    A time without zone is the state's local time; of an hour lived twice, the first. Times that come as the driver's
    own, the usual case, take a short way: one subtraction of an offset known for that day, and all written at once.
    """

    def __init__(self, field: str, format: str | None, zone: ZoneInfo, cleaning: Cleaning) -> None:
        self._any = ScalarColumn(field, timestamp_reader(format, zone, cleaning), ReasonCode.DATE)
        self._offsets = _Offsets(zone)

    def __call__(self, values: Sequence[Any], faults: Faults) -> list[str | None]:
        kinds = set(map(type, values))
        if kinds <= TIMES:
            try:
                return _spread(iso(self._instants(_given(values, kinds))), values)
            except OverflowError:  # an offset away from the first or last day there is
                pass
        return self._any(values, faults)

    def _instants(self, values: Sequence[datetime]) -> list[datetime]:
        """In UTC: those without zone still without."""
        offset = self._offsets.throughout(values)
        if offset is not None:
            return [value - offset for value in values]
        return [self._instant(value) for value in values]

    def _instant(self, value: datetime) -> datetime:
        if value.tzinfo is not None:
            return value.astimezone(UTC)
        offset = self._offsets[value.toordinal()]
        return value.replace(tzinfo=self._offsets.zone).astimezone(UTC) if offset is None else value - offset


class _Offsets(dict[int, timedelta | None]):
    """Offset from UTC of each local day, by its number; None for a day on which it changes."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone
        self._years: dict[int, timedelta | None] = {}

    def __missing__(self, day: int) -> timedelta | None:
        if len(self) > REMEMBERED:
            self.clear()
        begin = datetime.combine(date.fromordinal(day), time(), self.zone)
        end = datetime.combine(date.fromordinal(day), time.max, self.zone)
        found = self[day] = begin.utcoffset() if begin.utcoffset() == end.utcoffset() else None
        return found

    def throughout(self, values: Sequence[datetime]) -> timedelta | None:
        """The offset of all of these times, where all are local and it is the same in the years from first to last."""
        try:
            years = range(min(values).year, max(values).year + 1)
        except (TypeError, ValueError):  # some local and some not, or none at all
            return None
        if values[0].tzinfo is not None or len(years) > MOST_YEARS:
            return None
        found = {self._year(year) for year in years}
        return found.pop() if len(found) == 1 else None

    def _year(self, year: int) -> timedelta | None:
        if year not in self._years:
            days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            offsets = {self[day] for day in days}
            self._years[year] = offsets.pop() if len(offsets) == 1 else None
        return self._years[year]


def iso(moments: Sequence[date]) -> list[str]:
    """ISO 8601 of days, and of UTC instants with or without their zone, as Python's `isoformat` writes them."""
    if not moments:
        return []
    return orjson.dumps(moments, option=orjson.OPT_NAIVE_UTC)[2:-2].decode().split('","')


def _given(values: Sequence[Any], kinds: set[type]) -> Sequence[Any]:
    return [value for value in values if value is not None] if NoneType in kinds else values


def _spread(texts: Sequence[str], values: Sequence[Any]) -> list[str | None]:
    """The texts of those values that are one, with None in the places of the others."""
    if len(texts) == len(values):
        return list(texts)
    each = iter(texts)
    return [None if value is None else next(each) for value in values]


class _Memory(dict[Any, Any]):
    def __init__(self, read: Callable[[Any], str | None]) -> None:
        super().__init__({None: None})
        self._read = read
        self.met_bad = False

    def __missing__(self, value: Any) -> Any:
        try:
            found: Any = self._read(value)
        except (ValueError, OverflowError, ArithmeticError):
            found, self.met_bad = _BAD, True
        self[value] = found
        return found


def timestamp_reader(format: str | None, zone: ZoneInfo, cleaning: Cleaning) -> Callable[[Any], str | None]:
    """UTC instants in ISO 8601, as TimestampColumn gives them, from anything."""

    def read(value: Any) -> str | None:
        if not isinstance(value, datetime):
            moment = _moment(value, format, cleaning)
            if moment is None:
                return None
            value = moment
        if value.tzinfo is None:
            value = value.replace(tzinfo=zone)
        return value.astimezone(UTC).isoformat()  # type: ignore[no-any-return]

    return read


def date_reader(format: str | None, zone: ZoneInfo, cleaning: Cleaning) -> Callable[[Any], str | None]:
    """Calendar days in ISO 8601. A time with zone is the day it was in the state."""

    def read(value: Any) -> str | None:
        moment = _moment(value, format, cleaning)
        if moment is None:
            return None
        return (moment.astimezone(zone) if moment.tzinfo else moment).date().isoformat()

    return read


def _moment(value: Any, format: str | None, cleaning: Cleaning) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    text = (as_text(value, cleaning.encoding) or "").strip()
    if cleaning.says_nothing(text):
        return None
    if format:
        return datetime.strptime(text, format)
    if not ISO_DATE.match(text):
        raise ValueError("neither a date nor ISO 8601")
    return datetime.fromisoformat(text)


def integer_reader(cleaning: Cleaning) -> Callable[[Any], str | None]:
    """Whole numbers from 0 to 2147483647: every number of the contract is a count."""

    def read(value: Any) -> str | None:
        if isinstance(value, bool | int):
            number = int(value)
        elif isinstance(value, float | Decimal):
            number = int(value)
            if number != value:
                raise ValueError("not whole")
        else:
            text = (as_text(value, cleaning.encoding) or "").strip()
            if cleaning.says_nothing(text):
                return None
            if not DIGITS.fullmatch(text):
                raise ValueError("not a number")
            number = int(text)
        if not 0 <= number <= LARGEST:
            raise ValueError("out of range")
        return str(number)

    return read


def boolean_reader(codes: dict[str, str] | None, cleaning: Cleaning) -> Callable[[Any], str | None]:
    """`t` or `f`, after the state's own map if it has one."""
    codes = codes or {}

    def read(value: Any) -> str | None:
        text = (as_text(value, cleaning.encoding) or "").strip()
        text = codes.get(text, text).upper()
        if cleaning.says_nothing(text):
            return None
        if text not in TRUE | FALSE:
            raise ValueError("neither yes nor no")
        return "t" if text in TRUE else "f"

    return read


def code_reader(codes: dict[str, str], cleaning: Cleaning) -> Callable[[Any], str | None]:
    """The contract's code for the state's; a code without one stays as the state wrote it.

    The map is asked before "not declared", so that a state may give `IGNORADO` a code of its own.
    """

    def read(value: Any) -> str | None:
        text = cleaning.repair(as_text(value, cleaning.encoding) or "")
        if text in codes:
            return codes[text]
        if cleaning.says_nothing(text):
            return None
        if len(text) > LONGEST_CODE or "\x00" in text or has_surrogate(text):
            raise ValueError("not a code")
        return text

    return read
