"""For a visitor or a lawyer: the prisoners they are linked to."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from registry.labels import Label, label
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef, Subject, keys, origins_of
from registry.selectors.provenance import Source, local
from registry.selectors.sql import select


@dataclass(frozen=True, slots=True)
class LinkedPrisoner:
    """A prisoner whom the person visits (`kinships`) or defends (`defended`), and the unit that holds them now."""

    person: PersonRef
    sources: tuple[Source, ...]
    kinships: tuple[Label, ...]
    defended: bool
    unit: str
    contacts: int
    last_contact_at: datetime | None


@dataclass(frozen=True, slots=True)
class Links:
    """Linked prisoners, the most frequent contacts first, and how many there are in all."""

    rows: tuple[LinkedPrisoner, ...]
    total: int


class _Row(NamedTuple):
    public_id: uuid.UUID
    name: str
    origins: list[int]
    kinships: list[str] | None
    defended: bool
    contacts: int
    last_contact_at: datetime | None
    total: int
    unit: str | None


_LINKS = f"""
WITH link AS (
    SELECT prisoner_id, kinship, false AS defended, 0 AS contacts, NULL::timestamptz AS last
    FROM registry_visitorlink WHERE visitor_id = ANY(%(visitors)s) AND removed_at IS NULL
    UNION ALL
    SELECT prisoner_id, '', true, 0, NULL
    FROM registry_lawyerclient WHERE lawyer_id = ANY(%(lawyers)s) AND removed_at IS NULL
    UNION ALL
    SELECT prisoner_id, '', false, count(*), max(entered_at)
    FROM registry_visit
    WHERE origin_id = ANY(%(origins)s) AND visitor_id = ANY(%(visitors)s) AND removed_at IS NULL
    GROUP BY prisoner_id
    UNION ALL
    SELECT prisoner_id, '', true, count(*), max(entered_at)
    FROM registry_lawyerattendance
    WHERE origin_id = ANY(%(origins)s) AND lawyer_id = ANY(%(lawyers)s) AND removed_at IS NULL
    GROUP BY prisoner_id
), people AS (
    SELECT r.person_id,
           (array_agg(r.name ORDER BY r.origin_updated_at DESC))[1] AS name,
           array_agg(DISTINCT r.origin_id) AS origins,
           array_agg(DISTINCT kinship) FILTER (WHERE kinship <> '') AS kinships,
           bool_or(defended) AS defended,
           sum(contacts)::int AS contacts,
           max(last) AS last
    FROM link JOIN registry_record r ON r.id = prisoner_id
    WHERE r.removed_at IS NULL AND r.person_id <> %(person)s AND {seals.seen("r.person_id")}
    GROUP BY r.person_id
), page AS (
    SELECT *, count(*) OVER () AS total FROM people
    ORDER BY contacts DESC, last DESC NULLS LAST, person_id LIMIT %(limit)s
)
SELECT p.public_id, page.name, page.origins, page.kinships, page.defended, page.contacts, page.last, page.total,
       (SELECT u.name
        FROM registry_record held
        JOIN registry_custody c ON c.prisoner_id = held.id AND c.ended_at IS NULL AND c.removed_at IS NULL
        JOIN registry_unit u ON u.id = c.unit_id
        WHERE held.person_id = page.person_id AND held.removed_at IS NULL
        ORDER BY c.started_at DESC LIMIT 1)
FROM page JOIN registry_person p ON p.id = page.person_id
ORDER BY page.contacts DESC, page.last DESC NULLS LAST, page.person_id
"""  # noqa: S608 - composed of fixed texts


def links(subject: Subject, scope: Scope, *, limit: int = 50) -> Links:
    """The prisoners a person visits or defends, at most `limit` (one query)."""
    linking = [*subject.visitors, *subject.lawyers]
    parameters = {
        "origins": origins_of(linking),
        "visitors": keys(subject.visitors),
        "lawyers": keys(subject.lawyers),
        "person": subject.person.pk,
        "limit": limit,
        **seals.bound(scope),
    }
    rows = select(_Row, _LINKS, parameters)
    return Links(tuple(_seen(row, subject) for row in rows), rows[0].total if rows else 0)


def _seen(row: _Row, subject: Subject) -> LinkedPrisoner:
    sources, zone = subject.told_by(row.origins)
    return LinkedPrisoner(
        person=PersonRef(row.public_id, row.name),
        sources=sources,
        kinships=tuple(label("parentesco", code) for code in row.kinships or ()),
        defended=row.defended,
        unit=row.unit or "",
        contacts=row.contacts,
        last_contact_at=local(row.last_contact_at, zone) if row.last_contact_at else None,
    )
