"""Who is in a unit now, wing by wing and cell by cell."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from registry.labels import Effect, Label, codes_with, label
from registry.scope import Scope
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import local
from registry.selectors.sql import select
from registry.selectors.units.establishment import Establishment

PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Resident:
    """Someone held in the unit. `out` names the movement that took them out for a while, empty when inside."""

    person: PersonRef
    birth_date: date | None
    wing: str
    cell: str
    since: datetime
    days: int
    regime: Label
    situation: Label
    out: Label


@dataclass(frozen=True, slots=True)
class Wing:
    """A wing and how many people it holds; an empty name means that the state informs none."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Residents:
    """One page of residents by wing, cell and name; `total` counts them all, `page` starts at 1."""

    rows: tuple[Resident, ...]
    wings: tuple[Wing, ...]
    total: int
    page: int
    pages: int


class _Row(NamedTuple):
    public_id: uuid.UUID
    name: str
    birth_date: date | None
    wing: str
    cell: str
    since: datetime
    regime: str
    situation: str
    out: str | None


# One line for each person: of two open custodies in the same unit, the one that began last.
_HELD = """
SELECT DISTINCT ON (r.person_id) r.person_id, r.id AS record, r.origin_id, r.name, r.birth_date, c.wing, c.cell,
       c.started_at, c.regime, c.situation
FROM registry_custody c JOIN registry_record r ON r.id = c.prisoner_id AND r.removed_at IS NULL
WHERE c.unit_id = %(unit)s AND c.ended_at IS NULL AND c.removed_at IS NULL
ORDER BY r.person_id, c.started_at DESC, c.id DESC
"""

# Cell 2 stands before cell 10: shorter names first.
_PAGE = f"""
WITH held AS ({_HELD}), page AS (
    SELECT * FROM held WHERE %(wing)s::text IS NULL OR wing = %(wing)s
    ORDER BY wing, length(cell), cell, name, person_id LIMIT %(limit)s OFFSET %(offset)s
)
SELECT p.public_id, page.name, page.birth_date, page.wing, page.cell, page.started_at, page.regime, page.situation,
       CASE WHEN step.kind = ANY(%(outs)s) THEN step.kind END
FROM page JOIN registry_person p ON p.id = page.person_id
LEFT JOIN LATERAL (
    SELECT m.kind FROM registry_movement m
    WHERE m.origin_id = page.origin_id AND m.prisoner_id = page.record AND m.removed_at IS NULL
      AND m.kind = ANY(%(steps)s) AND m.occurred_at >= page.started_at
    ORDER BY m.occurred_at DESC, m.id DESC LIMIT 1
) step ON true
ORDER BY page.wing, length(page.cell), page.cell, page.name, page.person_id
"""  # noqa: S608 - composed of constants of this module

_WINGS = f"WITH held AS ({_HELD}) SELECT wing, count(*)::int FROM held GROUP BY wing ORDER BY wing"  # noqa: S608


def residents(of: Establishment, scope: Scope, *, wing: str | None = None, page: int = 1) -> Residents:
    """Who is held in the unit, in one wing or in all (two queries)."""
    wings = tuple(select(Wing, _WINGS, {"unit": of.unit.pk}))
    total = sum(each.people for each in wings if wing is None or each.name == wing)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    parameters = {
        "unit": of.unit.pk,
        "wing": wing,
        "limit": PAGE,
        "offset": (page - 1) * PAGE,
        "outs": list(codes_with(Effect.TEMPORARY)),
        "steps": list(codes_with(Effect.ENTRY, Effect.EXIT, Effect.TEMPORARY, Effect.RETURN)),
    }
    rows = tuple(_seen(row, of) for row in select(_Row, _PAGE, parameters))
    return Residents(rows, wings, total, page, pages)


def _seen(row: _Row, of: Establishment) -> Resident:
    return Resident(
        person=PersonRef(row.public_id, row.name),
        birth_date=row.birth_date,
        wing=row.wing,
        cell=row.cell,
        since=local(row.since, of.unit.origin),
        days=max(0, (of.now - row.since).days),
        regime=label("regime", row.regime),
        situation=label("situacao_custodia", row.situation),
        out=label("movimentacao", row.out or ""),
    )
