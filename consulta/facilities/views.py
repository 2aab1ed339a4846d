"""Establishments: /unidades/ and /unidades/<uuid>/."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.facilities import page, present
from consulta.facilities.forms import UnitForm, UnitsForm
from registry.selectors.units.establishment import establishment
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
    context = {**present.units_list(found, query), "form": form, "active": "facilities"}
    return rendering.page(request, access, "consulta/facilities/list.html", context, shown=Shown(fields=("unidades",)))


@require_GET
def unit(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    """One establishment and the people in it."""
    asked = asked_of(request)
    access = gate.open_request(request, Action.UNIT, asked={"unit": str(unit), **asked.query, "pagina": asked.page})
    found = establishment(unit, access.scope)
    if found is None:
        raise Http404
    parts = page.read(found, access.scope, asked, str(getattr(request, "reference", "")))
    context = page.context(found, parts, asked)
    return rendering.page(request, access, "consulta/facilities/page.html", context, shown=page.shown(parts))


def asked_of(request: HttpRequest) -> page.Asked:
    """The page's query; what makes no sense is left at its usual value."""
    form = UnitForm(request.GET)
    form.is_valid()
    found = form.cleaned_data
    return page.Asked(hours=found.get("horas") or 24, wing=found.get("pavilhao"), page=found.get("pagina") or 1)


def list_asked(request: HttpRequest) -> dict[str, Any]:
    """The filters of the list that were filled in and make sense."""
    form = UnitsForm(request.GET)
    form.is_valid()
    return {key: value for key, value in form.cleaned_data.items() if value}
