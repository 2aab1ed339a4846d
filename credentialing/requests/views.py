"""Access requests: the board, a new one, one's page, its decision. They name nobody but the platform's own people."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.events import Channel
from credentialing import actors, policy, stepping
from credentialing.first_access.handing import handed
from credentialing.models import AccessRequest, User
from credentialing.narrowing import narrowed
from credentialing.requests import asking, deciding, listing, quota
from credentialing.requests.forms import DecisionForm, FilterForm, NewRequestForm
from credentialing.roles import Permission

PAGE = 25
UNDECIDED = "Escolha aprovar ou recusar."


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The requests one sees, by state and profile."""
    user = policy.require(request.user, Permission.DECIDE_ACCESS)
    form = FilterForm(request.GET)
    context = narrowed(request, form, partial(listing.filtered, user), partial(listing.line, user=user), size=PAGE) | {
        "waiting": listing.to_decide(user).count(),
        "may_ask": user.has_perm(Permission.REQUEST_ACCESS),
        "active": "requests",
    }
    return render(request, "credentialing/requests/board.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a request for somebody of one's own agency."""
    user = policy.require(request.user, Permission.REQUEST_ACCESS)
    form = NewRequestForm(request.POST if request.method == "POST" else None, asker=user)
    if form.is_valid():
        try:
            made = asking.ask(asker=user, by=actors.from_request(request, Channel.PAGE), **form.cleaned_data)
        except asking.Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Solicitação registrada. A verificação de conduta começa agora.")
            return redirect("credentialing:request", made.pk)
    context = {"form": form, "agency": user.agency, "active": "requests"}
    return render(request, "credentialing/requests/new.html", context, status=422 if form.errors else 200)


@require_safe
def page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One request, its steps, and the decision for whoever takes it."""
    user = policy.require(request.user, Permission.DECIDE_ACCESS)
    return _page(request, user, _seen(user, pk))


@never_cache
@require_POST
def decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Approve or refuse. An approval shows the code of the first access, this once."""
    user = policy.require(request.user, Permission.DECIDE_ACCESS)
    held = _seen(user, pk)
    stepping.require(request)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, user, held, error=UNDECIDED)
    note, by = form.cleaned_data["note"], actors.from_request(request, Channel.PAGE)
    try:
        if form.cleaned_data["decision"] == "recusar":
            deciding.refuse(request=pk, decider=user, note=note, by=by)
            messages.success(request, "Solicitação recusada.")
            return redirect("credentialing:request", pk)
        issued = deciding.approve(request=pk, decider=user, note=note, by=by)
    except (asking.Refused, quota.QuotaReached) as refusal:
        return _page(request, user, held, error=refusal.message, note=note)
    return handed(request, issued)


@require_POST
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's own request back."""
    user = policy.require(request.user, Permission.REQUEST_ACCESS)
    held = _seen(user, pk)
    try:
        asking.withdraw(request=pk, asker=user, by=actors.from_request(request, Channel.PAGE))
    except asking.Refused as refusal:
        return _page(request, user, held, error=refusal.message)
    messages.success(request, "Solicitação retirada.")
    return redirect("credentialing:requests")


def _seen(user: User, pk: uuid.UUID) -> AccessRequest:
    held = listing.visible(user).filter(pk=pk).first()
    if held is None:
        raise Http404
    return held


def _page(request: HttpRequest, user: User, held: AccessRequest, *, error: str = "", note: str = "") -> HttpResponse:
    held.refresh_from_db()
    context = {
        "one": listing.whole(held, user),
        "fresh": stepping.is_fresh(request),
        "error": error,
        "note": note,
        "active": "requests",
    }
    return render(request, "credentialing/requests/page.html", context, status=422 if error else 200)
