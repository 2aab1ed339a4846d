"""Who visited a unit, and whom."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from registry.labels import Label, label
from registry.scope import Scope
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import local
from registry.selectors.sql import select
from registry.selectors.units.establishment import Establishment

MOST_ROWS: Final = 200


@dataclass(frozen=True, slots=True)
class VisitSeen:
    """A visit; `left_at` is None while the visitor is inside, or when the state did not write it down."""

    visitor: PersonRef
    prisoner: PersonRef
    kind: Label
    entered_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitVisits:
    """Visits since `since`, newest first; the list stops at 200, `total` counts all, `today` those of the day."""

    since: datetime
    rows: tuple[VisitSeen, ...]
    total: int
    today: int


class _Row(NamedTuple):
    visitor_id: uuid.UUID
    visitor: str
    prisoner_id: uuid.UUID
    prisoner: str
    kind: str
    entered_at: datetime
    left_at: datetime | None
    total: int
    today: int


_VISITS = """
WITH visit AS (
    SELECT visitor_id, prisoner_id, kind, entered_at, left_at,
           count(*) OVER () AS total,
           count(*) FILTER (WHERE entered_at >= %(midnight)s) OVER () AS today
    FROM registry_visit
    WHERE origin_id = %(origin)s AND unit_id = %(unit)s AND entered_at >= %(since)s AND removed_at IS NULL
    ORDER BY entered_at DESC, id DESC LIMIT %(limit)s
)
SELECT vp.public_id, v.name, pp.public_id, p.name, visit.kind, visit.entered_at, visit.left_at, visit.total, visit.today
FROM visit
JOIN registry_record v ON v.id = visit.visitor_id JOIN registry_person vp ON vp.id = v.person_id
JOIN registry_record p ON p.id = visit.prisoner_id JOIN registry_person pp ON pp.id = p.person_id
ORDER BY visit.entered_at DESC
"""


def visits(of: Establishment, scope: Scope, *, hours: int = 24) -> UnitVisits:
    """Visits of the last `hours`, and always those of the state's present day (one query)."""
    midnight = local(of.now, of.unit.origin).replace(hour=0, minute=0, second=0, microsecond=0)
    since = min(midnight, of.now - timedelta(hours=hours))
    parameters = {
        "unit": of.unit.pk,
        "origin": of.unit.origin_id,
        "since": since,
        "midnight": midnight,
        "limit": MOST_ROWS,
    }
    rows = select(_Row, _VISITS, parameters)
    return UnitVisits(
        since=local(since, of.unit.origin),
        rows=tuple(_seen(row, of) for row in rows),
        total=rows[0].total if rows else 0,
        today=rows[0].today if rows else 0,
    )


def _seen(row: _Row, of: Establishment) -> VisitSeen:
    origin = of.unit.origin
    return VisitSeen(
        visitor=PersonRef(row.visitor_id, row.visitor),
        prisoner=PersonRef(row.prisoner_id, row.prisoner),
        kind=label("tipo_visita", row.kind),
        entered_at=local(row.entered_at, origin),
        left_at=local(row.left_at, origin) if row.left_at else None,
    )
