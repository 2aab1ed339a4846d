"""Asking the conduct service about those who wait, as long as it takes; nothing goes on without an answer."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.events import Actor
from credentialing.models import AccessRequest, AccessStep, Conduct, RequestState
from credentialing.requests import conduct
from credentialing.requests.asking import tell

logger = logging.getLogger(__name__)

# Longer than the most patient answer: who claimed a request has it alone for so long.
CLAIM = timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


def check_due(*, by: Actor, most: int = 50, service: Callable[[], conduct.ConductService] = conduct.service) -> int:
    """Ask about at most so many whose time has come; how many were answered."""
    answered = 0
    for _ in range(most):
        request = _claim()
        if request is None:
            return answered
        answered += check(request, by=by, service=service)
    return answered


def check(request: AccessRequest, *, by: Actor, service: Callable[[], conduct.ConductService]) -> bool:
    """Ask about one, outside of any transaction, and note the answer; False if there was none."""
    subject = conduct.Subject(request=str(request.pk), cpf=request.told.cpf, full_name=request.full_name)
    try:
        answer = service().ask(subject)
    except conduct.Unavailable as silence:
        # The request's id and a word of ours.
        logger.warning("conduct of request %s: no answer (%s)", request.pk, silence.cause)
        _note_silence(request, silence.cause, by)
        return False
    _note_answer(request, answer, by)
    return True


@transaction.atomic
def _claim() -> AccessRequest | None:
    now = timezone.now()
    waiting = AccessRequest.objects.to_check(now).select_for_update(skip_locked=True, of=("self",))
    request = waiting.select_related("agency").first()
    if request is not None:
        request.next_check_at = now + CLAIM
        request.save(update_fields=["next_check_at"])
    return request


@transaction.atomic
def _note_answer(request: AccessRequest, answer: conduct.Answer, by: Actor) -> None:
    held = _held(request)
    if held is None:
        return
    held.conduct = Conduct.NOTES if answer.notes else Conduct.CLEAR
    held.told = replace(held.told, notes=answer.notes)
    held.conduct_reference, held.checked_at = answer.reference, timezone.now()
    held.checks += 1
    held.state = RequestState.WAITING
    held.save()
    step = AccessStep.What.NOTES if answer.notes else AccessStep.What.CLEAR
    tell(held, step, by, note=f"protocolo {answer.reference}")


@transaction.atomic
def _note_silence(request: AccessRequest, cause: str, by: Actor) -> None:
    held = _held(request)
    if held is None:
        return
    first = held.conduct != Conduct.UNAVAILABLE
    wait = min(FIRST_WAIT * 2 ** min(held.checks, 10), LONGEST_WAIT)
    held.conduct, held.next_check_at = Conduct.UNAVAILABLE, timezone.now() + wait
    held.checks += 1
    held.save(update_fields=["conduct", "next_check_at", "checks"])
    # A service that is down for a night is one step, not hundreds.
    if first:
        tell(held, AccessStep.What.UNAVAILABLE, by, note=conduct.CAUSES[cause])


def _held(request: AccessRequest) -> AccessRequest | None:
    """The row, locked, if it still waits for an answer: it may have been withdrawn meanwhile."""
    rows = AccessRequest.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.filter(pk=request.pk, state=RequestState.CHECKING).first()
