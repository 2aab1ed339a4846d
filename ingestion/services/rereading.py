"""Reading published rows again by the mapping in use, from their raw form: the state is not asked.

A row whose content comes out otherwise waits in the quarantine, as a late child does, and the next load publishes it
with all that publishing does. No load of the origin runs meanwhile, so that nothing older is laid over something newer.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from celery import current_app
from django.db import connection, transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion.contract.types import UPDATED
from ingestion.lanes import LONG
from ingestion.mapping.compiling import PhotoError, Reader, compile_view
from ingestion.mapping.reading import MappingError, read
from ingestion.mapping.schema import Mapping
from ingestion.models import MappingVersion, Rereading, Source
from ingestion.pipeline.rows import content_hash, digest
from ingestion.pipeline.work import sole_worker
from ingestion.reasons import ReasonCode
from ingestion.services.quarantine import restore

PIECE = 2_000
TASK = "ingestion.reread_mirror"

ROWS = """
SELECT origin_key, content_hash, raw, mapping_id, load FROM ingestion_rawrecord
WHERE origin_id = %s AND view = %s AND origin_key > %s AND mapping_id = ANY(%s) AND presence <> 'G'
ORDER BY origin_key LIMIT %s
"""
# A key with something else standing in quarantine is left alone: that is newer than the mirror.
PUT = """
INSERT INTO ingestion_rejection (origin_id, view, origin_key, raw, raw_hash, mapping_id, mapped, content_hash,
    origin_updated_at, reasons, status, load, created_at)
SELECT %(origin)s, %(view)s, n.key, n.raw, n.raw_hash::uuid, n.mapping,
    CASE WHEN n.status = 'waiting' THEN ARRAY(SELECT e.value FROM jsonb_array_elements_text(n.mapped::jsonb)
        WITH ORDINALITY e(value, place) ORDER BY e.place) END,
    n.hash::uuid, n.updated::timestamptz, n.reasons::jsonb, n.status, n.load, now()
FROM unnest(%(keys)s::text[], %(raws)s::text[], %(raw_hashes)s::text[], %(mappings)s::bigint[], %(mapped)s::text[],
    %(hashes)s::text[], %(updated)s::text[], %(reasons)s::text[], %(statuses)s::text[], %(loads)s::bigint[])
    n(key, raw, raw_hash, mapping, mapped, hash, updated, reasons, status, load)
WHERE NOT EXISTS (
    SELECT FROM ingestion_rejection j WHERE j.origin_id = %(origin)s AND j.view = %(view)s AND j.origin_key = n.key
        AND j.status IN ('open', 'waiting', 'refused') AND j.raw_hash <> n.raw_hash::uuid)
ON CONFLICT (origin_id, view, raw_hash) WHERE status IN ('open', 'waiting', 'refused') DO UPDATE
    SET mapping_id = excluded.mapping_id, mapped = excluded.mapped, content_hash = excluded.content_hash,
        reasons = excluded.reasons, status = excluded.status
    WHERE ingestion_rejection.status = 'waiting'
