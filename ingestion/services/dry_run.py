"""Trying a mapping on rows that the state has now: nothing is written, no cursor moves, no image is kept.

What comes back is personal data: whoever shows it opens and closes a disclosure (`ingestion.screens.disclosure`).
"""

import copy
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from ingestion.mapping.compiling import Reader, StorePhoto, compile_view
from ingestion.mapping.reading import MappingError, read
from ingestion.models import MappingVersion, Source
from ingestion.photos import Photos
from ingestion.reasons import Faults
from ingestion.transports.base import PhotoStore
from ingestion.transports.registry import transport_for

MOST_ROWS = 100
# Images come whole: fewer rows at a time fit in memory.
PHOTO_ROWS = 10
LONGEST_SHOWN = 300


@dataclass(frozen=True)
class Cell:
    """One field of one row: what the state gave and what the contract would receive (None: nothing)."""

    field: str
    column: str
    raw: str | None
    mapped: str | None
    fault: str = ""
    unmapped: bool = False

    @property
    def changed(self) -> bool:
        return not self.fault and self.raw != self.mapped


@dataclass(frozen=True)
class Row:
    """One row, `number` counting from 1; rejected when it has reasons."""

    number: int
    key: str
    cells: tuple[Cell, ...]
    reasons: tuple[str, ...]


@dataclass
class DryRun:
    """What a load would do with these rows."""

    view: str
    rows: list[Row] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    never_informed: list[str] = field(default_factory=list)
    not_mapped: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return sum(bool(row.reasons) for row in self.rows)

    @property
    def accepted(self) -> int:
        return len(self.rows) - self.rejected


def try_out(*, source: Source, text: str, view: str, most: int = MOST_ROWS) -> DryRun:
    """Read up to `most` rows of a view by this text, the oldest first, as a first load would begin.

    Raises MappingError, SourceProblem.
    """
    mapping = read(text)
    if mapping.origin != source.origin.code:
        raise MappingError([f"origin: o arquivo é de “{mapping.origin}”, mas a fonte é de “{source.origin.code}”."])
    if view not in mapping.views:
        raise MappingError([f"views: o arquivo não mapeia {view}."])
    reader = compile_view(mapping, view)
    tried = DryRun(view, not_mapped=[f.name for f in reader.view.fields if f.name not in mapping.views[view].fields])
    size = min(PHOTO_ROWS if reader.view.photo else most, most)
    with transport_for(source.rule)(_candidate(source, text)) as state:
        look = Photos(source.photo_folder, state.photo if isinstance(state, PhotoStore) else None).look
        with closing(state.batches(mapping, view, None, size)) as batches:
            for batch in batches:
                _convert(tried, reader, batch.rows[: most - len(tried.rows)], look)
                if len(tried.rows) >= most:
                    break
    informed = {cell.field for row in tried.rows for cell in row.cells if cell.mapped is not None or cell.fault}
    tried.never_informed = [name for name in mapping.views[view].fields if tried.rows and name not in informed]
    return tried


def _candidate(source: Source, text: str) -> Source:
    """The source as it would be with this mapping. Never saved."""
    candidate = copy.copy(source)
    candidate.mapping = MappingVersion(origin=source.origin, text=text)
    return candidate


def _convert(tried: DryRun, reader: Reader, rows: Sequence[Sequence[Any]], look: StorePhoto) -> None:
    columns, faults = reader.convert(rows, look)
    mapped = dict(zip((column.name for column in reader.view.columns), columns, strict=True))
    for place, row in enumerate(rows):
        cells = tuple(_cells(reader, row, {name: column[place] for name, column in mapped.items()}, faults, place))
        reasons = tuple(reason.message for reason in faults.by_row.get(place, ()))
        tried.reasons.update(set(reasons))
        if not reasons:
            tried.unmapped.update((cell.field, cell.mapped or "") for cell in cells if cell.unmapped)
        tried.rows.append(Row(len(tried.rows) + 1, _shown(row[reader.key_position]) or "—", cells, reasons))


def _cells(reader: Reader, row: Sequence[Any], mapped: dict[str, str | None], faults: Faults, place: int) -> list[Cell]:
    wrong = {reason.field: reason.message for reason in faults.by_row.get(place, ())}
    cells = []
    for name, position in reader.positions.items():
        value = mapped.get("sha256" if reader.view.photo and name == reader.view.photo.name else name)
        known = reader.known_codes.get(name)
        cells.append(
            Cell(
                field=name,
                column=reader.columns[position] if position is not None else "",
                raw=_shown(row[position]) if position is not None else value,
                mapped=None if name in wrong else _cut(value),
                fault=wrong.get(name, ""),
                unmapped=known is not None and value is not None and value not in known and name not in wrong,
            )
        )
    # Required fields that the mapping leaves out.
    missing = [name for name in wrong if name not in reader.positions]
    return cells + [Cell(field=name, column="", raw=None, mapped=None, fault=wrong[name]) for name in missing]


def _shown(value: Any) -> str | None:
    """What the state gave, as text; octets that are not ASCII as escapes, images as their size."""
    if value is None:
        return None
    if isinstance(value, bytes | bytearray | memoryview):
        octets = bytes(value)
        return f"({len(octets)} bytes)" if len(octets) > LONGEST_SHOWN else octets.decode("ascii", "backslashreplace")
    return _cut(str(value).encode(errors="backslashreplace").decode())


def _cut(text: str | None) -> str | None:
    return f"{text[:LONGEST_SHOWN]}…" if text and len(text) > LONGEST_SHOWN else text
