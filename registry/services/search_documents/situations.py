"""Where a person is, in one word and one place, for filters and facets."""

from typing import NamedTuple

from registry.labels import Effect, effect
from registry.models import Situation
from registry.services.search_documents.facts import Custody, Facts, Step

_ESCAPES = frozenset({"FUGA", "EVASAO", "ABANDONO"})
_DEATH = "OBITO"


class Place(NamedTuple):
    """The situation, and the custody it rests on where the person is in one."""

    situation: Situation
    custody: Custody | None


def place(facts: Facts) -> Place:
    """Judge the situation from custodies and last movements.

    An open custody counts unless the same record's last movement is a later escape; of several the last begun is
    taken. Without one, the last movement of any record decides.
    """
    if any(record.died for record in facts.records) or _last(facts.steps, _DEATH):
        return Place(Situation.DEAD, None)
    steps = {step.record: step for step in facts.steps}
    held = [custody for custody in facts.custodies if custody.ended_at is None and not _fled(custody, steps)]
    if held:
        custody = max(held, key=lambda one: one.started_at)
        return Place(Situation.TRANSIT if _is_out(custody, steps) else Situation.CUSTODY, custody)
    return Place(_outside(facts), None)


def _last(steps: list[Step], kind: str) -> bool:
    return bool(steps) and max(steps, key=lambda step: step.at).kind == kind


def _fled(custody: Custody, steps: dict[int, Step]) -> bool:
    step = steps.get(custody.record)
    return step is not None and step.kind in _ESCAPES and step.at >= custody.started_at


def _is_out(custody: Custody, steps: dict[int, Step]) -> bool:
    step = steps.get(custody.record)
    return step is not None and effect(step.kind) is Effect.TEMPORARY and step.at >= custody.started_at


def _outside(facts: Facts) -> Situation:
    if facts.steps:
        last = max(facts.steps, key=lambda step: step.at)
        return Situation.FUGITIVE if last.kind in _ESCAPES else Situation.RELEASED
    return Situation.RELEASED if facts.custodies else Situation.NONE
