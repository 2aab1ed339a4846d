"""The keepers' side of requests for a seal: /sigilos/pedidos/."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit import recorder
from audit.events import Channel, Event, Kind
from consulta.marks import shows_no_person
from consulta.models import SealRequest
from consulta.seals.keeping import ACTIVE, NOBODY, keeper
from consulta.seals.requests import asking, listing
from consulta.seals.requests.forms import AnswerForm, RefusalForm
from credentialing import actors
from credentialing.models import User
from registry.models import Seal

DECIDED = "O pedido já tinha sido decidido."


@shows_no_person
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first."""
    keeper(request)
    rows = [listing.waiting_row(asked) for asked in listing.waiting()[: listing.SHOWN]]
    _read(request, len(rows))
    return render(request, "consulta/seals/requests/waiting.html", {"rows": rows, **ACTIVE})


@shows_no_person
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One request: order as it asks, or otherwise, or refuse it."""
    user = keeper(request)
    asked = get_object_or_404(listing.waiting(), pk=pk)
    refuses = request.POST.get("decisao") == "recusar"
    orders = request.method == "POST" and not refuses
    form = AnswerForm(request.POST if orders else None, asked=asked)
    refusal = RefusalForm(request.POST if refuses else None)
    try:
        if done := _decided(request, asked, user, form, refusal):
            return done
    except asking.NotAsked:
        messages.warning(request, DECIDED)
        return redirect("consulta:seal-requests-waiting")
    _read(request, 1)
    context = {"one": listing.waiting_row(asked), "form": form, "refusal": refusal, **ACTIVE}
    status = 422 if request.method == "POST" else 200
    return render(request, "consulta/seals/requests/one.html", context, status=status)


def _decided(
    request: HttpRequest, asked: SealRequest, user: User, form: AnswerForm, refusal: RefusalForm
) -> HttpResponse | None:
    """Where a decision leads; None while there is none, or not a valid one."""
    if form.is_valid() and (made := _ordered(request, asked, user, form)):
        messages.success(request, "Sigilo em vigor. Quem pediu foi avisado da decisão.")
        return redirect("consulta:seal", made.pk)
    if refusal.is_valid():
        _refuse(request, asked, user, refusal.cleaned_data["note"])
        messages.success(request, "Pedido recusado. Quem pediu foi avisado da decisão.")
        return redirect("consulta:seal-requests-waiting")
    return None


def _ordered(request: HttpRequest, asked: SealRequest, user: User, form: AnswerForm) -> Seal | None:
    """The seal made; or None, with the reason among the form's errors."""
    by = actors.from_request(request, Channel.PAGE)
    made = asking.grant(asked=asked, decider=user, terms=form.terms(), by=by)
    if made is None:
        form.add_error(None, NOBODY)
    return made


def _refuse(request: HttpRequest, asked: SealRequest, user: User, note: str) -> None:
    asking.refuse(asked=asked, decider=user, note=note, by=actors.from_request(request, Channel.PAGE))


def _read(request: HttpRequest, requests: int) -> None:
    """Committed before the first byte: the requests tell who is to be protected."""
    by = actors.from_request(request, Channel.PAGE)
    recorder.record_now(Event(kind=Kind.SEALS_READ, actor=by, detail={"requests": requests}))
