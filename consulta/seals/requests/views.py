"""Asking for a seal: /pedidos-de-sigilo/, and /pessoas/<uuid>/pedir-sigilo/ from a profile."""

import uuid
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.events import Channel
from consulta import rendering
from consulta.access import Access, Action, PurposeRequired, Shown, open_request
from consulta.marks import shows_no_person
from consulta.profile import grounds
from consulta.profile.finding import Moved, find
from consulta.profile.present.banner import banner
from consulta.seals.requests import asking, listing
from consulta.seals.requests.forms import BlindWishForm, WishForm
from credentialing import actors, policy
from credentialing.models import Purpose, User
from credentialing.roles import Permission
from credentialing.services import purposes
from registry.selectors.people.subject import Subject

ACTIVE: Final = {"active": "seal_requests"}
ASKED: Final = "Pedido registrado. A administração decide, e a resposta aparece aqui."
FULL: Final = f"Você já tem {asking.MOST_WAITING} pedidos à espera de decisão. Retire um, ou aguarde."


@shows_no_person
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """One's own requests, in one's own words; answers shown are read."""
    user = policy.require(request.user, Permission.REQUEST_SEALS)
    rows = [listing.own_row(asked) for asked in listing.own(user)[: listing.SHOWN]]
    listing.own(user).filter(decided_at__isnull=False, read_at=None).update(read_at=timezone.now())
    return render(request, "consulta/seals/requests/page.html", {"rows": rows, **ACTIVE})


@shows_no_person
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask of whoever has an identifier. Nobody is looked for: the answer is the same whoever has it."""
    user = policy.require(request.user, Permission.REQUEST_SEALS)
    purpose = purpose_of(request, user)
    form = BlindWishForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_asked(request, user, purpose, form.cleaned_data["identifier"], form):
        return redirect("consulta:seal-requests")
    context = {"form": form, **ACTIVE}
    return render(request, "consulta/seals/requests/ask.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def of_person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Ask from the profile of somebody one may see."""
    asked = {"person": str(person), **grounds.given(request, person)}
    access = open_request(request, Action.SEAL_REQUEST, asked=asked, needs=Permission.REQUEST_SEALS)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:seal-request-person", moved.public_id)
    grounds.require(subject, asked)
    form = WishForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_asked(request, access.user, access.purpose, str(subject.public_id), form):
        return redirect("consulta:seal-requests")
    return _form(request, access, subject, form)


@shows_no_person
@require_POST
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one of one's own back."""
    user = policy.require(request.user, Permission.REQUEST_SEALS)
    asked = get_object_or_404(listing.own(user), pk=pk)
    try:
        asking.withdraw(asked=asked, by=actors.from_request(request, Channel.PAGE))
    except asking.NotAsked:
        messages.warning(request, "O pedido já tinha sido decidido.")
    else:
        messages.success(request, "Pedido retirado.")
    return redirect("consulta:seal-requests")


def purpose_of(request: HttpRequest, user: User) -> Purpose | None:
    """The purpose in force of who consults; none of who consults nobody. Raises PurposeRequired."""
    if not policy.allows(user, Permission.CONSULT_PEOPLE):
        return None
    purpose = purposes.current(request)
    if purpose is None:
        raise PurposeRequired
    return purpose


def _is_asked(request: HttpRequest, user: User, purpose: Purpose | None, identifier: str, form: WishForm) -> bool:
    by = actors.from_request(request, Channel.PAGE)
    try:
        asking.ask(user=user, purpose=purpose, identifier=identifier, wish=form.wish(), by=by)
    except asking.TooMany:
        form.add_error(None, FULL)
        return False
    messages.success(request, ASKED)
    return True


def _form(request: HttpRequest, access: Access, subject: Subject, form: WishForm) -> HttpResponse:
    who = banner(subject, None, None)
    context = {"form": form, "of": who["name"], "person": who, **ACTIVE}
    shown = Shown(persons=(subject.public_id,), fields=("nome",))
    answer = rendering.page(request, access, "consulta/seals/requests/ask.html", context, shown=shown)
    answer.status_code = 422 if form.is_bound else 200
    return answer
