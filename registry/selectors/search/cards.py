"""What the list shows of each person of a page: six queries for a page, however many its persons."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from registry.labels import Label, label
from registry.models import Custody, Person, Photo, Record, RecordKind, RecordName, Situation
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.choice import Mention, choose
from registry.selectors.provenance import Source, local, source_of
from registry.selectors.search.reasons import Reason
from registry.values.identity_strength import IdentityStrength, identity_strength
from registry.values.names import display, index_form, legible, normalise

_KIND_ORDER = {RecordKind.PRISONER: 0, RecordKind.VISITOR: 1, RecordKind.LAWYER: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the person is held, or was held last if not `is_present`. Times are local to the state.

    `until` is None also where a state left the custody of someone who fled open.
    """

    uf: str
    unit: str
    unit_id: uuid.UUID
    wing: str
    cell: str
    regime: Label
    since: datetime
    until: datetime | None
    is_present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A person of the list. Of values that the states tell differently, the one that was searched for is shown."""

    public_id: uuid.UUID
    kinds: tuple[str, ...]
    name: str
    name_index: str
    other_names: tuple[str, ...]
    nicknames: tuple[str, ...]
    mother: str
    birth: date | None
    sex: str
    cpf: str
    rji: str
    oab: str
    situation: str
    place: Place | None
    sources: tuple[Source, ...]
    photo: int | None
    reasons: tuple[Reason, ...]
    score: float
    homonyms: int  # others of the answer whose main name sounds the same

    @property
    def strength(self) -> IdentityStrength:
        """What there is to tell the person from a namesake by."""
        return identity_strength(
            number=bool(self.cpf or self.rji), mother=bool(self.mother), birth=self.birth is not None
        )


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the search knows of a person before the card is drawn."""

    person: int
    situation: str
    mother: str  # the comparable name of the mother that answered the search, or empty
    births: tuple[date, ...]  # dates that answered it
    reasons: tuple[Reason, ...]
    score: float
    homonyms: int = 0


def draw(sketches: Sequence[Sketch], scope: Scope) -> tuple[PersonCard, ...]:
    """The cards of a page, in the order given; nobody whose records the scope hides."""
    return tuple(card for card in draw_each(sketches, scope) if card)


def draw_each(sketches: Sequence[Sketch], scope: Scope) -> tuple[PersonCard | None, ...]:
    """A card for each sketch, None for whom the scope hides."""
    persons = [sketch.person for sketch in sketches]
    if not persons:
        return ()
    records = _records(persons, scope)
    page = _Page(
        ids=dict(Person.objects.filter(pk__in=persons).values_list("pk", "public_id")),
        records=records,
        names=_names(persons),
        custodies={row.prisoner.person_id: row for row in _custodies(persons)},
        photos=dict(_photos([record.pk for own in records.values() for record in own])),
        now=timezone.now(),
    )
    return tuple(page.card(sketch) if page.records[sketch.person] else None for sketch in sketches)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    ids: dict[int, uuid.UUID]
    records: dict[int, list[Record]]
    names: dict[int, list[RecordName]]
    custodies: dict[int, Custody]
    photos: dict[int, int]
    now: datetime

    def card(self, sketch: Sketch) -> PersonCard:
        records = self.records[sketch.person]
        others = [row for record in records for row in self.names[record.pk]]
        names = self._chosen(records, others, "name", "NOME")
        custody = self.custodies.get(sketch.person)
        return PersonCard(
            public_id=self.ids[sketch.person],
            kinds=tuple(dict.fromkeys(record.kind for record in records)),
            name=display(names[0]),
            name_index=index_form(names[0]),
            other_names=tuple(display(name) for name in names[1:]),
            nicknames=tuple(dict.fromkeys(display(row.value) for row in others if row.kind == "ALCUNHA")),
            mother=display(_preferred(self._chosen(records, others, "mother_name", "MAE"), sketch.mother)),
            birth=_birth(records, sketch.births),
            sex=_first(records, lambda record: record.sex),
            cpf=_first(records, lambda record: record.cpf),
            rji=_first(records, _rji),
            oab=_first(records, _oab),
            situation=sketch.situation,
            place=_place(custody, sketch.situation) if custody else None,
            sources=self._sources(records),
            photo=self.photos.get(sketch.person),
            reasons=sketch.reasons,
            score=sketch.score,
            homonyms=sketch.homonyms,
        )

    def _chosen(self, records: Iterable[Record], others: Iterable[RecordName], column: str, kind: str) -> list[str]:
        """The values of a name, in the order in which the profile shows them."""
        own = [Mention(getattr(row, column), row.origin, row.origin_updated_at) for row in records]
        # The other names' origin is that of their record, already read.
        origins = {record.pk: record.origin for record in records}
        listed = [
            Mention(row.value, origins[row.record_id], row.origin_updated_at, main=False)
            for row in others
            if row.kind == kind
        ]
        return [variant.text for variant in choose([*own, *listed], self.now, same=normalise).variants]

    def _sources(self, records: Iterable[Record]) -> tuple[Source, ...]:
        origins = {record.origin.code: record.origin for record in records}
        return tuple(source_of(origins[code], self.now) for code in sorted(origins))


