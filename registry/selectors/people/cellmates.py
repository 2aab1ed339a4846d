"""Who shared a cell with a person, and for how long."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from registry.models import Origin
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef, Subject, keys
from registry.selectors.provenance import Source, local, source_of
from registry.selectors.sql import select

MOST_ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Cellmate:
    """Someone in the same cell at the same time. `days` are whole; `until` is None while both are there."""

    person: PersonRef
    source: Source
    unit_id: uuid.UUID
    unit: str
    wing: str
    cell: str
    days: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Cellmates:
    """Cellmates, longest first, and how many there are in all (someone met in two cells counts twice)."""

    rows: tuple[Cellmate, ...]
    total: int


class _Row(NamedTuple):
    public_id: uuid.UUID
    name: str
    origin: int
    unit_id: uuid.UUID
    unit: str
    wing: str
    cell: str
    days: int
    since: datetime
    until: datetime | None
    total: int


# Ranges are merged before they are measured: two records of one human being do not count a day twice.
_CELLMATES = f"""
WITH mine AS (
    SELECT origin_id, unit_id, wing, cell, started_at, coalesce(ended_at, 'infinity') AS ended_at
    FROM registry_custody
    WHERE prisoner_id = ANY(%(prisoners)s) AND cell <> '' AND removed_at IS NULL
      AND coalesce(ended_at, 'infinity') > started_at
), together AS (
    SELECT r.person_id, mine.origin_id, mine.unit_id, mine.wing, mine.cell,
           (array_agg(r.name ORDER BY r.origin_updated_at DESC))[1] AS name,
           range_agg(tstzrange(greatest(mine.started_at, other.started_at),
                               least(mine.ended_at, coalesce(other.ended_at, 'infinity')))) AS time
    FROM mine
    JOIN registry_custody other
      ON other.unit_id = mine.unit_id AND other.wing = mine.wing AND other.cell = mine.cell
     AND other.started_at < mine.ended_at AND coalesce(other.ended_at, 'infinity') > mine.started_at
     AND coalesce(other.ended_at, 'infinity') > other.started_at AND other.removed_at IS NULL
    JOIN registry_record r ON r.id = other.prisoner_id AND r.removed_at IS NULL
    WHERE r.person_id <> %(person)s AND {seals.seen("r.person_id")}
    GROUP BY r.person_id, mine.origin_id, mine.unit_id, mine.wing, mine.cell
), measured AS (
    SELECT t.*,
           (SELECT extract(epoch FROM sum(least(upper(r), greatest(%(now)s, lower(r))) - lower(r)))
            FROM unnest(t.time) r) / 86400 AS days
    FROM together t
), page AS (
    SELECT *, count(*) OVER () AS total FROM measured ORDER BY days DESC, person_id, unit_id LIMIT %(limit)s
)
SELECT p.public_id, page.name, page.origin_id, u.public_id, u.name, page.wing, page.cell, floor(page.days)::int,
       lower(page.time), nullif(upper(page.time), 'infinity'), page.total
FROM page JOIN registry_person p ON p.id = page.person_id JOIN registry_unit u ON u.id = page.unit_id
ORDER BY page.days DESC, page.person_id, page.unit_id
"""  # noqa: S608 - composed of fixed texts


def cellmates(subject: Subject, scope: Scope, *, limit: int = MOST_ROWS) -> Cellmates:
    """Those who overlapped with the person in the same unit, wing and cell, at most `limit` or 50 (one query)."""
    parameters = {
        "prisoners": keys(subject.prisoners),
        "person": subject.person.pk,
        "now": subject.now,
        "limit": min(limit, MOST_ROWS),
        **seals.bound(scope),
    }
    rows = select(_Row, _CELLMATES, parameters)
    origins = {origin.pk: origin for origin in subject.origins}
    return Cellmates(tuple(_seen(row, origins[row.origin], subject) for row in rows), rows[0].total if rows else 0)


def _seen(row: _Row, origin: Origin, subject: Subject) -> Cellmate:
    return Cellmate(
        person=PersonRef(row.public_id, row.name),
        source=source_of(origin, subject.now),
        unit_id=row.unit_id,
        unit=row.unit,
        wing=row.wing,
        cell=row.cell,
        days=row.days,
        since=local(row.since, origin),
        until=local(row.until, origin) if row.until else None,
    )
