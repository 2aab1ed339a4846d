"""Where a person is now, and what contradicts it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from registry.labels import Effect, Label, effect, label
from registry.models import Custody, Movement
from registry.scope import Scope
from registry.selectors.people.doubts import ESCAPES, Contradiction, contradictions_of, last_step
from registry.selectors.people.subject import Subject
from registry.selectors.places import UnitRef
from registry.selectors.provenance import Source, local, source_of

TRANSFERS_OUT: Final = frozenset({"TR_SAI_UF", "TR_SAI_INTER", "TR_SAI_SPF"})
DEATH: Final = "OBITO"


class State(StrEnum):
    """The one word for a situation."""

    CUSTODY = "custody"
    TRANSIT = "transit"  # out for a while, expected back
    TRANSFERRED = "transferred"  # left for another unit; no state has told of the arrival
    RELEASED = "released"
    FUGITIVE = "fugitive"
    DEAD = "dead"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"  # registered as a prisoner, without any custody or movement
    NEVER = "never"  # never registered as a prisoner


@dataclass(frozen=True, slots=True)
class Place:
    """An open custody. `days` are counted from `since` to now; `faction` is empty without its permission."""

    source: Source
    unit: UnitRef
    wing: str
    cell: str
    since: datetime
    days: int
    arrested_on: date
    regime: Label
    situation: Label
    justice: Label
    behaviour: Label
    rdd: bool | None
    monitored: bool | None
    faction: str


@dataclass(frozen=True, slots=True)
class Step:
    """The movement that explains the situation."""

    source: Source
    kind: Label
    at: datetime
    unit: UnitRef | None
    expected_return_at: datetime | None
    overdue: bool
    other_uf: str


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the person is: `places` (several only in a conflict), the last step, and what contradicts them."""

    state: State
    places: tuple[Place, ...] = ()
    step: Step | None = None
    died_on: date | None = None
    contradictions: tuple[Contradiction, ...] = ()


def situation(subject: Subject, scope: Scope) -> Situation:
    """Derive the situation from open custodies and from the last steps of each state."""
    if not subject.prisoners:
        return Situation(State.NEVER)
    held, escaped = _split_by_escape(subject)
    died_on = _death(subject)
    last = _explaining_step(subject, held)
    return Situation(
        state=_state(subject, held, last, died_on),
        places=tuple(_place(custody, subject, scope) for custody in held),
        step=_step(last, subject) if last else None,
        died_on=died_on,
        contradictions=tuple(contradictions_of(subject, held, escaped, died_on)),
    )


def _split_by_escape(subject: Subject) -> tuple[list[Custody], list[Custody]]:
    """Open custodies, apart from those of a state that has itself written down an escape since."""
    held: list[Custody] = []
    escaped: list[Custody] = []
    for custody in subject.custodies:
        if custody.ended_at is None:
            step = last_step(subject, custody.origin_id)
            fled = step is not None and step.kind in ESCAPES and step.occurred_at >= custody.started_at
            (escaped if fled else held).append(custody)
    return held, escaped


def _state(subject: Subject, held: list[Custody], last: Movement | None, died_on: date | None) -> State:
    if died_on is not None:
        return State.CONFLICT if any(custody.started_at.date() > died_on for custody in held) else State.DEAD
    if len({custody.unit_id for custody in held}) > 1:
        return State.CONFLICT
    if held:
        out = last is not None and effect(last.kind) == Effect.TEMPORARY and last.occurred_at >= held[0].started_at
        return State.TRANSIT if out else State.CUSTODY
    if last is None:
        return State.RELEASED if subject.custodies else State.UNKNOWN
    return _state_outside(last)


def _state_outside(last: Movement) -> State:
    if last.kind in ESCAPES:
        return State.FUGITIVE
    return State.TRANSFERRED if last.kind in TRANSFERS_OUT else State.RELEASED


def _death(subject: Subject) -> date | None:
    declared = [prisoner.died_on for prisoner in subject.prisoners if prisoner.died_on]
    moved = [local(s.occurred_at, subject.origin_of(s)).date() for s in subject.steps if s.kind == DEATH]
    return min([*declared, *moved], default=None)


def _explaining_step(subject: Subject, held: list[Custody]) -> Movement | None:
    """The last step of the state that holds the person; of any state when none does."""
    return last_step(subject, held[0].origin_id) if held else next(iter(subject.steps), None)


def _place(custody: Custody, subject: Subject, scope: Scope) -> Place:
    return Place(
        source=source_of(subject.origin_of(custody), subject.now),
        unit=subject.units[custody.unit_id],
        wing=custody.wing,
        cell=custody.cell,
        since=local(custody.started_at, subject.origin_of(custody)),
        days=max(0, (subject.now - custody.started_at).days),
        arrested_on=custody.arrested_on,
        regime=label("regime", custody.regime),
        situation=label("situacao_custodia", custody.situation),
        justice=label("justica", custody.justice),
        behaviour=label("comportamento", custody.behaviour),
        rdd=custody.rdd,
        monitored=custody.monitored,
        faction=custody.faction if scope.factions else "",
    )


def _step(movement: Movement, subject: Subject) -> Step:
    due = movement.expected_return_at
    origin, unit = subject.origin_of(movement), movement.unit_from_id or movement.unit_to_id
    return Step(
        source=source_of(origin, subject.now),
        kind=label("movimentacao", movement.kind),
        at=local(movement.occurred_at, origin),
        unit=subject.units[unit] if unit else None,
        expected_return_at=local(due, origin) if due else None,
        overdue=due is not None and due < subject.now,
        other_uf=movement.other_uf,
    )
