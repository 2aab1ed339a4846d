"""Establishments: /unidades/, /unidades/<uuid>/ and the list of everybody in one, for paper."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from consulta import access as gate
from consulta import rendering
from consulta.access import Access, Action, Shown
from consulta.facilities import page
from consulta.facilities.forms import InstantForm, UnitForm, UnitsForm
from consulta.facilities.present import head
from consulta.facilities.present.listing import units_list
from registry.selectors.units.establishment import Establishment, establishment
from registry.selectors.units.listing import known_ufs
from registry.selectors.units.listing import units as list_units


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The list, by state and name."""
    asked = list_asked(request)
    access = gate.open_request(request, Action.UNITS, asked=asked)
    found = list_units(access.scope, uf=asked.get("uf", ""), text=asked.get("q", ""), page=asked.get("pagina", 1))
    query: dict[str, str] = {key: str(asked[key]) for key in ("q", "uf") if key in asked}
    form = UnitsForm(initial=query, ufs=known_ufs())
    context = {**units_list(found, query), "form": form, "active": "facilities"}
    return rendering.page(request, access, "consulta/facilities/list.html", context, shown=Shown(fields=("unidades",)))


@require_GET
def unit(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    """One establishment and the people in it, now or at a past instant."""
    form, asked = InstantForm(request.GET), asked_of(request)
    access = gate.open_request(request, Action.UNIT, asked={"unit": str(unit), **asked.query, "pagina": asked.page})
    found = find(unit, access, asked)
    if not form.is_valid():
        return _ask_again(request, access, found, form)
    parts = page.read(found, access.scope, asked, _reference(request))
    context = {**page.context(found, parts, asked, access.scope), "instant_form": form}
    return rendering.page(request, access, "consulta/facilities/page.html", context, shown=page.shown(parts))


@require_GET
def roll(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    """Everybody in the establishment on one page: to print and take along."""
    form, asked = InstantForm(request.GET), asked_of(request)
    access = gate.open_request(request, Action.UNIT, asked={"unit": str(unit), **asked.query, "relacao": True})
    found = find(unit, access, asked)
    if not form.is_valid():
        return _ask_again(request, access, found, form)
    parts = page.read(found, access.scope, asked, _reference(request), everybody=True)
    context = page.roll_context(found, parts, asked)
    return rendering.page(request, access, "consulta/facilities/roll.html", context, shown=page.roll_shown(parts))


def find(unit: uuid.UUID, access: Access, asked: page.Asked) -> Establishment:
    """The establishment at the instant asked for. Raises Http404."""
    found = establishment(unit, access.scope, day=asked.day, hour=asked.hour)
    if found is None:
        raise Http404
    return found


def asked_of(request: HttpRequest) -> page.Asked:
    """The page's query; what makes no sense is left at its usual value."""
    form, instant = UnitForm(request.GET), InstantForm(request.GET)
    form.is_valid()
    found = form.cleaned_data
    given = instant.cleaned_data if instant.is_valid() else {}
    return page.Asked(
        hours=found.get("horas") or 24,
        wing=found.get("pavilhao"),
        cell=found.get("cela"),
        page=found.get("pagina") or 1,
        day=given.get("dia"),
        hour=given.get("hora"),
    )


def list_asked(request: HttpRequest) -> dict[str, Any]:
    """The filters of the list that were filled in and make sense."""
    form = UnitsForm(request.GET)
    form.is_valid()
    return {key: value for key, value in form.cleaned_data.items() if value}


def _ask_again(request: HttpRequest, access: Access, of: Establishment, form: InstantForm) -> HttpResponse:
    """The unit without its people, and what is wrong with the instant."""
    context = {"facility": head.head(of, None), "instant_form": form, "active": "facilities"}
    shown = Shown(fields=("unidade",))
    return rendering.page(request, access, "consulta/facilities/instant.html", context, shown=shown)


def _reference(request: HttpRequest) -> str:
    return str(getattr(request, "reference", ""))
