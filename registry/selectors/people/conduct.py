"""Work, study and discipline, in brief."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.labels import Label, label
from registry.models import Fault, WorkStudy
from registry.scope import Scope
from registry.selectors.people.subject import Subject, keys
from registry.selectors.provenance import Source, source_of

MOST_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Activity:
    """Work, study, reading or sport; `until` is None while it goes on. `remitted_days` as the state counts them."""

    source: Source
    nature: Label
    detail: str
    since: date
    until: date | None
    remitted_days: int | None


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A disciplinary fault."""

    source: Source
    severity: Label
    occurred_on: date
    status: Label


@dataclass(frozen=True, slots=True)
class Conduct:
    """Activities and faults, newest first; `remitted_days` adds up what the states inform."""

    activities: tuple[Activity, ...]
    faults: tuple[FaultSeen, ...]
    remitted_days: int


def conduct(subject: Subject, scope: Scope) -> Conduct:
    """Activities and faults of a prisoner (two queries)."""
    activities = _activities(subject)
    return Conduct(activities, _faults(subject), sum(activity.remitted_days or 0 for activity in activities))


def _activities(subject: Subject) -> tuple[Activity, ...]:
    rows = WorkStudy.objects.filter(prisoner__in=keys(subject.prisoners), removed_at=None)
    return tuple(
        Activity(
            source=source_of(row.origin, subject.now),
            nature=label("natureza_atividade", row.nature),
            detail=row.level or row.vacancy_origin or str(label("setor", row.sector)),
            since=row.since,
            until=row.until,
            remitted_days=row.remitted_days,
        )
        for row in rows.select_related("origin").order_by("-since", "-id")[:MOST_ROWS]
    )


def _faults(subject: Subject) -> tuple[FaultSeen, ...]:
    rows = Fault.objects.filter(prisoner__in=keys(subject.prisoners), removed_at=None)
    return tuple(
        FaultSeen(
            source=source_of(row.origin, subject.now),
            severity=label("gravidade_falta", row.severity),
            occurred_on=row.occurred_on,
            status=label("situacao_falta", row.status),
        )
        for row in rows.select_related("origin").order_by("-occurred_on", "-id")[:MOST_ROWS]
    )
