"""The corregedor's queue, and one case of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit import recorder, selectors
from audit.events import Actor, Channel, Event, Kind
from audit.lines import line
from credentialing import actors, policy, stepping, verification
from credentialing.models import User
from credentialing.roles import Permission
from oversight import headcount, present
from oversight.forms import StepForm
from oversight.models import Alert, State, StepKind, Verdict
from oversight.services import handling

MOST_WAITING: Final = 200
MOST_PAST: Final = 50
MOST_EVENTS: Final = 100
SENSITIVE: Final = frozenset({StepKind.MISUSE, StepKind.BLOCK, StepKind.UNBLOCK})
_DONE: Final = {
    StepKind.ASK: "Pedido enviado ao agente.",
    StepKind.BLOCK: "Conta bloqueada: sessões e credenciais caem no próximo pedido.",
    StepKind.UNBLOCK: "Conta liberada. O agente entra de novo com senha e código.",
    StepKind.REFER: "Encaminhamento registrado.",
    StepKind.REOPEN: "Alerta reaberto.",
}


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the heaviest first, and what was decided lately."""
    judge = judging(request)
    cases = Alert.objects.judged_by(judge)
    waiting = list(_read(cases.waiting())[:MOST_WAITING])
    past = list(_read(cases).filter(state=State.CLOSED).order_by("-pk")[:MOST_PAST])
    _on_record(request, "alerts", {"count": len(waiting) + len(past)})
    context = {
        "waiting": [present.row(alert) for alert in waiting],
        "past": [present.row(alert) for alert in past],
        "centre": (centre := judge.has_perm(Permission.JUDGE_OVERSEERS)),
        "crowded": headcount.crowded() if centre else [],
        "active": "misuse",
    }
    return render(request, "oversight/queue/page.html", context)


@require_GET
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: why, the events it speaks of, what was done, what may be done now."""
    judge = judging(request)
    found = _found(judge, pk)
    return _show(request, found, StepForm(steps=present.possible(found)))


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """What the corregedor does next. What bites asks for a fresh second factor."""
    judge = judging(request)
    found = _found(judge, pk)
    form = StepForm(request.POST, steps=present.possible(found))
    if not form.is_valid():
        return _show(request, found, form)
    kind = StepKind(form.cleaned_data["step"])
    if kind in SENSITIVE:
        stepping.require(request)
    by = actors.from_request(request, Channel.PAGE)
    try:
        _taking(kind, found, judge)(words=form.cleaned_data["words"], by=by)
    except handling.NotNow:
        messages.warning(request, "O alerta mudou enquanto você escrevia. Confira o andamento e tente de novo.")
    else:
        messages.success(request, _DONE.get(kind, "Decisão registrada."))
    return redirect("oversight:alert", pk)


def judging(request: HttpRequest) -> User:
    """The person, if they judge anybody's use."""
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    if not any(policy.allows(user, one) for one in (Permission.JUDGE_MISUSE, Permission.JUDGE_OVERSEERS)):
        raise PermissionDenied
    return user


def _taking(kind: StepKind, found: Alert, judge: User) -> Callable[..., Alert]:
    if kind in {StepKind.JUSTIFIED, StepKind.INCONCLUSIVE, StepKind.MISUSE}:
        return partial(handling.decide, alert=found.pk, judge=judge, verdict=Verdict(kind.value))
    if kind is StepKind.REOPEN:
        return partial(handling.reopen, alert=found, user=judge)
    taken: dict[StepKind, Callable[..., Alert]] = {
        StepKind.ASK: handling.ask,
        StepKind.BLOCK: handling.block,
        StepKind.UNBLOCK: handling.unblock,
        StepKind.REFER: handling.refer,
    }
    return partial(taken[kind], alert=found.pk, judge=judge)


def _found(judge: User, pk: int) -> Alert:
    found = _read(Alert.objects.judged_by(judge)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _read(cases: QuerySet[Alert]) -> QuerySet[Alert]:
    return cases.select_related("user__agency", "judged_by").prefetch_related("signs")


def _show(request: HttpRequest, found: Alert, form: StepForm) -> HttpResponse:
    chosen = request.GET.get("sinal", "")
    named = {event for sign in found.signs.all() if chosen in {"", sign.name} for event in sign.evidence}
    since, until = found.span
    # By the week, of which the table has a partition, and then by id.
    events = selectors.of_user(found.user_id).filter(at__gte=since, at__lt=until)
    if found.signs.all():
        events = events.filter(pk__in=named)
    read = selectors.first(events, MOST_EVENTS)
    _on_record(request, "alert", {"alert": found.pk, "username": found.user.username, "count": len(read)})
    context: dict[str, Any] = {
        "case": present.row(found),
        "steps": present.steps(found),
        "lines": [line(event) for event in read],
        "many": len(named) if found.signs.all() else len(read),
        "most": MOST_EVENTS,
        "chosen": chosen,
        "form": form,
        "all_url": _all_events(found),
        "active": "misuse",
    }
    return render(request, "oversight/alert/page.html", context, status=422 if form.errors else 200)


def _all_events(found: Alert) -> str:
    _, until = found.span
    last = timezone.localdate(until) - timedelta(days=1)
    return f"{reverse('audit:events')}?usuario={found.user.username}&de={found.week.isoformat()}&ate={last.isoformat()}"


def _on_record(request: HttpRequest, action: str, detail: dict[str, Any]) -> None:
    actor: Actor = actors.from_request(request, Channel.PAGE)
    recorder.record_now(Event(kind=Kind.AUDIT_READ, actor=actor, action=action, detail=detail))
