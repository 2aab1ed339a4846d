"""How far a view has been read: the state's own values of `dt_atualizacao` and `id_origem`, kept as JSON."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from ingestion.mapping.schema import FieldMapping, Mapping


@dataclass(frozen=True)
class Position:
    """A place in the order (`updated`, `key`). Without a key: just before every row of that moment."""

    updated: Any
    key: Any = None

    def as_json(self) -> list[Any]:
        """Values with their kinds, so that the state gets back what it gave."""
        return [_dump(self.updated), _dump(self.key)]

    @classmethod
    def from_json(cls, value: list[Any] | None) -> "Position | None":
        return None if value is None else cls(_load(value[0]), _load(value[1]))

    def back(self, overlap: timedelta, field: FieldMapping) -> "Position":
        """The position from which a next load reads again what may have been committed late."""
        moment = _moment(self.updated, field)
        return self if moment is None else Position(_like(moment - overlap, self.updated, field))

    def at_most(self, now: datetime, mapping: Mapping, field: FieldMapping) -> "Position":
        """Never in the future: one row with a wrong clock must not hide all that follows it."""
        moment = _moment(self.updated, field)
        # None is a date beyond reason, such as infinity, read as text.
        if moment is not None and moment <= _local(now, moment, mapping):
            return self
        return self.at(now, mapping, field)

    def at(self, moment: datetime, mapping: Mapping, field: FieldMapping) -> "Position":
        """Just before every row of an instant, which is written as this position's is."""
        return Position(_like(_local(moment, _moment(self.updated, field), mapping), self.updated, field))


def _local(instant: datetime, like: datetime | None, mapping: Mapping) -> datetime:
    """The instant in the zone of another, or as the state's local time where that has none."""
    if like is not None and like.tzinfo:
        return instant.astimezone(like.tzinfo)
    return instant.astimezone(mapping.zone).replace(tzinfo=None)


def _moment(value: Any, field: FieldMapping) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, datetime.min.time())
    try:
        return datetime.strptime(value, field.format) if field.format else datetime.fromisoformat(value)
    except (ValueError, TypeError):
        return None


def _like(moment: datetime, original: Any, field: FieldMapping) -> Any:
    if isinstance(original, datetime):
        return moment
    if isinstance(original, date):
        return moment.date()
    return moment.strftime(field.format) if field.format else moment.isoformat(sep=original[10:11] or " ")


def _dump(value: Any) -> list[Any] | None:
    match value:
        case None:
            return None
        case datetime():
            return ["datetime", value.isoformat()]
        case date():
            return ["date", value.isoformat()]
        case bool() | int() | str():
            return ["plain", value]
        case bytes() | bytearray() | memoryview():
            return ["bytes", bytes(value).hex()]
        case UUID():
            return ["uuid", str(value)]
    return ["decimal", str(value)]


def _load(value: list[Any] | None) -> Any:
    if value is None:
        return None
    kind, content = value
    match kind:
        case "datetime":
            return datetime.fromisoformat(content)
        case "date":
            return date.fromisoformat(content)
        case "bytes":
            return bytes.fromhex(content)
        case "uuid":
            return UUID(content)
        case "decimal":
            return Decimal(content)
    return content