def _records(persons: Sequence[int], scope: Scope) -> dict[int, list[Record]]:
    """The records of each person that its states still hold, a prisoner's before others, the latest first."""
    rows = seals.records(scope).filter(person__in=persons).select_related("origin", "prisoner", "lawyer")
    records: dict[int, list[Record]] = defaultdict(list)
    for record in sorted(rows, key=_precedence):
        records[record.person_id].append(record)
    # What a state has excluded does not speak, unless nothing else does.
    return defaultdict(list, {person: _standing(own) for person, own in records.items()})


def _standing(records: list[Record]) -> list[Record]:
    return [record for record in records if record.removed_at is None] or records


def _precedence(record: Record) -> tuple[int, float, int]:
    return _KIND_ORDER[RecordKind(record.kind)], -record.origin_updated_at.timestamp(), record.pk


def _names(persons: Sequence[int]) -> dict[int, list[RecordName]]:
    names: dict[int, list[RecordName]] = defaultdict(list)
    rows = RecordName.objects.filter(record__person__in=persons, removed_at=None, kind__in=("NOME", "MAE", "ALCUNHA"))
    for row in rows.order_by("pk"):
        names[row.record_id].append(row)
    return names


def _custodies(persons: Sequence[int]) -> QuerySet[Custody]:
    """The present custody of each person, or the last one."""
    return (
        Custody.objects.filter(prisoner__person__in=persons, removed_at=None)
        .select_related("prisoner", "unit__origin")
        .order_by("prisoner__person", F("ended_at").desc(nulls_first=True), "-started_at", "-pk")
        .distinct("prisoner__person")
    )


def _photos(records: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The latest photograph of each person in these records, from the front where there is one."""
    return (
        Photo.objects.filter(record__in=records, removed_at=None)
        .annotate(frontal=Q(position="FRONTAL"))
        .order_by("record__person", "-frontal", F("taken_on").desc(nulls_last=True), "-pk")
        .distinct("record__person")
        .values_list("record__person", "pk")
    )


def _first(records: Iterable[Record], read: Callable[[Record], str]) -> str:
    return next((value for record in records if (value := read(record))), "")


def _preferred(names: Sequence[str], wanted: str) -> str:
    """The name that is the wanted one in comparable form, else the first, else nothing."""
    return next((name for name in names if normalise(name) == wanted), names[0] if names else "")


def _birth(records: Iterable[Record], wanted: Sequence[date]) -> date | None:
    births = [record.birth_date for record in records if record.birth_date]
    return next((birth for birth in births if birth in wanted), births[0] if births else None)


def _rji(record: Record) -> str:
    return record.prisoner.rji if record.kind == RecordKind.PRISONER else ""


def _oab(record: Record) -> str:
    if record.kind != RecordKind.LAWYER or not record.lawyer.oab_number:
        return ""
    return f"{record.lawyer.oab_uf}{record.lawyer.oab_number}"


def _place(custody: Custody, situation: str) -> Place:
    origin = custody.unit.origin
    return Place(
        uf=origin.uf,
        unit=legible(custody.unit.name),
        unit_id=custody.unit.public_id,
        wing=custody.wing,
        cell=custody.cell,
        regime=label("regime", custody.regime),
        since=local(custody.started_at, origin),
        until=local(custody.ended_at, origin) if custody.ended_at else None,
        is_present=custody.ended_at is None and situation in (Situation.CUSTODY, Situation.TRANSIT),
    )
