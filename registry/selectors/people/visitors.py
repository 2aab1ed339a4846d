"""Who visits a person, how often, and whom else they visit."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from registry.labels import Label, label
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef, Subject, keys, origins_of
from registry.selectors.provenance import Source, local
from registry.selectors.sql import select


@dataclass(frozen=True, slots=True)
class VisitorSeen:
    """A visitor. `kinships` is empty for someone who visited without a registered link; `also` names some of the
    `also_total` other prisoners the same human being is linked to."""

    person: PersonRef
    sources: tuple[Source, ...]
    kinships: tuple[Label, ...]
    status: Label
    valid_until: date | None
    suspension_reason: str
    visits: int
    last_visit_at: datetime | None
    also: tuple[PersonRef, ...]
    also_total: int


@dataclass(frozen=True, slots=True)
class Visitors:
    """Visitors, the most frequent first, and how many there are in all."""

    rows: tuple[VisitorSeen, ...]
    total: int


class _Row(NamedTuple):
    public_id: uuid.UUID
    name: str
    origins: list[int]
    kinships: list[str] | None
    status: str | None
    valid_until: date | None
    suspension_reason: str | None
    visits: int
    last_visit_at: datetime | None
    total: int
    also_ids: list[uuid.UUID] | None
    also_names: list[str] | None
    also_total: int


# A visitor is a person: registrations of the same human being in several states are one line.
_VISITORS = f"""
WITH visited AS (
    SELECT visitor_id, count(*) AS visits, max(entered_at) AS last
    FROM registry_visit
    WHERE origin_id = ANY(%(origins)s) AND prisoner_id = ANY(%(prisoners)s) AND removed_at IS NULL
    GROUP BY visitor_id
), linked AS (
    SELECT DISTINCT ON (visitor_id) visitor_id, kinship, status, valid_until, suspension_reason
    FROM registry_visitorlink
    WHERE prisoner_id = ANY(%(prisoners)s) AND removed_at IS NULL
    ORDER BY visitor_id, since DESC, id DESC
), people AS (
    SELECT r.person_id,
           (array_agg(r.name ORDER BY r.origin_updated_at DESC))[1] AS name,
           array_agg(DISTINCT r.origin_id) AS origins,
           array_agg(DISTINCT l.kinship) FILTER (WHERE l.kinship <> '') AS kinships,
           (array_agg(l.status ORDER BY l.status <> 'ATIVO', l.valid_until DESC NULLS FIRST))[1] AS status,
           (array_agg(l.valid_until ORDER BY l.status <> 'ATIVO', l.valid_until DESC NULLS FIRST))[1] AS valid_until,
           max(l.suspension_reason) AS suspension_reason,
           coalesce(sum(v.visits), 0)::int AS visits,
           max(v.last) AS last
    FROM visited v FULL JOIN linked l USING (visitor_id)
    JOIN registry_record r ON r.id = visitor_id
    WHERE r.removed_at IS NULL AND r.person_id <> %(person)s AND {seals.seen("r.person_id")}
    GROUP BY r.person_id
), page AS (
    SELECT *, count(*) OVER () AS total FROM people
    ORDER BY visits DESC, last DESC NULLS LAST, person_id LIMIT %(limit)s
)
SELECT p.public_id, page.name, page.origins, page.kinships, page.status, page.valid_until, page.suspension_reason,
       page.visits, page.last, page.total, also.ids, also.names, coalesce(also.total, 0)
FROM page JOIN registry_person p ON p.id = page.person_id
LEFT JOIN LATERAL (
    SELECT array_agg(q.public_id ORDER BY q.n) FILTER (WHERE q.n <= 3) AS ids,
           array_agg(q.name ORDER BY q.n) FILTER (WHERE q.n <= 3) AS names,
           count(*) AS total
    FROM (
        SELECT op.public_id, max(o.name) AS name,
               row_number() OVER (ORDER BY max(k.since) DESC, op.public_id) AS n
        FROM registry_record mine
        JOIN registry_visitorlink k ON k.visitor_id = mine.id AND k.removed_at IS NULL
        JOIN registry_record o ON o.id = k.prisoner_id AND o.removed_at IS NULL
        JOIN registry_person op ON op.id = o.person_id
        WHERE mine.person_id = page.person_id AND mine.kind = 'V' AND o.person_id <> %(person)s
            AND {seals.seen("o.person_id")}
        GROUP BY op.public_id
    ) q
) also ON true
ORDER BY page.visits DESC, page.last DESC NULLS LAST, page.person_id
"""  # noqa: S608 - composed of fixed texts


def visitors(subject: Subject, scope: Scope, *, limit: int = 50) -> Visitors:
    """The visitors of a prisoner, at most `limit` (one query)."""
    parameters = {
        "origins": origins_of(subject.prisoners),
        "prisoners": keys(subject.prisoners),
        "person": subject.person.pk,
        "limit": limit,
        **seals.bound(scope),
    }
    rows = select(_Row, _VISITORS, parameters)
    return Visitors(tuple(_seen(row, subject) for row in rows), rows[0].total if rows else 0)


def _seen(row: _Row, subject: Subject) -> VisitorSeen:
    sources, zone = subject.told_by(row.origins)
    return VisitorSeen(
        person=PersonRef(row.public_id, row.name),
        sources=sources,
        kinships=tuple(label("parentesco", code) for code in row.kinships or ()),
        status=label("situacao_vinculo", row.status or ""),
        valid_until=row.valid_until,
        suspension_reason=row.suspension_reason or "",
        visits=row.visits,
        last_visit_at=local(row.last_visit_at, zone) if row.last_visit_at else None,
        also=tuple(map(PersonRef, row.also_ids or (), row.also_names or ())),
        also_total=row.also_total,
    )
