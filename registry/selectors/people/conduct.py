"""Work, study and discipline, in brief."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from registry.labels import Label, label
from registry.scope import Scope
from registry.selectors.people.subject import Subject, keys
from registry.selectors.provenance import Source, source_of
from registry.selectors.sql import select

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


class _Row(NamedTuple):
    """Work, study and the like, or with `fault` a disciplinary fault: severity as `code`, status as `detail`."""

    fault: bool
    origin_id: int
    code: str
    detail: str
    sector: str
    since: date
    until: date | None
    remitted_days: int | None


_CONDUCT: Final = f"""
(SELECT false, origin_id, nature, coalesce(nullif(level, ''), vacancy_origin), sector, since, until, remitted_days
    FROM registry_workstudy WHERE prisoner_id = ANY(%(records)s) AND removed_at IS NULL
    ORDER BY since DESC, id DESC LIMIT {MOST_ROWS})
UNION ALL
(SELECT true, origin_id, severity, status, '', occurred_on, NULL, NULL
    FROM registry_fault WHERE prisoner_id = ANY(%(records)s) AND removed_at IS NULL
    ORDER BY occurred_on DESC, id DESC LIMIT {MOST_ROWS})
"""  # noqa: S608 - composed of fixed texts


def conduct(subject: Subject, scope: Scope) -> Conduct:
    """Activities and faults of a prisoner (one query)."""
    rows = select(_Row, _CONDUCT, {"records": keys(subject.prisoners)})
    activities = tuple(_activity(row, subject) for row in rows if not row.fault)
    faults = tuple(_fault(row, subject) for row in rows if row.fault)
    return Conduct(activities, faults, sum(activity.remitted_days or 0 for activity in activities))


def _activity(row: _Row, subject: Subject) -> Activity:
    return Activity(
        source=source_of(subject.origin_of(row), subject.now),
        nature=label("natureza_atividade", row.code),
        detail=row.detail or str(label("setor", row.sector)),
        since=row.since,
        until=row.until,
        remitted_days=row.remitted_days,
    )


def _fault(row: _Row, subject: Subject) -> FaultSeen:
    return FaultSeen(
        source=source_of(subject.origin_of(row), subject.now),
        severity=label("gravidade_falta", row.code),
        occurred_on=row.since,
        status=label("situacao_falta", row.detail),
    )
