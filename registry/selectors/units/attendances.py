"""The lawyers who came to a unit. They have prerogatives (Lei 8.906/1994, art. 7): seen only with their permission."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import local
from registry.selectors.sql import select
from registry.selectors.units.establishment import Establishment

MOST_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class AttendanceSeen:
    """A lawyer with a prisoner; `left_at` is None when the state wrote no exit down."""

    lawyer: PersonRef
    prisoner: PersonRef
    entered_at: datetime
    left_at: datetime | None
    inside: bool


@dataclass(frozen=True, slots=True)
class UnitAttendances:
    """Attendances of the day of the instant shown: those inside first, then the newest; the list stops at 100."""

    rows: tuple[AttendanceSeen, ...]
    total: int
    inside: int


class _Row(NamedTuple):
    lawyer_id: uuid.UUID
    lawyer: str
    prisoner_id: uuid.UUID
    prisoner: str
    entered_at: datetime
    left_at: datetime | None
    inside: bool
    total: int
    all_inside: int


# A videoconference puts nobody in the unit.
_ATTENDANCES: Final = f"""
WITH made AS (
    SELECT a.id, l.name AS lawyer, l.person_id AS lawyer_id, r.name AS prisoner, r.person_id AS prisoner_id,
           a.entered_at, a.left_at, a.modality <> 'VIDEO' AND coalesce(a.left_at > %(at)s, true) AS inside
    FROM registry_lawyerattendance a
    JOIN registry_record l ON l.id = a.lawyer_id AND l.removed_at IS NULL
    JOIN registry_record r ON r.id = a.prisoner_id AND r.removed_at IS NULL
    WHERE a.origin_id = %(origin)s AND a.unit_id = %(unit)s AND a.entered_at >= %(midnight)s
      AND a.entered_at <= %(until)s AND a.removed_at IS NULL
      AND {seals.seen("l.person_id")} AND {seals.seen("r.person_id")}
), page AS (
    SELECT *, count(*) OVER () AS total, count(*) FILTER (WHERE inside) OVER () AS all_inside
    FROM made ORDER BY inside DESC, entered_at DESC, id DESC LIMIT %(limit)s
)
SELECT lp.public_id, page.lawyer, pp.public_id, page.prisoner, page.entered_at, page.left_at, page.inside, page.total,
       page.all_inside
FROM page JOIN registry_person lp ON lp.id = page.lawyer_id JOIN registry_person pp ON pp.id = page.prisoner_id
ORDER BY page.inside DESC, page.entered_at DESC, page.id DESC
"""  # noqa: S608 - composed of fixed texts


def attendances(of: Establishment, scope: Scope, *, limit: int = MOST_ROWS) -> UnitAttendances:
    """The lawyers who came that day (one query); none outside the scope."""
    if not scope.lawyers:
        return UnitAttendances((), 0, 0)
    origin = of.unit.origin
    midnight = local(of.at, origin).replace(hour=0, minute=0, second=0, microsecond=0)
    given = {"unit": of.unit.pk, "origin": origin.pk, "midnight": midnight, "at": of.at, "until": of.until}
    rows = select(_Row, _ATTENDANCES, given | {"limit": limit, **seals.bound(scope)})
    return UnitAttendances(
        rows=tuple(_seen(row, of) for row in rows),
        total=rows[0].total if rows else 0,
        inside=rows[0].all_inside if rows else 0,
    )


def _seen(row: _Row, of: Establishment) -> AttendanceSeen:
    return AttendanceSeen(
        lawyer=PersonRef(row.lawyer_id, row.lawyer),
        prisoner=PersonRef(row.prisoner_id, row.prisoner),
        entered_at=local(row.entered_at, of.unit.origin),
        left_at=local(row.left_at, of.unit.origin) if row.left_at else None,
        inside=row.inside,
    )
