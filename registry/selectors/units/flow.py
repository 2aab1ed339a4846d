"""Who came to a unit and who left it in the hours before an instant, and the sums by kind of movement."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from registry.labels import Effect, Label, effect, label
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import local
from registry.selectors.sql import select
from registry.selectors.units.establishment import Establishment

MOST_ROWS: Final = 300


@dataclass(frozen=True, slots=True)
class Passage:
    """Someone's movement into or out of the unit. `other` is the other end: a unit, a state, or empty. `untold`: at the
    instant shown, the state had not written it down yet."""

    person: PersonRef
    kind: Label
    temporary: bool
    at: datetime
    registered_at: datetime
    untold: bool
    other: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Passages since `since`, newest first. The lists stop at 300 rows; the totals and `kinds` count them all."""

    since: datetime
    entered: tuple[Passage, ...]
    left: tuple[Passage, ...]
    total_entered: int
    total_left: int
    kinds: tuple[tuple[Label, int], ...]


class _Row(NamedTuple):
    public_id: uuid.UUID
    name: str
    kind: str
    at: datetime
    registered_at: datetime
    arriving: bool
    departing: bool
    other: str


_MOVES = f"""
SELECT p.public_id, r.name, m.kind, m.occurred_at, m.registered_at,
       coalesce(m.unit_to_id = %(unit)s, false), coalesce(m.unit_from_id = %(unit)s, false),
       coalesce(CASE WHEN m.unit_to_id = %(unit)s THEN f.name ELSE t.name END, nullif(m.other_uf, ''), '')
FROM registry_movement m
JOIN registry_record r ON r.id = m.prisoner_id AND r.removed_at IS NULL
JOIN registry_person p ON p.id = r.person_id
LEFT JOIN registry_unit f ON f.id = m.unit_from_id
LEFT JOIN registry_unit t ON t.id = m.unit_to_id
WHERE m.origin_id = %(origin)s AND m.occurred_at >= %(since)s AND m.occurred_at <= %(until)s
  AND m.removed_at IS NULL
  AND (m.unit_from_id = %(unit)s OR m.unit_to_id = %(unit)s) AND {seals.seen("r.person_id")}
ORDER BY m.occurred_at DESC, m.id DESC
"""  # noqa: S608 - composed of fixed texts


def flow(of: Establishment, scope: Scope, *, hours: int = 24) -> Flow:
    """Passages in the `hours` before the instant shown, as the state has written them down by today (one query)."""
    since = of.at - timedelta(hours=hours)
    asked = {"unit": of.unit.pk, "origin": of.unit.origin_id, "since": since, "until": of.until}
    rows = select(_Row, _MOVES, asked | seals.bound(scope))
    entered = [row for row in rows if _entered(row)]
    left = [row for row in rows if _left(row)]
    return Flow(
        since=local(since, of.unit.origin),
        entered=_passages(entered, of),
        left=_passages(left, of),
        total_entered=len(entered),
        total_left=len(left),
        kinds=tuple((label("movimentacao", code), n) for code, n in Counter(r.kind for r in rows).most_common()),
    )


def _entered(row: _Row) -> bool:
    """Into the unit: by what the code does; by the two ends when no mapping knows the code."""
    does = effect(row.kind)
    if does in (Effect.ENTRY, Effect.RETURN):
        return row.arriving
    return does in (Effect.UNKNOWN, Effect.MODALITY) and row.arriving and not row.departing


def _left(row: _Row) -> bool:
    does = effect(row.kind)
    if does in (Effect.EXIT, Effect.TEMPORARY):
        return row.departing
    return does in (Effect.UNKNOWN, Effect.MODALITY) and row.departing and not row.arriving


def _passages(rows: Iterable[_Row], of: Establishment) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            person=PersonRef(row.public_id, row.name),
            kind=label("movimentacao", row.kind),
            temporary=effect(row.kind) in (Effect.TEMPORARY, Effect.RETURN),
            at=local(row.at, of.unit.origin),
            registered_at=local(row.registered_at, of.unit.origin),
            untold=of.past and row.registered_at > of.at,
            other=row.other,
        )
        for row in list(rows)[:MOST_ROWS]
    )
