"""What the gate does about a rhythm that is a program's: slow, challenge, freeze; each is on record."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from audit import recorder
from audit.events import Actor, Event, Kind, system
from consulta import pace
from consulta.pace import Finding, Measure, Slowed
from consulta.serials import asked_number, serial
from credentialing import stepping
from credentialing.models import FreezeCause, User
from credentialing.services import freezing

# Pages ask for these by themselves, or the platform hands them out one by one.
UNWATCHED: Final = frozenset({"photo", "review", "reviews", "review_statistics"})


def watch(request: HttpRequest, user: User, action: str, asked: dict[str, Any], actor: Actor) -> None:
    """Look at the person's rhythm before anything is consulted. Raises Slowed, StepUpRequired or Frozen.

    A file of many names asked for once is one request: the batch is how much is asked without a program.
    """
    if not settings.PACE_WATCH or action in UNWATCHED:
        return
    if pace.owes_proof(user, stepping.proven_at(request)):
        if pace.ignored(user):
            _freeze(user, FreezeCause.VOLUME, "continuou a consultar sem provar o segundo fator")
        raise stepping.StepUpRequired
    marks, recent = pace.note(user, serial(asked_number(asked)))
    found = pace.judge(marks, recent)
    if found.measure is Measure.FREEZE:
        _freeze(user, found.cause, found.reason)
    if found.measure is Measure.CHALLENGE:
        _challenge(user, found, action, actor)
    if found.measure is Measure.SLOW and len(marks) > 1 and marks[0].at - marks[1].at < pace.SLOW_GAP_S:
        detail = {"whose": "person", "window": "pace", "most": pace.SLOW}
        recorder.record_now(Event(kind=Kind.LIMIT_REACHED, actor=actor, action=action, detail=detail))
        raise Slowed(pace.SLOW_GAP_S)


def _challenge(user: User, found: Finding, action: str, actor: Actor) -> None:
    if pace.challenge(user):
        _freeze(user, found.cause, f"{found.reason}, depois de provar o segundo fator {pace.MOST_CHALLENGES} vezes")
    detail = {"cause": found.cause, "reason": found.reason}
    recorder.record_now(Event(kind=Kind.CHALLENGED, actor=actor, action=action, detail=detail))
    raise stepping.StepUpRequired


def _freeze(user: User, cause: FreezeCause, reason: str) -> None:
    freezing.freeze(user=user, cause=cause, reason=f"Automático: {reason}.", by=system("pace"))
    pace.forget(user)
    raise freezing.Frozen
