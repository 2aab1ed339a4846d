"""Who is in a unit, wing by wing and cell by cell."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from registry.labels import Effect, Label, effect, label
from registry.scope import Scope
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import local
from registry.selectors.sql import select
from registry.selectors.units.census import Census, census
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.held import CHOSEN, MOVED_SINCE, STEP, during, held_in, parameters

PAGE: Final = 100
EVERYBODY: Final = 20_000  # more than the largest unit of the country holds


@dataclass(frozen=True, slots=True)
class Resident:
    """Someone held in the unit. `out` names the movement that took them out for a while, `gone` the exit written down
    although the custody stands open; both empty when inside. `elsewhere`: another unit that holds them at the same
    time. `moved_since`: the cell is of later. `faction` is empty without its permission."""

    person: PersonRef
    registration: str
    birth_date: date | None
    wing: str
    cell: str
    since: datetime
    days: int
    regime: Label
    situation: Label
    out: Label
    gone: Label
    elsewhere: str
    moved_since: bool
    faction: str
    disabled: bool
    pregnant: bool
    lactating: bool
    rdd: bool
    monitored: bool


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
    registration: str
    birth_date: date | None
    wing: str
    cell: str
    since: datetime
    regime: str
    situation: str
    step: str | None
    elsewhere: str | None
    moved_since: bool
    faction: str
    disabled: bool
    pregnant: bool
    lactating: bool
    rdd: bool
    monitored: bool


# Cell 2 stands before cell 10: shorter names first.
_PAGE: Final = """
WITH {chosen} everybody AS ({held}), held AS (
    SELECT * FROM everybody
    WHERE (wing, cell) IN (SELECT * FROM unnest(%(wings)s::text[], %(cells)s::text[]))
    ORDER BY wing, length(cell), cell, name, person_id LIMIT %(limit)s OFFSET %(offset)s
)
SELECT p.public_id, held.name, k.registration, held.birth_date, held.wing, held.cell, held.started_at, held.regime,
       held.situation, step.kind, elsewhere.name, {moved_since}, held.faction, k.disabilities <> '{{}}',
       coalesce(k.pregnant, false), coalesce(k.lactating, false), coalesce(held.rdd, false),
       coalesce(held.monitored, false)
FROM held JOIN registry_person p ON p.id = held.person_id JOIN registry_prisoner k ON k.record_ptr_id = held.record
{step}
LEFT JOIN LATERAL (
    SELECT u.name FROM registry_record other
    JOIN registry_custody c ON c.prisoner_id = other.id AND c.removed_at IS NULL AND {during}
    JOIN registry_unit u ON u.id = c.unit_id
    WHERE other.person_id = held.person_id AND other.removed_at IS NULL AND c.unit_id <> %(unit)s
    ORDER BY c.started_at DESC LIMIT 1
) elsewhere ON true
ORDER BY held.wing, length(held.cell), held.cell, held.name, held.person_id
"""


def residents(
    of: Establishment,
    scope: Scope,
    *,
    wing: str | None = None,
    cell: str | None = None,
    page: int = 1,
    size: int | None = None,
    counted: Census | None = None,
) -> Residents:
    """Who is held in the unit: in one cell, in one wing or in all. A page has `size` people, or 100.

    One query where the census of the same instant and scope is at hand, two otherwise. The census tells in which
    cells the page begins and ends: nobody else is read.
    """
    size = size or PAGE
    counted = counted or census(of, scope)
    wings = tuple(Wing(each.name, each.people) for each in counted.wings)
    total = counted.people_in(wing, cell)
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    cells, skipped = _cells(counted, wing, cell, (page - 1) * size, size)
    given = parameters(of, scope) | {"wings": [one for one, _ in cells], "cells": [one for _, one in cells]}
    then = during(of)
    few = size < counted.people
    chosen, held = CHOSEN.format(during=then) if few else "", held_in(of, chosen=few)
    statement = _PAGE.format(chosen=chosen, held=held, step=STEP, moved_since=MOVED_SINCE, during=then)
    found = select(_Row, statement, given | {"limit": size, "offset": skipped})
    return Residents(tuple(_seen(row, of) for row in found), wings, total, page, pages)


def _cells(
    counted: Census, wing: str | None, cell: str | None, first: int, size: int
) -> tuple[list[tuple[str, str]], int]:
    """The cells (wing, cell) that hold the `size` people from `first` on, and how many of the first cell's come before
    them; both are in the order of the page."""
    found: list[tuple[str, str]] = []
    place = skipped = 0
    for of_wing in counted.wings:
        for each in of_wing.cells:
            if wing not in (None, of_wing.name) or cell not in (None, each.name):
                continue
            if place < first + size and place + each.people > first:
                skipped = skipped if found else first - place
                found.append((of_wing.name, each.name))
            place += each.people
    return found, skipped


def _seen(row: _Row, of: Establishment) -> Resident:
    step = label("movimentacao", row.step or "")
    does = effect(step.code)
    nothing = Label("", "")
    return Resident(
        person=PersonRef(row.public_id, row.name),
        registration=row.registration,
        birth_date=row.birth_date,
        wing=row.wing,
        cell=row.cell,
        since=local(row.since, of.unit.origin),
        days=max(0, (of.at - row.since).days),
        regime=label("regime", row.regime),
        situation=label("situacao_custodia", row.situation),
        out=step if does == Effect.TEMPORARY else nothing,
        gone=step if does == Effect.EXIT else nothing,
        elsewhere=row.elsewhere or "",
        moved_since=row.moved_since,
        faction=row.faction,
        disabled=row.disabled,
        pregnant=row.pregnant,
        lactating=row.lactating,
        rdd=row.rdd,
        monitored=row.monitored,
    )
