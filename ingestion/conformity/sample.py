"""A bounded sample of one view: its oldest rows and some of the latest, read and converted as a load does it."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from ingestion.contract import VIEWS, View
from ingestion.contract.types import UPDATED
from ingestion.mapping.compiling import Reader, StorePhoto, compile_view
from ingestion.mapping.schema import Mapping
from ingestion.reasons import Faults
from ingestion.transports.base import Connection
from ingestion.transports.position import Position

# How far back the latest rows are looked for: the usual next load first.
BACK = (timedelta(days=1), timedelta(days=30), timedelta(days=365))
# Images come with their rows, so of these few are asked for.
PHOTO_ROWS = 20


@dataclass(frozen=True)
class Piece:
    """Rows from one place on. `seconds` until the first of them; `ended` when the view has no more."""

    rows: list[Sequence[Any]]
    seconds: float
    ended: bool


@dataclass
class Sample:
    """What was read of a view. `columns` are the contract's, converted; `lost` fields could not be read at all."""

    view: View
    mapping: Mapping
    reader: Reader
    oldest: Piece
    latest: Piece | None
    rows: list[Sequence[Any]]
    columns: dict[str, list[str | None]]
    faults: Faults
    taken_at: datetime
    lost: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def whole(self) -> bool:
        """Whether these are all rows of the view."""
        return self.oldest.ended

    def raw(self, name: str) -> list[Any]:
        """A field's values as the state gave them; empty for one that no column gives."""
        position = self.reader.positions.get(name)
        return [] if position is None else [row[position] for row in self.rows]

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The state's own texts by field."""
        given = {name: self.raw(name) for name in self.reader.positions}
        return {name: [value for value in values if isinstance(value, str)] for name, values in given.items()}


def take(connection: Connection, mapping: Mapping, name: str, rows: int, store: StorePhoto, now: datetime) -> Sample:
    """Read and convert the sample. Raises SourceProblem."""
    reader = compile_view(mapping, name)
    size = min(rows, PHOTO_ROWS) if reader.view.photo else rows
    oldest = _piece(connection, mapping, name, None, size)
    latest = None if oldest.ended else _latest(connection, mapping, name, oldest, size, now)
    sampled = [*oldest.rows, *_others(reader, oldest, latest)]
    converted, faults = reader.convert(sampled, store)
    columns = {column.name: list(values) for column, values in zip(reader.view.columns, converted, strict=True)}
    return Sample(VIEWS[name], mapping, reader, oldest, latest, sampled, columns, faults, now)


def _piece(connection: Connection, mapping: Mapping, name: str, after: Position | None, size: int) -> Piece:
    started, seconds, rows = time.monotonic(), 0.0, list[Sequence[Any]]()
    with closing(connection.batches(mapping, name, after, size)) as batches:
        for batch in batches:
            seconds = seconds or time.monotonic() - started
            rows.extend(batch.rows)
            if len(rows) >= size:
                return Piece(rows[:size], seconds, ended=False)
    return Piece(rows, seconds or time.monotonic() - started, ended=True)


def _latest(
    connection: Connection, mapping: Mapping, name: str, oldest: Piece, size: int, now: datetime
) -> Piece | None:
    """Rows of the last day, month or year; the last try where there are none. None where no row has a moment."""
    reader = compile_view(mapping, name)
    updated = reader.positions[UPDATED]
    if updated is None:
        return None
    moments = [row[updated] for row in oldest.rows if row[updated] is not None]
    if not moments:
        return None
    given = mapping.views[name].fields[UPDATED]
    piece = None
    for back in BACK:
        piece = _piece(connection, mapping, name, Position(moments[-1]).at(now - back, mapping, given), size)
        if piece.rows:
            break
    return piece


def _others(reader: Reader, oldest: Piece, latest: Piece | None) -> list[Sequence[Any]]:
    """The latest rows that are not among the oldest."""
    if latest is None:
        return []
    seen = {str(row[reader.key_position]) for row in oldest.rows}
    return [row for row in latest.rows if str(row[reader.key_position]) not in seen]
