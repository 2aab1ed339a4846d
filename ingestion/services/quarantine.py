"""Trying rejected rows again, after the mapping or the contract's reading of them was corrected."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion.mapping.compiling import Reader, StorePhoto, compile_view
from ingestion.mapping.reading import read
from ingestion.models import MappingVersion, Rejection, RejectionStatus, Source
from ingestion.photos import Photos
from ingestion.pipeline.rows import content_hash
from ingestion.reasons import ReasonCode
from registry.models import Origin

# Rows held in memory at a time.
PIECE = 2_000
# Reading such a row again would only find it alone: it waits for the state to send its key once.
NOT_BY_READING = [{"code": ReasonCode.REPEATED_KEY}]


@dataclass(frozen=True)
class Reprocessed:
    """What became of the open rejections: how many will go in with the next load, and how many still cannot."""

    readable: int
    still_rejected: int


@transaction.atomic
def reprocess(*, origin: Origin, mapping: MappingVersion, by: Actor, view: str | None = None) -> Reprocessed:
    """Read the open rejections of an origin again, by this mapping.

    Rows that can be read now wait for the next load, which publishes them like late children; the others keep
    their place with their new reasons.
    """
    parsed = read(mapping.text)
    standing = Rejection.objects.filter(origin=origin, status=RejectionStatus.OPEN)
    standing = standing.exclude(reasons__contains=NOT_BY_READING).order_by("pk")
    store = Photos(_photo_folder(origin)).store
    names = [view] if view else list(standing.order_by("view").values_list("view", flat=True).distinct())
    readable = still = 0
    for name in set(names) & set(parsed.views):
        reader = compile_view(parsed, name)
        for rows in _pieces(standing.filter(view=name)):
            taken = _read_again(reader, rows, store)
            readable += taken
            still += len(rows) - taken
    detail = {"origin": origin.code, "view": view, "mapping": mapping.number, "readable": readable, "rejected": still}
    recorder.record_with(Event(kind=Kind.REPROCESSED, actor=by, action="quarantine.reprocess", detail=detail))
    return Reprocessed(readable, still)


def _pieces(rejections: QuerySet[Rejection]) -> Iterator[list[Rejection]]:
    last = 0
    locked = rejections.select_for_update(of=("self",)).select_related("mapping")
    while rows := list(locked.filter(pk__gt=last)[:PIECE]):
        last = rows[-1].pk
        yield rows


def _read_again(reader: Reader, rejections: Sequence[Rejection], store: StorePhoto) -> int:
    """Set the outcome of each rejection; how many can be read now."""
    rows, unread = _rows(reader, rejections)
    columns, faults = reader.convert(rows, store)
    for row, column in unread:
        faults.add(row, ReasonCode.COLUMN_UNREAD, column)
    for row, rejection in enumerate(rejections):
        if row in faults.by_row:
            rejection.reasons = [reason.as_json() for reason in faults.by_row[row]]
            continue
        rejection.mapped = [column[row] for column in columns]
        rejection.content_hash = UUID(content_hash(rejection.mapped))
        rejection.reasons, rejection.status = [], RejectionStatus.WAITING
    Rejection.objects.bulk_update(rejections, ["reasons", "status", "mapped", "content_hash"], batch_size=500)
    return len(rejections) - len(faults.by_row)


def _rows(reader: Reader, rejections: Sequence[Rejection]) -> tuple[list[list[Any]], list[tuple[int, str]]]:
    """The raw rows in the order of the reader's columns, and the columns that a row was not read with."""
    rows, unread = [], []
    for row, rejection in enumerate(rejections):
        known = _by_column(rejection, reader.view.name)
        unread += [(row, column) for column in reader.columns if column not in known]
        rows.append([_restore(known.get(column)) for column in reader.columns])
    return rows, unread


def _by_column(rejection: Rejection, view: str) -> dict[str, Any]:
    columns = read(rejection.mapping.text).views[view].columns
    return dict(zip(columns, json.loads(rejection.raw), strict=True))


def _restore(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) and "base64" in value else value


def _photo_folder(origin: Origin) -> str:
    source = Source.objects.filter(origin=origin, enabled=True).first()
    return source.photo_folder if source else ""
