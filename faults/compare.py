"""The base against the states, row for row."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from faults.state import MARKER, VIEWS, State, raw_image
from ingestion.models import Rejection, Source
from ingestion.models.quarantine import STANDING
from registry.selectors import references

# Where the registry keeps a view: table, the column of the marker, what tells the view's rows from others', and the
# column with the record they hang on.
PLACES = {
    "vw_unidade": ("registry_unit t", "t.name", "true", "NULL::bigint"),
    "vw_preso": ("registry_record t", "t.name", "t.kind = 'P'", "NULL::bigint"),
    "vw_preso_documento": ("registry_recorddocument t", "t.raw", "true", "t.record_id"),
    "vw_preso_foto": ("registry_photo t", "t.sha256", "t.view = 'vw_preso_foto'", "t.record_id"),
    "vw_movimentacao": ("registry_movement t", "t.reason", "true", "t.prisoner_id"),
}
OWNER = "id_preso"
# Tables of an origin's first rows that were left outside the table they should be a partition of, or halfway into it.
LOOSE = """
SELECT count(*) FROM pg_class c WHERE c.relkind IN ('r', 'i') AND c.relname ~ '^registry_.*_o[0-9]+($|_)' AND (
    c.relkind = 'r' AND NOT c.relispartition
    OR c.relkind = 'i' AND EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = c.oid AND NOT i.indisvalid))
"""
# People whom the states have and no search finds, or who wait for somebody to work on them.
UNSEARCHED = """
SELECT count(*) FROM registry_record r WHERE r.removed_at IS NULL
    AND NOT EXISTS (SELECT FROM registry_personsearch d WHERE d.person_id = r.person_id)
"""
WAITING = "SELECT (SELECT count(*) FROM registry_pendingrecord) + (SELECT count(*) FROM registry_pendingperson)"


def compare(state: State, source: Source) -> Counter[str]:
    """How many rows the base lost, doubled, kept in an older version, did not remove or holds in quarantine."""
    found = Counter[str]()
    for view in VIEWS:
        theirs = {str(row["id_origem"]): _marker(view, row) for row in state.rows(view)}
        ours: dict[str, Any] = {}
        for key, marker, updated_at, removed, owner in _registered(source.origin_id, view):
            found["doubled"] += key in ours
            ours[key] = (marker, updated_at, removed, owner)
        for key, (marker, updated_at, status, owner) in theirs.items():
            if key not in ours:
                found["lost"] += 1
                continue
            has, when, removed, ours_owner = ours[key]
            found["stale"] += (has, when) != (marker, updated_at)
            found["wrong status"] += removed != (status == "E")
            found["wrong parent"] += ours_owner != owner
        found["not removed"] += sum(not ours[key][2] for key in ours.keys() - theirs.keys())
    found["in quarantine"] += Rejection.objects.filter(origin=source.origin_id, status__in=STANDING).count()
    return +found


def unsound() -> Counter[str]:
    """What is wrong in the base itself, whatever the states have."""
    # What could not be counted is not known to be whole.
    without = sum(references.MOST if count is None else count for _, count in references.orphans())
    found = Counter({"without parent": without})
    with connection.cursor() as cursor:
        for name, statement in (("loose partition", LOOSE), ("unsearchable", UNSEARCHED), ("still waiting", WAITING)):
            cursor.execute(statement)
            found[name] += cursor.fetchone()[0]
    return +found


def total(state: State) -> int:
    """Rows of the state."""
    return sum(1 for view in VIEWS for _ in state.rows(view))


def _marker(view: str, row: dict[str, Any]) -> tuple[str, datetime, str, str | None]:
    value = row[MARKER[view]]
    text = hashlib.sha256(raw_image(value)).hexdigest() if view == "vw_preso_foto" else str(value)
    owner = str(row[OWNER]) if OWNER in row else None
    return text, row["dt_atualizacao"].replace(tzinfo=UTC), row["st_registro"], owner


def _registered(origin_id: int, view: str) -> Iterator[tuple[str, str, datetime, bool, str | None]]:
    table, marker, condition, owner = PLACES[view]
    statement = (
        f"SELECT t.origin_key, {marker}, t.origin_updated_at, t.removed_at IS NOT NULL, p.origin_key FROM {table}"
        f" LEFT JOIN registry_record p ON p.id = {owner} WHERE t.origin_id = %s AND {condition}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [origin_id])
        yield from cursor.fetchall()