"""
# A row that an earlier reading left waiting and that comes out as published again.
WITHDRAW = """
UPDATE ingestion_rejection SET status = 'superseded', settled_at = now()
WHERE origin_id = %s AND view = %s AND raw_hash = ANY(%s::uuid[]) AND status = 'waiting' AND reasons = '[]'::jsonb
"""


class SourceBusy(Exception):
    """A load of the origin is running now: try again when it is over."""


@dataclass(frozen=True)
class _Published:
    key: str
    hash: str
    raw: str
    mapping: int
    load: int


@dataclass
class _Found:
    """What a piece of rows came to."""

    put: list[dict[str, Any]] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    changed: int = 0
    rejected: int = 0
    unfaithful: int = 0


@transaction.atomic
def start(*, source: Source, by: Actor, enqueued: bool = True) -> list[Rereading]:
    """A rereading for every view whose rows the mapping in use may read otherwise than they were; one at a time each.

    A worker is asked to go on with them once this is committed. Raises ValueError, in pt-BR, for a source without a
    mapping.
    """
    if source.mapping is None:
        raise ValueError("A fonte não tem mapeamento em uso.")
    mapping = read(source.mapping.text)
    # An unfinished one begins again, by the mapping in use now.
    Rereading.objects.filter(origin=source.origin, finished_at=None).update(finished_at=datetime.now(UTC))
    made = [
        Rereading.objects.create(origin=source.origin, view=view, mapping=source.mapping, requested_by=by.username)
        for view in mapping.views
        if _other_versions(source.mapping, mapping, view)
    ]
    detail = {"origin": source.origin.code, "mapping": source.mapping.number, "views": [one.view for one in made]}
    recorder.record_with(Event(kind=Kind.REPROCESSED, actor=by, action="mirror.reread", detail=detail))
    if made and enqueued:
        transaction.on_commit(lambda: current_app.send_task(TASK, args=[source.origin_id], queue=LONG))
    return made


def unfinished(origin_id: int) -> Rereading | None:
    """The origin's next view to go on with."""
    pending = Rereading.objects.select_related("origin", "mapping").filter(origin_id=origin_id, finished_at=None)
    return pending.order_by("pk").first()


@contextmanager
def fenced(origin_id: int) -> Iterator[None]:
    """No load of the origin runs inside. Raises SourceBusy where one does."""
    with ExitStack() as held:
        for source in Source.objects.filter(origin_id=origin_id).order_by("pk").values_list("pk", flat=True):
            if not held.enter_context(sole_worker(source)):
                raise SourceBusy
        yield


def work(origin_id: int, *, by: Actor, seconds: float) -> bool:
    """Go on with the origin's rereadings for about so long; True when none is left. Raises SourceBusy."""
    ends = time.monotonic() + seconds
    with fenced(origin_id):
        while one := unfinished(origin_id):
            if not go_on(one, by=by) or time.monotonic() < ends:
                continue
            return False
    return True


def go_on(rereading: Rereading, *, by: Actor) -> bool:
    """One piece of a rereading, in one transaction; False when it is finished. Call it inside `fenced`."""
    view = rereading.view
    mapping = read(rereading.mapping.text)
    versions = {version.pk: version for version in _other_versions(rereading.mapping, mapping, view)}
    new = compile_view(mapping, view)
    with transaction.atomic():
        rows = _rows(rereading, list(versions))
        found = _read(rows, versions, new, rereading.mapping)
        _keep(rereading, found)
        rereading.examined += len(rows)
        rereading.changed += found.changed
        rereading.rejected += found.rejected
        rereading.unfaithful += found.unfaithful
        if len(rows) < PIECE:
            rereading.finished_at = datetime.now(UTC)
        else:
            rereading.after_key = rows[-1].key
        rereading.save()
        if found.put or rereading.finished_at:
            _record(rereading, found, by)
    return rereading.finished_at is None


def _other_versions(version: MappingVersion, mapping: Mapping, view: str) -> list[MappingVersion]:
    """The origin's versions that read the view otherwise than this one."""
    others = MappingVersion.objects.filter(origin=version.origin).exclude(pk=version.pk)
    wanted = _reading_of(mapping, view)
    return [other for other in others if _reading_of(_parsed(other), view) != wanted]


def _parsed(version: MappingVersion) -> Mapping | None:
    try:
        return read(version.text)
    except MappingError:  # a version of before the format was stricter
        return None


def _reading_of(mapping: Mapping | None, view: str) -> Any:
    """All that decides what a row of the view becomes."""
    if mapping is None or view not in mapping.views:
        return None
    given = mapping.views[view]
    fields = {name: (one.model_dump(exclude={"codes"}), mapping.codes_of(one)) for name, one in given.fields.items()}
    return (
        mapping.timezone,
        mapping.encoding,
        mapping.repair,
        mapping.not_declared,
        given.encoding,
        given.repair,
        fields,
    )


