"""Who visited a unit, and whom."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from registry.labels import Label, label
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import local
from registry.selectors.sql import select
from registry.selectors.units.establishment import Establishment

MOST_ROWS: Final = 200


@dataclass(frozen=True, slots=True)
class VisitSeen:
    """A visit; `left_at` is None when the state wrote no exit down. `inside`: at the instant shown, the visitor has
    come that day and is not known to have left."""

    visitor: PersonRef
    prisoner: PersonRef
    kind: Label
    entered_at: datetime
    left_at: datetime | None
    inside: bool


@dataclass(frozen=True, slots=True)
class UnitVisits:
    """Visits since `since`: those inside first, then the newest; the list stops at 200, `total` counts all, `today`
    those of the day, `inside` those not known to have left."""

    since: datetime
    rows: tuple[VisitSeen, ...]
    total: int
    today: int
    inside: int


class _Row(NamedTuple):
    visitor_id: uuid.UUID
    visitor: str
    prisoner_id: uuid.UUID
    prisoner: str
    kind: str
    entered_at: datetime
    left_at: datetime | None
    inside: bool
    total: int
    today: int
    all_inside: int


# A visit is of two persons: where one is hidden, there was none.
_VISITS = f"""
WITH made AS (
    SELECT t.id, visitor_id, prisoner_id, t.kind, entered_at, left_at, entered_at >= %(midnight)s AS of_day,
           entered_at >= %(midnight)s AND t.kind <> 'VIRTUAL' AND coalesce(left_at > %(at)s, true) AS inside
    FROM registry_visit t JOIN registry_record a ON a.id = t.visitor_id JOIN registry_record b ON b.id = t.prisoner_id
    WHERE t.origin_id = %(origin)s AND unit_id = %(unit)s AND entered_at >= %(since)s AND entered_at <= %(until)s
      AND t.removed_at IS NULL AND {seals.seen("a.person_id")} AND {seals.seen("b.person_id")}
), visit AS (
    SELECT *, count(*) OVER () AS total, count(*) FILTER (WHERE of_day) OVER () AS today,
           count(*) FILTER (WHERE inside) OVER () AS all_inside
    FROM made ORDER BY inside DESC, entered_at DESC, id DESC LIMIT %(limit)s
)
SELECT vp.public_id, v.name, pp.public_id, p.name, visit.kind, visit.entered_at, visit.left_at, visit.inside,
       visit.total, visit.today, visit.all_inside
FROM visit
JOIN registry_record v ON v.id = visit.visitor_id JOIN registry_person vp ON vp.id = v.person_id
JOIN registry_record p ON p.id = visit.prisoner_id JOIN registry_person pp ON pp.id = p.person_id
ORDER BY visit.inside DESC, visit.entered_at DESC, visit.id DESC
"""  # noqa: S608 - composed of fixed texts


def visits(of: Establishment, scope: Scope, *, hours: int = 24, limit: int = MOST_ROWS) -> UnitVisits:
    """Visits of the `hours` before the instant shown, and always those of its day in the state (one query)."""
    midnight = local(of.at, of.unit.origin).replace(hour=0, minute=0, second=0, microsecond=0)
    since = min(midnight, of.at - timedelta(hours=hours))
    parameters = {
        "unit": of.unit.pk,
        "origin": of.unit.origin_id,
        "since": since,
        "midnight": midnight,
        "at": of.at,
        "until": of.until,
        "limit": limit,
        **seals.bound(scope),
    }
    rows = select(_Row, _VISITS, parameters)
    return UnitVisits(
        since=local(since, of.unit.origin),
        rows=tuple(_seen(row, of) for row in rows),
        total=rows[0].total if rows else 0,
        today=rows[0].today if rows else 0,
        inside=rows[0].all_inside if rows else 0,
    )


def _seen(row: _Row, of: Establishment) -> VisitSeen:
    origin = of.unit.origin
    return VisitSeen(
        visitor=PersonRef(row.visitor_id, row.visitor),
        prisoner=PersonRef(row.prisoner_id, row.prisoner),
        kind=label("tipo_visita", row.kind),
        entered_at=local(row.entered_at, origin),
        left_at=local(row.left_at, origin) if row.left_at else None,
        inside=row.inside,
    )
