"""The desk of the seals: /sigilos/. For whoever keeps them, with a fresh second factor; others are told nothing."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit import recorder
from audit.events import Channel, Event, Kind
from consulta.marks import shows_no_person
from consulta.seals import listing
from consulta.seals.forms import GrantForm, OrderForm, ReasonForm
from consulta.seals.keeping import ACTIVE, NOBODY, keeper
from consulta.seals.ordering import order
from credentialing import actors
from credentialing.models import User
from registry.models import Seal, SealGrant
from registry.services import sealing

# Two forms of one page ask for a reason.
GRANT_ID: Final = "autorizar_%s"
LIFT_ID: Final = "levantar_%s"
ANOTHER: Final = "Quem propôs não confirma, nem quem seria autorizado: outra pessoa da administração decide."
GONE: Final = "Nada mudou: isto já tinha sido decidido, ou o sigilo já terminou."


@shows_no_person
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The seals that stand; with `encerrados`, those that are over."""
    keeper(request)
    over = "encerrados" in request.GET
    found = listing.page_of(request.GET.get("pagina", "1"), standing=not over)
    _read(request, [home for seal in found for home in listing.homes_of(seal)])
    context = {"rows": [listing.row(seal) for seal in found], "found": found, "over": over, **ACTIVE}
    return render(request, "consulta/seals/page.html", context)


@shows_no_person
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Order a seal on one person. Nobody and several answer alike."""
    user = keeper(request)
    form = OrderForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        made = order(user=user, identifier=form.cleaned_data["identifier"], terms=form.terms(), by=by)
        if made is not None:
            messages.success(request, "Sigilo em vigor. A pessoa já não aparece a quem ele não admite.")
            return redirect("consulta:seal", made.pk)
        form.add_error("identifier", NOBODY)
    status = 422 if form.errors else 200
    return render(request, "consulta/seals/new.html", {"form": form, **ACTIVE}, status=status)


@shows_no_person
@require_GET
def one(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One seal, whom it admits, and its history."""
    return _one(request, keeper(request), pk)


@shows_no_person
@require_POST
def grant(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Propose to admit an account."""
    user, form = keeper(request), GrantForm(request.POST, auto_id=GRANT_ID)
    if not form.is_valid():
        return _one(request, user, pk, grant_form=form)
    act = partial(sealing.grant, seal=_known(pk).pk, **form.cleaned_data)
    return _done(request, pk, act, "Autorização proposta. Outra pessoa da administração confirma.")


@shows_no_person
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's word on a grant, or its end."""
    keeper(request)
    of = SealGrant.objects.filter(pk=pk).values_list("seal", flat=True).first()
    if of is None:
        raise Http404
    if request.POST.get("decisao") == "confirmar":
        return _done(request, of, partial(sealing.confirm, grant=pk), "Autorização em vigor.")
    return _done(request, of, partial(sealing.revoke, grant=pk), "Autorização encerrada: já não vale.")


@shows_no_person
@require_POST
def ask_lift(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Propose to end a seal."""
    user, form = keeper(request), ReasonForm(request.POST, auto_id=LIFT_ID)
    if not form.is_valid():
        return _one(request, user, pk, lift_form=form)
    act = partial(sealing.ask_lift, seal=_known(pk).pk, reason=form.cleaned_data["reason"])
    return _done(request, pk, act, "Levantamento proposto. O sigilo vale até que outra pessoa confirme.")


@shows_no_person
@require_POST
def decide_lift(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The second person's word on ending a seal, or the proposal's end."""
    keeper(request)
    held = _known(pk).pk
    if request.POST.get("decisao") == "confirmar":
        return _done(request, pk, partial(sealing.lift, seal=held), "Sigilo levantado: a pessoa volta a aparecer.")
    return _done(request, pk, partial(sealing.keep, seal=held), "O sigilo continua.")


def _done(request: HttpRequest, pk: uuid.UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    """Do it, say how it went, and go back to the seal."""
    try:
        act(by=actors.from_request(request, Channel.PAGE))
    except sealing.SamePerson:
        messages.error(request, ANOTHER)
    except sealing.NotStanding:
        messages.warning(request, GONE)
    else:
        messages.success(request, said)
    return redirect("consulta:seal", pk)


def _one(request: HttpRequest, user: User, pk: uuid.UUID, **forms: Any) -> HttpResponse:
    seal = _known(pk)
    _read(request, listing.homes_of(seal))
    blank = {"grant_form": GrantForm(auto_id=GRANT_ID), "lift_form": ReasonForm(auto_id=LIFT_ID)}
    context = {"seal": listing.whole(seal, user.username), **blank, **forms, **ACTIVE}
    return render(request, "consulta/seals/seal.html", context, status=422 if forms else 200)


def _known(pk: uuid.UUID) -> Seal:
    seal = Seal.objects.filter(pk=pk).first()
    if seal is None:
        raise Http404
    return seal


def _read(request: HttpRequest, homes: list[uuid.UUID]) -> None:
    """Committed before the first byte: the list tells who is protected."""
    by = actors.from_request(request, Channel.PAGE)
    recorder.record_now(Event(kind=Kind.SEALS_READ, actor=by, subjects=tuple(homes)))
