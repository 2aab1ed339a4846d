"""The profile: /pessoas/<uuid>/, one card of it, its side panel, and the revealed CPF."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.profile import grounds, page
from consulta.profile.cards import CARDS
from consulta.profile.finding import Moved, find
from consulta.profile.grounds import GroundsForm
from consulta.profile.present.banner import banner
from registry.selectors.people.identity import identity
from registry.values import cpf


@require_GET
def profile(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The whole profile, rendered on the server."""
    asked = {"person": str(person), **grounds.given(request, person)}
    access = gate.open_request(request, Action.PROFILE, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:profile", moved.public_id)
    grounds.require(subject, asked)
    found = page.whole_page(subject, access.scope, _reference(request))
    return rendering.page(request, access, "consulta/profile/page.html", found.context, shown=found.shown)


@require_GET
def card(request: HttpRequest, person: uuid.UUID, card: str) -> HttpResponse:
    """One card with all its rows: a fragment for htmx, a page otherwise."""
    chosen = CARDS.get(card)
    if chosen is None:
        raise Http404
    asked = {"person": str(person), "card": card, **grounds.given(request, person)}
    access = gate.open_request(request, Action.PROFILE, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:profile-card", moved.public_id, card)
    grounds.require(subject, asked)
    if not chosen.applies(subject, access.scope):
        raise Http404
    found = page.card_page(chosen, subject, access.scope, _reference(request))
    template = chosen.template if _is_fragment(request) else "consulta/profile/card.html"
    return rendering.page(request, access, template, found.context, shown=found.shown)


@require_GET
def preview(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The side panel of the results."""
    asked = {"person": str(person), "card": "resumo", **grounds.given(request, person)}
    access = gate.open_request(request, Action.PROFILE, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:profile-preview", moved.public_id)
    grounds.require(subject, asked)
    found = page.summary(subject, access.scope, _reference(request))
    return rendering.page(request, access, "consulta/profile/_preview.html", found.context, shown=found.shown)


@require_POST
def reveal_cpf(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The CPF in full, recorded as such: a fragment for htmx, a page otherwise."""
    asked = {"person": str(person), "field": "cpf", **grounds.given(request, person)}
    access = gate.open_request(request, Action.PROFILE, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        raise Http404 from moved
    grounds.require(subject, asked)
    found = identity(subject, access.scope)
    numbers = [cpf.display(variant.text) for variant in found.cpf.variants]
    template = "consulta/profile/_cpf.html" if _is_fragment(request) else "consulta/profile/cpf.html"
    context = {"person": banner(subject, found, None), "numbers": numbers}
    shown = Shown(persons=(subject.public_id,), fields=("cpf",))
    return rendering.page(request, access, template, context, shown=shown)


@require_http_methods(["GET", "POST"])
def reason(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Ask why a lawyer's profile is to be opened; said, it opens what was asked for."""
    form = GroundsForm(request.POST or None)
    said = form.cleaned_data["reason"] if form.is_valid() else ""
    asked = {"person": str(person), "card": "motivo", **({"reason": said} if said else {})}
    access = gate.open_request(request, Action.PROFILE, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:profile-reason", moved.public_id)
    address = _wanted(request, person)
    if said:
        grounds.keep(request, person, said, access.purpose)
    if said or not subject.lawyers:
        return redirect(address)
    context, shown = {"form": form, "next": address, "active": "search"}, Shown(fields=("motivo",))
    answer = rendering.page(request, access, "consulta/profile/reason.html", context, shown=shown)
    answer.status_code = 422 if form.is_bound else 200
    return answer


def _wanted(request: HttpRequest, person: uuid.UUID) -> str:
    """The page of this very person that wants the reason, or the profile."""
    profile = reverse("consulta:profile", args=[person])
    wanted = request.POST.get("next") or request.GET.get("next") or profile
    return wanted if wanted.startswith(profile) and url_has_allowed_host_and_scheme(wanted, None) else profile


def _reference(request: HttpRequest) -> str:
    return str(getattr(request, "reference", ""))


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
