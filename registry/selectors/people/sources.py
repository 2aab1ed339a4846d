"""The records behind a person, side by side, and why they are judged the same human being."""

from dataclasses import dataclass
from datetime import date, datetime

from registry.models import Judgement, Record, RecordKind, Verdict
from registry.scope import Scope
from registry.selectors.people.subject import Subject, keys
from registry.selectors.provenance import Source, local, source_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was compared and how it came out (`cpf` `equal`); `weight` in bits, as match weights are."""

    feature: str
    outcome: str
    weight: float


@dataclass(frozen=True, slots=True)
class Reason:
    """A standing judgement that holds this record with another one of the person."""

    judge: str
    score: float | None
    reasons: tuple[Agreement, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record as its state holds it. `removed_at` is set when the state has excluded it."""

    source: Source
    kind: RecordKind
    origin_key: str
    name: str
    mother_name: str
    father_name: str
    birth_date: date | None
    cpf: str  # eleven digits: the screen masks them
    registration: str
    updated_at: datetime
    received_at: datetime
    removed_at: datetime | None
    judgements: tuple[Reason, ...]


def sources(subject: Subject, scope: Scope) -> tuple[SourceRecord, ...]:
    """Every record of the person that the scope lets see, oldest first (one query more than the subject's)."""
    reasons = _reasons(subject)
    return tuple(_seen(record, reasons.get(record.pk, ()), subject) for record in subject.records)


def _reasons(subject: Subject) -> dict[int, tuple[Reason, ...]]:
    """Judgements by the later record of each pair: the one that joined the other."""
    if len(subject.records) < 2:
        return {}
    ids = keys(subject.records)
    found: dict[int, list[Judgement]] = {}
    for judgement in Judgement.objects.standing().filter(a__in=ids, b__in=ids, verdict=Verdict.SAME).order_by("id"):
        found.setdefault(judgement.b_id, []).append(judgement)
    return {
        record: tuple(Reason(j.judge, j.score, _agreements(j), j.made_at) for j in held)
        for record, held in found.items()
    }


def _agreements(judgement: Judgement) -> tuple[Agreement, ...]:
    return tuple(Agreement(r["feature"], r["outcome"], float(r["weight"])) for r in judgement.reasons)


def _seen(record: Record, judgements: tuple[Reason, ...], subject: Subject) -> SourceRecord:
    registration = record.prisoner.registration if record.kind == RecordKind.PRISONER else ""
    return SourceRecord(
        source=source_of(record.origin, subject.now),
        kind=RecordKind(record.kind),
        origin_key=record.origin_key,
        name=record.name,
        mother_name=record.mother_name,
        father_name=record.father_name,
        birth_date=record.birth_date,
        cpf=record.cpf,
        registration=registration,
        updated_at=local(record.origin_updated_at, record.origin),
        received_at=local(record.received_at, record.origin),
        removed_at=local(record.removed_at, record.origin) if record.removed_at else None,
        judgements=judgements,
    )
