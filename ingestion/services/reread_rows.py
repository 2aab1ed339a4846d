"""The rows of a rereading: taken from the mirror, read by their own version and by the new, kept if these differ."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import connection

from ingestion.contract.types import UPDATED
from ingestion.mapping.compiling import PhotoError, Reader, compile_view
from ingestion.models import MappingVersion, Rereading
from ingestion.pipeline.rows import content_hash, digest
from ingestion.reasons import ReasonCode
from ingestion.selectors.versions import parsed
from ingestion.services.quarantine import restore

PIECE = 2_000

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


@dataclass(frozen=True)
class Published:
    """A row of the mirror, by the version that read it and the load that brought it."""

    key: str
    hash: str
    raw: str
    mapping: int
    load: int


@dataclass
class Found:
    """What a piece of rows came to."""

    put: list[dict[str, Any]] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    changed: int = 0
    rejected: int = 0
    unfaithful: int = 0


def take(rereading: Rereading, versions: list[int]) -> list[Published]:
    """The next PIECE of the view's rows that these versions read."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [rereading.origin_id, rereading.view, rereading.after_key, versions, PIECE])
        return [Published(key, found.hex, raw, mapping, load) for key, found, raw, mapping, load in cursor.fetchall()]


def compare(
    rows: Sequence[Published], versions: dict[int, MappingVersion], new: Reader, version: MappingVersion
) -> Found:
    """What rows come to by the reader `new` of `version`; `versions` are those that read them, by id."""
    by_version: dict[int, list[Published]] = defaultdict(list)
    for row in rows:
        by_version[row.mapping].append(row)
    found = Found()
    for number, group in by_version.items():
        mapping = parsed(versions[number])
        if mapping is None or new.view.name not in mapping.views:
            found.unfaithful += len(group)
            continue
        old = compile_view(mapping, new.view.name)
        keeps = number if old.columns != new.columns else version.pk
        _compare(found, group, old, new, keeps)
    return found


def _compare(found: Found, rows: Sequence[Published], old: Reader, new: Reader, mapping: int) -> None:
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
    row: Published, mapping: int, values: list[str | None], updated: str | None, reasons: list[dict[str, str]]
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


def keep(rereading: Rereading, found: Found) -> None:
    """Let the rows that come out otherwise wait in quarantine, and no longer those that come out as published."""
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
