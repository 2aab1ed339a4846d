"""Crossings as they are shown: whom they name, where, and in which words."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson

from registry.models import CrossingKind, Origin, Unit
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.crossing import reasons
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import Source, source_of
from registry.selectors.sql import select
from registry.values.names import legible


class Found(NamedTuple):
    """A row of the list. `prisoners`, `states` and `places` are counted for those of many."""

    id: int
    kind: str
    person_id: int
    other_id: int | None
    last_on: date | None
    weight: int
    marks: list[str]
    ufs: list[str]
    units: list[int]
    named: list[int]
    detail: Any
    prisoners: int
    states: int
    places: int


@dataclass(frozen=True, slots=True)
class PersonBrief:
    """A person of a crossing, as the freshest record names them. `unit` holds them now, or is empty."""

    public_id: uuid.UUID
    name: str
    kinds: tuple[str, ...]
    birth: date | None
    situation: str
    unit: str
    sources: tuple[Source, ...]

    @property
    def ref(self) -> PersonRef:
        return PersonRef(self.public_id, self.name)


@dataclass(frozen=True, slots=True)
class CrossingSeen:
    """A crossing. `named` are some of the prisoners it is about; `reasons` say in Portuguese what was found."""

    kind: CrossingKind
    person: PersonBrief
    other: PersonBrief | None
    named: tuple[PersonRef, ...]
    reasons: tuple[str, ...]
    marks: tuple[str, ...]
    ufs: tuple[str, ...]
    units: tuple[str, ...]
    last_on: date | None
    gravity: int
    prisoners: int
    states: int
    places: int

    @property
    def persons(self) -> tuple[uuid.UUID, ...]:
        """Everyone it names."""
        other = (self.other.public_id,) if self.other else ()
        return (self.person.public_id, *other, *(ref.public_id for ref in self.named))


class _Person(NamedTuple):
    id: int
    public_id: uuid.UUID
    name: str
    kinds: list[str]
    birth: date | None
    situation: str | None
    unit: str | None
    origins: list[int]


# Who may not see lawyers is told nothing that only a lawyer's record says.
_PERSONS = f"""
SELECT p.id, p.public_id, (array_agg(r.name ORDER BY r.kind <> 'P', r.kind, r.origin_updated_at DESC))[1],
    array_agg(DISTINCT r.kind),
    (array_agg(r.birth_date ORDER BY r.kind <> 'P', r.origin_updated_at DESC)
        FILTER (WHERE r.birth_date IS NOT NULL))[1],
    min(s.situation), min(u.name), array_agg(DISTINCT r.origin_id)
FROM registry_person p
    JOIN registry_record r ON r.person_id = p.id AND r.removed_at IS NULL AND (%(lawyers)s OR r.kind <> 'L')
    LEFT JOIN registry_personsearch s ON s.person_id = p.id AND s.audience <> 'O'
    LEFT JOIN registry_unit u ON u.id = s.unit_id
WHERE p.id = ANY(%(persons)s) AND {seals.seen("p.id")} GROUP BY p.id, p.public_id
"""  # noqa: S608 - composed of fixed texts
_MOST_UNITS = 3


def draw(found: Sequence[Found], scope: Scope, now: datetime) -> tuple[CrossingSeen, ...]:
    """The crossings in words (three queries); one whose persons have just been merged is left out."""
    ids = {one for row in found for one in (row.person_id, row.other_id, *row.named) if one is not None}
    persons = persons_of(ids, scope, now)
    units = dict(Unit.objects.filter(pk__in={u for row in found for u in row.units}).values_list("pk", "name"))
    return tuple(
        _seen(row, persons, units)
        for row in found
        if row.person_id in persons and (row.other_id is None or row.other_id in persons)
    )


def persons_of(ids: Iterable[int], scope: Scope, now: datetime) -> dict[int, PersonBrief]:
    """Persons by id, as the scope lets see them."""
    rows = select(_Person, _PERSONS, {"persons": list(ids), "lawyers": scope.lawyers, **seals.bound(scope)})
    origins = {origin.pk: source_of(origin, now) for origin in Origin.objects.all()}
    return {row.id: _brief(row, origins) for row in rows}


def _brief(row: _Person, origins: dict[int, Source]) -> PersonBrief:
    sources = sorted((origins[pk] for pk in row.origins), key=lambda source: source.code)
    kinds = tuple(kind for kind in "PVL" if kind in row.kinds)
    unit = legible(row.unit) if row.unit else ""
    return PersonBrief(row.public_id, row.name, kinds, row.birth, row.situation or "", unit, tuple(sources))


def _seen(row: Found, persons: dict[int, PersonBrief], units: dict[int, str]) -> CrossingSeen:
    kind = CrossingKind(row.kind)
    detail = orjson.loads(row.detail) if isinstance(row.detail, str | bytes) else row.detail
    return CrossingSeen(
        kind=kind,
        person=persons[row.person_id],
        other=persons[row.other_id] if row.other_id is not None else None,
        named=tuple(persons[one].ref for one in row.named if one in persons),
        reasons=tuple(reasons.of(kind, row.marks, detail, (row.prisoners, row.states, row.places))),
        marks=tuple(row.marks),
        ufs=tuple(row.ufs),
        units=tuple(legible(units[pk]) for pk in row.units[:_MOST_UNITS] if pk in units),
        last_on=row.last_on,
        gravity=reasons.gravity(kind, row.weight),
        prisoners=row.prisoners if kind.value.endswith("of_many") else 0,
        states=row.states,
        places=row.places,
    )
