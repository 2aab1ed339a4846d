"""The profile: /pessoas/<uuid>/, one card of it, its side panel, and the revealed CPF."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.profile import page
from consulta.profile.cards import CARDS
from consulta.profile.finding import Moved, find
from consulta.profile.present.banner import banner
from registry.selectors.people.identity import identity
from registry.values import cpf


@require_GET
def profile(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The whole profile, rendered on the server."""
    access = gate.open_request(request, Action.PROFILE, asked={"person": str(person)})
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:profile", moved.public_id)
    found = page.whole_page(subject, access.scope, _reference(request))
    return rendering.page(request, access, "consulta/profile/page.html", found.context, shown=found.shown)


@require_GET
def card(request: HttpRequest, person: uuid.UUID, card: str) -> HttpResponse:
    """One card with all its rows: a fragment for htmx, a page otherwise."""
    chosen = CARDS.get(card)
    if chosen is None:
        raise Http404
    access = gate.open_request(request, Action.PROFILE, asked={"person": str(person), "card": card})
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:profile-card", moved.public_id, card)
    if not chosen.applies(subject, access.scope):
        raise Http404
    found = page.card_page(chosen, subject, access.scope, _reference(request))
    template = chosen.template if _is_fragment(request) else "consulta/profile/card.html"
    return rendering.page(request, access, template, found.context, shown=found.shown)


@require_GET
def preview(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The side panel of the results."""
    access = gate.open_request(request, Action.PROFILE, asked={"person": str(person), "card": "resumo"})
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:profile-preview", moved.public_id)
    found = page.summary(subject, access.scope, _reference(request))
    return rendering.page(request, access, "consulta/profile/_preview.html", found.context, shown=found.shown)


@require_POST
def reveal_cpf(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The CPF in full, recorded as such: a fragment for htmx, a page otherwise."""
    access = gate.open_request(request, Action.PROFILE, asked={"person": str(person), "field": "cpf"})
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        raise Http404 from moved
    found = identity(subject, access.scope)
    numbers = [cpf.display(variant.text) for variant in found.cpf.variants]
    template = "consulta/profile/_cpf.html" if _is_fragment(request) else "consulta/profile/cpf.html"
    context = {"person": banner(subject, found, None), "numbers": numbers}
    shown = Shown(persons=(subject.public_id,), fields=("cpf",))
    return rendering.page(request, access, template, context, shown=shown)


def _reference(request: HttpRequest) -> str:
    return str(getattr(request, "reference", ""))


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
