"""Trying rejected rows again, after the mapping or the contract's reading of them was corrected."""

import base64
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
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
from ingestion.selectors.rejections import Filters, narrow
from registry.models import Origin

# Rows held in memory at a time.
PIECE = 2_000
# Reading such a row again would only find it alone: it waits for the state to send its key once.
PHOTO_MISSING = [{"code": ReasonCode.PHOTO_MISSING}]
NOT_BY_READING = [{"code": ReasonCode.REPEATED_KEY}]
ALL = Filters()


@dataclass(frozen=True)
class Reprocessed:
    """What became of the open rejections: how many will go in with the next load, and how many still cannot.

    `last` is the last rejection read; `more` says that others come after it, beyond what was asked for.
    """

    readable: int
    still_rejected: int
    last: int = 0
    more: bool = False


@transaction.atomic
def reprocess(
    *,
    origin: Origin,
    mapping: MappingVersion,
    by: Actor,
    filters: Filters = ALL,
    after: int = 0,
    most: int | None = None,
) -> Reprocessed:
    """Read the open rejections of an origin again, by this mapping: those asked for, at most about `most` of them,
    from the one that follows `after`.

    Rows that can be read now wait for the next load, which publishes them like late children; the others keep
    their place with their new reasons.
    """
    parsed = read(mapping.text)
    standing = narrow(origin, replace(filters, statuses=(RejectionStatus.OPEN,))).filter(view__in=parsed.views)
    standing = standing.exclude(reasons__contains=NOT_BY_READING).defer(None).order_by("pk")
    store = Photos(_photo_folder(origin)).store
    readers = {name: compile_view(parsed, name) for name in parsed.views}
    readable = seen = 0
    for rows in _pieces(standing, after):
        by_view: dict[str, list[Rejection]] = defaultdict(list)
        for row in rows:
            by_view[row.view].append(row)
        readable += sum(_read_again(readers[name], found, store) for name, found in by_view.items())
        seen, after = seen + len(rows), rows[-1].pk
        if most and seen >= most:
            break
    done = Reprocessed(readable, seen - readable, after, standing.filter(pk__gt=after).exists())
    _record(done, origin, mapping, filters, by)
    return done


@transaction.atomic
def retry_photos(*, origin: Origin, reader: Reader, store: StorePhoto, most: int | None) -> int:
    """Look again for the photographs that rows of a view named in vain, the latest `most` rows or all.

    A file may appear without its row's date changing. Rows whose file is there now wait for the publication; the
    others cost no write. Raises SourceProblem.
    """
    missing = Rejection.objects.filter(origin=origin, view=reader.view.name, status=RejectionStatus.OPEN)
    missing = missing.filter(reasons__contains=PHOTO_MISSING)
    if most is not None:
        missing = missing.filter(pk__in=list(missing.order_by("-pk").values_list("pk", flat=True)[:most]))
    return sum(_read_again(reader, rows, store) for rows in _pieces(missing.order_by("pk"), 0))


def _record(done: Reprocessed, origin: Origin, mapping: MappingVersion, filters: Filters, by: Actor) -> None:
    asked = {name: str(value) for name, value in asdict(filters).items() if value and name != "statuses"}
    detail = {"origin": origin.code, "mapping": mapping.number, "filters": asked}
    detail |= {"readable": done.readable, "rejected": done.still_rejected}
    recorder.record_with(Event(kind=Kind.REPROCESSED, actor=by, action="quarantine.reprocess", detail=detail))


def _pieces(rejections: QuerySet[Rejection], last: int) -> Iterator[list[Rejection]]:
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
    changed = []
    for row, rejection in enumerate(rejections):
        if row in faults.by_row:
            reasons = [reason.as_json() for reason in faults.by_row[row]]
            if reasons != rejection.reasons:
                rejection.reasons = reasons
                changed.append(rejection)
            continue
        changed.append(rejection)
        rejection.mapped = [column[row] for column in columns]
        rejection.content_hash = UUID(content_hash(rejection.mapped))
        rejection.reasons, rejection.status = [], RejectionStatus.WAITING
    Rejection.objects.bulk_update(changed, ["reasons", "status", "mapped", "content_hash"], batch_size=500)
    return len(rejections) - len(faults.by_row)


def _rows(reader: Reader, rejections: Sequence[Rejection]) -> tuple[list[list[Any]], list[tuple[int, str]]]:
    """The raw rows in the order of the reader's columns, and the columns that a row was not read with."""
    rows, unread = [], []
    for row, rejection in enumerate(rejections):
        known = received(rejection)
        unread += [(row, column) for column in reader.columns if column not in known]
        rows.append([restore(known.get(column)) for column in reader.columns])
    return rows, unread


def received(rejection: Rejection) -> dict[str, Any]:
    """The row as the state sent it, by the state's columns: JSON values, bytes as `{"base64": …}`. Personal data."""
    columns = read(rejection.mapping.text).views[rejection.view].columns
    return dict(zip(columns, json.loads(rejection.raw), strict=True))


def restore(value: Any) -> Any:
    """A value of a raw row as the state gave it; octets come back from base64."""
    return base64.b64decode(value["base64"]) if isinstance(value, dict) and "base64" in value else value


def _photo_folder(origin: Origin) -> str:
    source = Source.objects.filter(origin=origin, enabled=True).first()
    return source.photo_folder if source and Path(source.photo_folder).is_dir() else ""
