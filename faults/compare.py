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

# Where the registry keeps a view: table, the column of the marker, and what tells the view's rows from others'.
PLACES = {
    "vw_unidade": ("registry_unit t", "t.name", "true"),
    "vw_preso": ("registry_record t", "t.name", "t.kind = 'P'"),
    "vw_preso_documento": ("registry_recorddocument t", "t.raw", "true"),
    "vw_preso_foto": ("registry_photo t", "t.sha256", "t.view = 'vw_preso_foto'"),
    "vw_movimentacao": ("registry_movement t", "t.reason", "true"),
}


def compare(state: State, source: Source) -> Counter[str]:
    """How many rows the base lost, doubled, kept in an older version, did not remove or holds in quarantine."""
    found = Counter[str]()
    for view in VIEWS:
        theirs = {str(row["id_origem"]): _marker(view, row) for row in state.rows(view)}
        ours: dict[str, Any] = {}
        for key, marker, updated_at, removed in _registered(source.origin_id, view):
            found["doubled"] += key in ours
            ours[key] = (marker, updated_at, removed)
        for key, (marker, updated_at, status) in theirs.items():
            if key not in ours:
                found["lost"] += 1
                continue
            has, when, removed = ours[key]
            found["stale"] += (has, when) != (marker, updated_at)
            found["wrong status"] += removed != (status == "E")
        found["not removed"] += sum(not ours[key][2] for key in ours.keys() - theirs.keys())
    found["in quarantine"] += Rejection.objects.filter(origin=source.origin_id, status__in=STANDING).count()
    return +found


def total(state: State) -> int:
    """Rows of the state."""
    return sum(1 for view in VIEWS for _ in state.rows(view))


def _marker(view: str, row: dict[str, Any]) -> tuple[str, datetime, str]:
    value = row[MARKER[view]]
    text = hashlib.sha256(raw_image(value)).hexdigest() if view == "vw_preso_foto" else str(value)
    return text, row["dt_atualizacao"].replace(tzinfo=UTC), row["st_registro"]


def _registered(origin_id: int, view: str) -> Iterator[tuple[str, str, datetime, bool]]:
    table, marker, condition = PLACES[view]
    statement = (
        f"SELECT t.origin_key, {marker}, t.origin_updated_at, t.removed_at IS NOT NULL FROM {table}"
        f" WHERE t.origin_id = %s AND {condition}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [origin_id])
        yield from cursor.fetchall()
