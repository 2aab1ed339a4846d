"""The watermark of a view of an API: reading it from records and writing it into requests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ingestion.contract.types import UPDATED
from ingestion.mapping.api import EPOCHS, Incremental
from ingestion.mapping.schema import FieldMapping, Mapping
from ingestion.transports.position import Position


@dataclass(frozen=True)
class Watermark:
    """How one view says and is asked since when. Moments are UTC instants."""

    mapping: Mapping
    field: FieldMapping
    incremental: Incremental | None

    @classmethod
    def of(cls, mapping: Mapping, view: str) -> "Watermark":
        given = mapping.views[view]
        incremental = given.incremental or (mapping.api.incremental if mapping.api else None)
        return cls(mapping, given.fields[UPDATED], incremental)

    @property
    def ordered(self) -> bool:
        return self.incremental is not None and self.incremental.ordered

    def read(self, value: Any) -> datetime | None:
        """The instant of a record's value or of a position's; None where it cannot be told."""
        try:
            moment = self._moment(value)
            return moment.replace(tzinfo=moment.tzinfo or self.mapping.zone).astimezone(UTC)
        except (ValueError, TypeError, OverflowError):
            return None

    def position(self, moment: datetime) -> Position:
        """Just before every row of that moment, in the state's local time, as a database of the state would give it."""
        return Position(moment.astimezone(self.mapping.zone).replace(tzinfo=None))

    def parameters(self, since: datetime | None) -> dict[str, str]:
        """What asks for records from an instant on; nothing where the API cannot be asked."""
        if since is None or self.incremental is None:
            return {}
        name = self.incremental.parameter.replace("{column}", self.field.column or "")
        return {name: self._write(since, self.incremental)}

    def _moment(self, value: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime.combine(value, datetime.min.time())
        text = value.strip() if isinstance(value, str) else value
        return datetime.strptime(text, self.field.format) if self.field.format else datetime.fromisoformat(text)

    def _write(self, since: datetime, given: Incremental) -> str:
        """Rounded down to what the format can say, so that nothing falls between."""
        if not given.inclusive:
            since -= timedelta(minutes=1) if self._says_time(given.format) else timedelta(days=1)
        if given.format in EPOCHS:
            return str(int(since.timestamp() * EPOCHS[given.format]))
        return (since if given.utc else since.astimezone(self.mapping.zone)).strftime(given.format)

    @staticmethod
    def _says_time(format: str) -> bool:
        return format in EPOCHS or "%H" in format or "%T" in format
