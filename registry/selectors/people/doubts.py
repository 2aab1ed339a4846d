"""What contradicts a person's situation: states that do not agree, with each other or with themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from registry.labels import Effect, effect
from registry.models import Custody, Movement
from registry.selectors.people.subject import Subject
from registry.selectors.provenance import local

ESCAPES: Final = frozenset({"FUGA", "EVASAO", "ABANDONO"})


class Doubt(StrEnum):
    """What contradicts the situation shown."""

    TWO_STATES = "two_states"
    TWO_UNITS = "two_units"
    HELD_AFTER_DEATH = "held_after_death"
    HELD_AFTER_ESCAPE = "held_after_escape"
    HELD_AFTER_RELEASE = "held_after_release"
    ESCAPED_ELSEWHERE = "escaped_elsewhere"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A doubt and the origins it concerns."""

    doubt: Doubt
    origins: tuple[str, ...]
    since: datetime | None = None


def contradictions_of(
    subject: Subject, held: list[Custody], escaped: list[Custody], died_on: date | None
) -> list[Contradiction]:
    """Doubts about custodies held open, those left by an escape, and a death."""
    found = []
    if len({custody.unit_id for custody in held}) > 1:
        ufs = {subject.origin_of(custody).uf for custody in held}
        found.append(Contradiction(Doubt.TWO_STATES if len(ufs) > 1 else Doubt.TWO_UNITS, _codes(subject, held)))
    if died_on is not None and (held or escaped):
        found.append(Contradiction(Doubt.HELD_AFTER_DEATH, _codes(subject, [*held, *escaped])))
    elif escaped:
        found.append(Contradiction(Doubt.HELD_AFTER_ESCAPE, _codes(subject, escaped)))
    if died_on is None:
        found += _exit_contradictions(subject, held)
    return found


def _exit_contradictions(subject: Subject, held: list[Custody]) -> list[Contradiction]:
    """A state that wrote an exit down and kept the custody open; a state that still looks for who is held elsewhere."""
    found = []
    holders = {custody.origin_id: custody for custody in held}
    newest = subject.steps[0] if subject.steps else None
    for origin in subject.origins:
        step = last_step(subject, origin.pk)
        if step is None or effect(step.kind) != Effect.EXIT:
            continue
        custody = holders.get(origin.pk)
        moment = local(step.occurred_at, origin)
        if custody is not None and step.occurred_at > custody.started_at:
            found.append(Contradiction(Doubt.HELD_AFTER_RELEASE, (origin.code,), moment))
        elif step.kind in ESCAPES and custody is None and (held or step is not newest):
            found.append(Contradiction(Doubt.ESCAPED_ELSEWHERE, (origin.code,), moment))
    return found


def last_step(subject: Subject, origin: int) -> Movement | None:
    """The newest step that one state has told."""
    return next((step for step in subject.steps if step.origin_id == origin), None)


def _codes(subject: Subject, custodies: list[Custody]) -> tuple[str, ...]:
    return tuple(sorted({subject.origin_of(custody).code for custody in custodies}))