def _rows(rereading: Rereading, versions: list[int]) -> list[_Published]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [rereading.origin_id, rereading.view, rereading.after_key, versions, PIECE])
        return [_Published(key, found.hex, raw, mapping, load) for key, found, raw, mapping, load in cursor.fetchall()]


def _read(
    rows: Sequence[_Published], versions: dict[int, MappingVersion], new: Reader, version: MappingVersion
) -> _Found:
    by_version: dict[int, list[_Published]] = defaultdict(list)
    for row in rows:
        by_version[row.mapping].append(row)
    found = _Found()
    for number, group in by_version.items():
        parsed = _parsed(versions[number])
        if parsed is None or new.view.name not in parsed.views:
            found.unfaithful += len(group)
            continue
        old = compile_view(parsed, new.view.name)
        keeps = number if old.columns != new.columns else version.pk
        _compare(found, group, old, new, keeps)
    return found


def _compare(found: _Found, rows: Sequence[_Published], old: Reader, new: Reader, mapping: int) -> None:
    raws = [[restore(value) for value in orjson.loads(row.raw)] for row in rows]
    faithful = _hashes(old, raws)
    lacking = [column for column in new.columns if column not in old.columns]
    places = [old.columns.index(column) if column in old.columns else None for column in new.columns]
    columns, faults = new.convert([[None if p is None else raw[p] for p in places] for raw in raws], outlined)
    for place, row in enumerate(rows):
        if faithful[place] != row.hash or lacking:
            found.unfaithful += 1
            continue
        reasons = [reason.as_json() for reason in faults.by_row.get(place, ())]
        values = [column[place] for column in columns]
        found.changed += not reasons and content_hash(values) != row.hash
        found.rejected += bool(reasons)
        if not reasons and content_hash(values) == row.hash:
            found.same.append(digest(row.raw))
        else:
            updated = dict(zip((column.name for column in new.view.columns), values, strict=True)).get(UPDATED)
            found.put.append(_standing(row, mapping, values, updated, reasons))


def _standing(
    row: _Published, mapping: int, values: list[str | None], updated: str | None, reasons: list[dict[str, str]]
) -> dict[str, Any]:
    """The row as it will stand in quarantine."""
    return {
        "keys": row.key, "raws": row.raw, "raw_hashes": digest(row.raw), "mappings": mapping,
        "mapped": orjson.dumps(values).decode() if not reasons else "[]",
        "hashes": content_hash(values) if not reasons else None, "updated": updated,
        "reasons": orjson.dumps(reasons).decode(), "statuses": "open" if reasons else "waiting", "loads": row.load,
    }  # fmt: skip


def _hashes(reader: Reader, raws: list[list[Any]]) -> list[str]:
    """What each row is published as by its own version; empty where the raw form no longer gives it."""
    columns, faults = reader.convert(raws, outlined)
    return [
        "" if place in faults.by_row else content_hash([column[place] for column in columns])
        for place in range(len(raws))
    ]


def _keep(rereading: Rereading, found: _Found) -> None:
    with connection.cursor() as cursor:
        if found.put:
            columns = {name: [row[name] for row in found.put] for name in found.put[0]}
            cursor.execute(PUT, {"origin": rereading.origin_id, "view": rereading.view, **columns})
        if found.same:
            cursor.execute(WITHDRAW, [rereading.origin_id, rereading.view, found.same])


def outlined(value: Any, kind: str) -> tuple[str, int]:
    """The image of a raw row, which has its outline only (`StorePhoto`). Raises PhotoError."""
    match value:
        case {"sha256": str(sha256), "bytes": int(size)}:
            return sha256, size
    raise PhotoError(ReasonCode.COLUMN_UNREAD)


def _record(rereading: Rereading, found: _Found, by: Actor) -> None:
    detail = {
        "origin": rereading.origin.code, "view": rereading.view, "mapping": rereading.mapping.number,
        "changed": found.changed, "rejected": found.rejected, "unfaithful": found.unfaithful,
    }  # fmt: skip
    recorder.record_with(Event(kind=Kind.REPROCESSED, actor=by, action="mirror.reread.piece", detail=detail))
