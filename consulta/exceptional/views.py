"""The exceptional access: opening one person, and the corregedor's queue."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit import recorder
from audit.events import Channel, Event, Kind
from consulta.access import PurposeRequired
from consulta.exceptional import opening
from consulta.exceptional.forms import OpeningForm, ReviewForm
from consulta.marks import shows_no_person
from consulta.models import ExceptionalAccess
from consulta.models.exceptional import MINUTES, Finding
from credentialing import actors, policy, stepping
from credentialing.models import User
from credentialing.roles import Permission
from credentialing.services import purposes

MOST_PAST = 50


@shows_no_person
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for one sealed person. Nobody found answers as nobody there, and is told to the corregedor all the same."""
    user = _holder(request, Permission.BREAK_GLASS)
    if purposes.current(request) is None:
        raise PurposeRequired
    stepping.require(request)
    form = OpeningForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        made = opening.open_one(user=user, by=by, **form.cleaned_data)
        if made.person is not None:
            messages.warning(request, f"Acesso excepcional aberto por {MINUTES} minutos. A corregedoria foi avisada.")
            return redirect("consulta:profile", made.person.public_id)
        form.add_error(None, "Nada a abrir com este identificador. O pedido foi registrado e a corregedoria, avisada.")
    context = {"form": form, "minutes": MINUTES, "active": "exceptional"}
    return render(request, "consulta/exceptional/ask.html", context, status=422 if form.errors else 200)


@shows_no_person
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The uses of the corregedor's agency: those to review and the last ones reviewed."""
    return _queue(request, _holder(request, Permission.REVIEW_EXCEPTIONAL), ReviewForm())


@shows_no_person
@require_POST
def review(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The corregedor's finding on one use."""
    user = _holder(request, Permission.REVIEW_EXCEPTIONAL)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _queue(request, user, form, wrong=pk)
    given = {"finding": Finding(form.cleaned_data["finding"]), "note": form.cleaned_data["note"]}
    try:
        opening.review(use=pk, reviewer=user, by=actors.from_request(request, Channel.PAGE), **given)
    except opening.NotAllowed:
        raise Http404 from None
    messages.success(request, "Parecer registrado.")
    return redirect("consulta:exceptional-queue")


def _queue(request: HttpRequest, user: User, form: ReviewForm, wrong: uuid.UUID | None = None) -> HttpResponse:
    uses = ExceptionalAccess.objects.filter(user__agency=user.agency_id).select_related("user", "reviewed_by", "person")
    waiting = list(uses.filter(finding="").order_by("opened_at"))
    past = list(uses.exclude(finding="").order_by("-reviewed_at")[:MOST_PAST])
    by, detail = actors.from_request(request, Channel.PAGE), {"count": len(waiting) + len(past)}
    recorder.record_now(Event(kind=Kind.AUDIT_READ, actor=by, action="exceptional", detail=detail))
    context = {"waiting": waiting, "past": past, "form": form, "wrong": wrong, "active": "exceptional_queue"}
    return render(request, "consulta/exceptional/queue.html", context, status=422 if form.errors else 200)


def _holder(request: HttpRequest, permission: Permission) -> User:
    user = request.user
    if not isinstance(user, User) or not policy.allows(user, permission):
        raise PermissionDenied
    return user
