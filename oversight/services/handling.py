"""The life of a case: asked → explained → confirmed → decided, and opened again. Nobody has a say in their own."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import FreezeCause, User
from credentialing.services import freezing
from oversight.models import Alert, State, Step, StepKind, Verdict

# From which states a verdict may come: a justified week needs no question, misuse needs an answer or a term gone by.
_ANSWERED: Final = (State.CONFIRMED,)
_WAITED: Final = (State.ASKED, State.EXPLAINED)


class NotNow(Exception):
    """The case is not where this step could be taken, or not this person's to take it."""


class NotHeard(NotNow):
    """Misuse cannot be decided before the person was asked, and answered or let the term pass."""


@transaction.atomic
def ask(*, alert: int, judge: User, words: str, by: Actor) -> Alert:
    """Ask the person to explain; `words` say what about. Raises NotNow."""
    held = _held(alert, judge, State.OPEN, State.EXPLAINED, State.CONFIRMED)
    return _step(held, StepKind.ASK, judge, words, State.ASKED, by)


@transaction.atomic
def explain(*, alert: int, user: User, words: str, by: Actor) -> Alert:
    """The person's own word on it. Raises NotNow."""
    held = Alert.objects.select_for_update().asked_of(user).filter(pk=alert).first()
    if held is None:
        raise NotNow
    return _step(held, StepKind.EXPLAIN, user, words, State.EXPLAINED, by)


@transaction.atomic
def confirm(*, alert: int, superior: User, confirmed: bool, words: str, by: Actor) -> Alert:
    """The superior's word on the explanation. Raises NotNow."""
    held = Alert.objects.select_for_update(of=("self",)).confirmed_by(superior).filter(pk=alert).first()
    if held is None:
        raise NotNow
    kind = StepKind.CONFIRM if confirmed else StepKind.CONTEST
    return _step(held, kind, superior, words, State.CONFIRMED, by)


@transaction.atomic
def decide(*, alert: int, judge: User, verdict: Verdict, words: str, by: Actor) -> Alert:
    """The verdict, with its reasons. Raises NotNow, and NotHeard for misuse of somebody who was not heard."""
    held = _held(alert, judge, *(state for state in State if state != State.CLOSED))
    waited = held.state in _WAITED and held.is_late
    if verdict == Verdict.MISUSE and held.state not in _ANSWERED and not waited:
        raise NotHeard
    held.verdict, held.judged_by = verdict, judge
    return _step(held, StepKind(verdict.value), judge, words, State.CLOSED, by)


@transaction.atomic
def block(*, alert: int, judge: User, words: str, by: Actor) -> Alert:
    """Close the account: at once while a case is open, and after a verdict of misuse. Raises NotNow."""
    held = _held(alert, judge, *State)
    if held.state == State.CLOSED and held.verdict != Verdict.MISUSE:
        raise NotNow
    freezing.freeze(user=held.user, cause=FreezeCause.MISUSE, reason=f"Alerta {held.pk}: {words}"[:600], by=by)
    return _step(held, StepKind.BLOCK, judge, words, State(held.state), by)


@transaction.atomic
def unblock(*, alert: int, judge: User, words: str, by: Actor) -> Alert:
    """Open the account again, whatever closed it. Raises NotNow."""
    held = _held(alert, judge, *State)
    try:
        freezing.unfreeze(user=held.user, reason=f"Alerta {held.pk}: {words}"[:500], by=by)
    except freezing.NotFrozen:
        raise NotNow from None
    return _step(held, StepKind.UNBLOCK, judge, words, State(held.state), by)


@transaction.atomic
def refer(*, alert: int, judge: User, words: str, by: Actor) -> Alert:
    """Note to whom a case of misuse was handed on: process number, authority. Raises NotNow."""
    held = _held(alert, judge, State.CLOSED)
    if held.verdict != Verdict.MISUSE:
        raise NotNow
    return _step(held, StepKind.REFER, judge, words, State.CLOSED, by)


@transaction.atomic
def reopen(*, alert: Alert, user: User | None, words: str, by: Actor) -> Alert:
    """Open a decided case again; the verdict stays among its steps. Raises NotNow."""
    held = Alert.objects.select_for_update().filter(pk=alert.pk, state=State.CLOSED).first()
    if held is None or (user is not None and not Alert.objects.judged_by(user).filter(pk=alert.pk).exists()):
        raise NotNow
    held.verdict, held.judged_by = Verdict.NONE, None
    return _step(held, StepKind.REOPEN, user, words, State.OPEN, by)


def _held(alert: int, judge: User, *states: State) -> Alert:
    cases = Alert.objects.select_for_update(of=("self",)).judged_by(judge)
    found = cases.filter(pk=alert, state__in=states).select_related("user").first()
    if found is None:
        raise NotNow
    return found


def _step(alert: Alert, kind: StepKind, user: User | None, words: str, state: State, by: Actor) -> Alert:
    """Write the step and where it leads; the event names the case, never the words."""
    step = Step(alert=alert, kind=kind, by=user)
    step.words = words
    step.save()
    alert.state = state
    waits = state in {State.ASKED, State.EXPLAINED}
    alert.due_on = timezone.localdate() + timedelta(days=settings.EXPLANATION_DAYS) if waits else None
    alert.save(update_fields=["state", "verdict", "judged_by", "due_on"])
    detail = {"alert": alert.pk, "account": alert.user_id, "username": alert.user.username, "step": str(step.pk)}
    recorder.record_with(Event(kind=Kind.ALERT_HANDLED, actor=by, action=kind.value, detail=detail))
    return alert
