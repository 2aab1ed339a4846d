"""Where a person has been, in every state: stays for the lanes, events for the list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from registry.labels import Effect, Label, effect, label
from registry.models import Custody, Movement
from registry.scope import Scope
from registry.selectors.people.breaks import Breaks, breaks
from registry.selectors.people.subject import Subject
from registry.selectors.places import UnitRef
from registry.selectors.provenance import Source, local, source_of

LATE: Final = timedelta(days=2)  # written down later than this after it happened: worth telling
TOLERATED_OVERLAP: Final = timedelta(days=1)  # transfers between states are written down on both sides


@dataclass(frozen=True, slots=True)
class Stay:
    """A period of custody. `until` is None while it lasts; `disputed`: another state held the person meanwhile."""

    source: Source
    unit: UnitRef
    since: datetime
    until: datetime | None
    regime: Label
    disputed: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A movement. `delay_days` is None when it was written down in time (2 days)."""

    source: Source
    kind: Label
    effect: Effect
    at: datetime
    registered_at: datetime
    delay_days: int | None
    unit_from: UnitRef | None
    unit_to: UnitRef | None
    other_uf: str
    reason: str
    document: str
    expected_return_at: datetime | None
    death_cause: Label


@dataclass(frozen=True, slots=True)
class Movements:
    """Stays oldest first, events newest first; `total` counts the events beyond those given. `breaks`: what the stays
    leave unexplained."""

    stays: tuple[Stay, ...]
    events: tuple[Event, ...]
    total: int
    breaks: Breaks


def movements(subject: Subject, scope: Scope, *, limit: int | None = None) -> Movements:
    """The history of a person, with at most `limit` events."""
    return Movements(
        stays=tuple(_stay(custody, subject) for custody in reversed(subject.custodies)),
        events=tuple(_event(movement, subject) for movement in subject.movements[:limit]),
        total=len(subject.movements),
        breaks=breaks(subject),
    )


def _stay(custody: Custody, subject: Subject) -> Stay:
    origin = subject.origin_of(custody)
    return Stay(
        source=source_of(origin, subject.now),
        unit=subject.units[custody.unit_id],
        since=local(custody.started_at, origin),
        until=local(custody.ended_at, origin) if custody.ended_at else None,
        regime=label("regime", custody.regime),
        disputed=any(_contradict(custody, other, subject) for other in subject.custodies),
    )


def _contradict(one: Custody, other: Custody, subject: Subject) -> bool:
    if subject.origin_of(one).uf == subject.origin_of(other).uf:
        return False
    start = max(one.started_at, other.started_at)
    return min(one.ended_at or subject.now, other.ended_at or subject.now) - start > TOLERATED_OVERLAP


def _event(movement: Movement, subject: Subject) -> Event:
    origin, due = subject.origin_of(movement), movement.expected_return_at
    delay = movement.registered_at - movement.occurred_at
    return Event(
        source=source_of(origin, subject.now),
        kind=label("movimentacao", movement.kind),
        effect=effect(movement.kind),
        at=local(movement.occurred_at, origin),
        registered_at=local(movement.registered_at, origin),
        delay_days=delay.days if delay > LATE else None,
        unit_from=subject.units[movement.unit_from_id] if movement.unit_from_id else None,
        unit_to=subject.units[movement.unit_to_id] if movement.unit_to_id else None,
        other_uf=movement.other_uf,
        reason=movement.reason,
        document=movement.document,
        expected_return_at=local(due, origin) if due else None,
        death_cause=label("causa_obito", movement.death_cause),
    )
