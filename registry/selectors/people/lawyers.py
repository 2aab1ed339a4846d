"""Who defends a person. Lawyers have prerogatives (Lei 8.906/1994, art. 7): seen only with a permission of its own."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef, Subject, keys, origins_of
from registry.selectors.provenance import Source, local
from registry.selectors.sql import select
from registry.values import oab


@dataclass(frozen=True, slots=True)
class LawyerSeen:
    """A lawyer. `until` is None while a mandate stands; `clients` counts the other prisoners they represent."""

    person: PersonRef
    sources: tuple[Source, ...]
    inscriptions: tuple[str, ...]
    since: date | None
    until: date | None
    attendances: int
    last_attendance_at: datetime | None
    clients: int


@dataclass(frozen=True, slots=True)
class Lawyers:
    """Lawyers, those in mandate and the most present first, and how many there are in all."""

    rows: tuple[LawyerSeen, ...]
    total: int


class _Row(NamedTuple):
    public_id: uuid.UUID
    name: str
    origins: list[int]
    inscriptions: list[str]
    since: date | None
    until: date | None
    attendances: int
    last_attendance_at: datetime | None
    total: int
    clients: int


_LAWYERS = f"""
WITH attended AS (
    SELECT lawyer_id, count(*) AS attendances, max(entered_at) AS last
    FROM registry_lawyerattendance
    WHERE origin_id = ANY(%(origins)s) AND prisoner_id = ANY(%(prisoners)s) AND removed_at IS NULL
    GROUP BY lawyer_id
), linked AS (
    SELECT lawyer_id, min(since) AS since, max(coalesce(until, 'infinity')) AS until
    FROM registry_lawyerclient
    WHERE prisoner_id = ANY(%(prisoners)s) AND removed_at IS NULL
    GROUP BY lawyer_id
), people AS (
    SELECT r.person_id,
           (array_agg(r.name ORDER BY r.origin_updated_at DESC))[1] AS name,
           array_agg(DISTINCT r.origin_id) AS origins,
           array_agg(DISTINCT y.oab_uf || y.oab_number) AS inscriptions,
           min(l.since) AS since,
           nullif(max(l.until), 'infinity') AS until,
           coalesce(sum(a.attendances), 0)::int AS attendances,
           max(a.last) AS last
    FROM attended a FULL JOIN linked l USING (lawyer_id)
    JOIN registry_record r ON r.id = lawyer_id
    JOIN registry_lawyer y ON y.record_ptr_id = r.id
    WHERE r.removed_at IS NULL AND r.person_id <> %(person)s AND {seals.seen("r.person_id")}
    GROUP BY r.person_id
), page AS (
    SELECT *, count(*) OVER () AS total FROM people
    ORDER BY until DESC NULLS FIRST, attendances DESC, person_id LIMIT %(limit)s
)
SELECT p.public_id, page.name, page.origins, page.inscriptions, page.since, page.until, page.attendances, page.last,
       page.total,
       (SELECT count(DISTINCT o.person_id)::int
        FROM registry_record mine
        JOIN registry_lawyerclient k ON k.lawyer_id = mine.id AND k.removed_at IS NULL
        JOIN registry_record o ON o.id = k.prisoner_id AND o.removed_at IS NULL
        WHERE mine.person_id = page.person_id AND o.person_id <> %(person)s AND {seals.seen("o.person_id")})
FROM page JOIN registry_person p ON p.id = page.person_id
ORDER BY page.until DESC NULLS FIRST, page.attendances DESC, page.person_id
"""  # noqa: S608 - composed of fixed texts


def lawyers(subject: Subject, scope: Scope, *, limit: int = 50) -> Lawyers:
    """The lawyers of a prisoner, at most `limit` (one query); none outside the scope."""
    if not scope.lawyers:
        return Lawyers((), 0)
    parameters = {
        "origins": origins_of(subject.prisoners),
        "prisoners": keys(subject.prisoners),
        "person": subject.person.pk,
        "limit": limit,
        **seals.bound(scope),
    }
    rows = select(_Row, _LAWYERS, parameters)
    return Lawyers(tuple(_seen(row, subject) for row in rows), rows[0].total if rows else 0)


def _seen(row: _Row, subject: Subject) -> LawyerSeen:
    sources, zone = subject.told_by(row.origins)
    return LawyerSeen(
        person=PersonRef(row.public_id, row.name),
        sources=sources,
        inscriptions=tuple(oab.display(text) if oab.is_valid(text) else text for text in row.inscriptions),
        since=row.since,
        until=row.until,
        attendances=row.attendances,
        last_attendance_at=local(row.last_attendance_at, zone) if row.last_attendance_at else None,
        clients=row.clients,
    )
