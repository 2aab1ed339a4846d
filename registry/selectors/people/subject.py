"""The person a profile is about, and what several cards read of it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from django.utils import timezone

from registry import labels
from registry.labels import Effect
from registry.models import Custody, Lawyer, Movement, Origin, Person, Prisoner, Record, RecordKind, Unit, Visitor
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.papers import Papers, papers_of
from registry.selectors.places import UnitRef, unit_ref
from registry.selectors.provenance import Source, source_of

# Far above any honest history (the longest of the fictitious country has 60): a bound, not a page.
MOST_ROWS = 1000
MOST_IDS = 50


class _Told(Protocol):
    """A row that an origin told."""

    @property
    def origin_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Another person, named as the record that links them names them."""

    public_id: uuid.UUID
    name: str


@dataclass(frozen=True)
class Subject:
    """A person with the records that the scope lets see, as of `now`.

    Records that their state has excluded stay visible in the sources; the other cards leave them out, unless
    the person has no others.
    """

    person: Person
    records: tuple[Record, ...]
    now: datetime

    @property
    def public_id(self) -> uuid.UUID:
        return self.person.public_id

    @property
    def known_as(self) -> tuple[uuid.UUID, ...]:
        """Every id the person has had: the own one, and those of records that were once persons of their own."""
        return tuple(dict.fromkeys([self.public_id, *(record.home.public_id for record in self.records)]))[:MOST_IDS]

    @cached_property
    def standing(self) -> tuple[Record, ...]:
        """Records their states still hold; all of them if none does."""
        return tuple(record for record in self.records if record.removed_at is None) or self.records

    @property
    def withdrawn(self) -> bool:
        """True when every state has excluded its record of the person."""
        return all(record.removed_at is not None for record in self.records)

    @cached_property
    def prisoners(self) -> tuple[Prisoner, ...]:
        return tuple(r.prisoner for r in self.standing if r.kind == RecordKind.PRISONER)

    @cached_property
    def visitors(self) -> tuple[Visitor, ...]:
        return tuple(r.visitor for r in self.standing if r.kind == RecordKind.VISITOR)

    @cached_property
    def lawyers(self) -> tuple[Lawyer, ...]:
        return tuple(r.lawyer for r in self.standing if r.kind == RecordKind.LAWYER)

    @cached_property
    def _origins(self) -> dict[int, Origin]:
        return {record.origin_id: record.origin for record in self.standing}

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Origins that know the person, by code."""
        return tuple(sorted(self._origins.values(), key=lambda origin: origin.code))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return tuple(source_of(origin, self.now) for origin in self.origins)

    @cached_property
    def custodies(self) -> tuple[Custody, ...]:
        """Periods of custody, newest first. Their units are in `units`, their origins given by `origin_of`."""
        rows = Custody.objects.filter(
            origin__in=origins_of(self.prisoners), prisoner__in=keys(self.prisoners), removed_at=None
        )
        return tuple(rows.order_by("-started_at", "-id")[:MOST_ROWS])

    @cached_property
    def movements(self) -> tuple[Movement, ...]:
        """Movements, newest first. Their units are in `units`, their origins given by `origin_of`."""
        rows = Movement.objects.filter(
            origin__in=origins_of(self.prisoners), prisoner__in=keys(self.prisoners), removed_at=None
        )
        return tuple(rows.order_by("-occurred_at", "-id")[:MOST_ROWS])

    @cached_property
    def papers(self) -> Papers:
        """Other names, documents, marks and photographs of the standing records, by table."""
        return papers_of(self.standing)

    @cached_property
    def units(self) -> dict[int, UnitRef]:
        """Every unit of the custodies and movements, by its id. Rows repeat few units: joined, they would be slower."""
        ids = {custody.unit_id for custody in self.custodies}
        ids |= {unit for m in self.movements for unit in (m.unit_from_id, m.unit_to_id) if unit is not None}
        rows = Unit.objects.filter(pk__in=ids).values_list("pk", "public_id", "name", "modality")
        return {pk: unit_ref(public_id, name, modality) for pk, public_id, name, modality in rows}

    def origin_of(self, row: _Told) -> Origin:
        """The origin of a row, without a query."""
        return self._origins[row.origin_id]

    def told_by(self, ids: Iterable[int]) -> tuple[tuple[Source, ...], Origin]:
        """The person's origins with these ids, as sources, and the one whose clock a fact of theirs is told by."""
        origins = [self._origins[pk] for pk in ids if pk in self._origins]
        sources = tuple(source_of(origin, self.now) for origin in origins)
        return sources, origins[0] if origins else self.origins[0]

    @cached_property
    def steps(self) -> tuple[Movement, ...]:
        """Movements that put the person in or out of a unit, newest first."""
        places = (Effect.ENTRY, Effect.EXIT, Effect.TEMPORARY, Effect.RETURN)
        return tuple(movement for movement in self.movements if labels.effect(movement.kind) in places)


def keys(records: Iterable[Record]) -> list[int]:
    """Ids of records, for a query."""
    return [record.pk for record in records]


def origins_of(records: Iterable[Record]) -> list[int]:
    """Ids of the records' origins: what lets PostgreSQL skip the other states' partitions."""
    return sorted({record.origin_id for record in records})


def open_subject(public_id: uuid.UUID, scope: Scope) -> Subject | None:
    """The person as the scope sees it, or None: unknown, merged into another, sealed, or out of scope."""
    known = seals.records(scope).filter(person__public_id=public_id)
    related = known.select_related("person", "home", "origin", "prisoner", "visitor", "lawyer")
    records = tuple(related.order_by("id")[:MOST_ROWS])
    if not records:
        return None
    return Subject(person=records[0].person, records=records, now=timezone.now())
