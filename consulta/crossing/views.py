"""Crossings: /cruzamentos/, each list, and the reason that opens a list of lawyers."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from consulta import access as gate
from consulta import inquiries, rendering
from consulta.access import Action, Shown
from consulta.crossing import present
from consulta.crossing.forms import SLUGS, CrossingForm, ReasonForm
from consulta.marks import shows_no_person
from consulta.models import InquiryKind
from consulta.search import queries
from credentialing import policy
from credentialing.models import Purpose, User
from credentialing.roles import Permission
from registry.selectors.crossing import LAWYERS, Crossings, crossings, tallies
from registry.selectors.crossing.crowds import crowds
from registry.selectors.units.listing import known_ufs, units_of

FIELDS = ("nome", "nascimento", "situacao", "cruzamento")


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The lists, and how many crossings each has."""
    access = gate.open_request(request, Action.CROSSINGS, asked={"of": "overview"})
    context = present.overview(tallies(access.scope), crowds())
    shown = Shown(fields=("cruzamentos",))
    return rendering.page(request, access, "consulta/crossing/overview.html", context, shown=shown)


@require_GET
def listing(request: HttpRequest, of: str) -> HttpResponse:
    """One list. Of lawyers, only for whoever may see them and has said why."""
    purpose = queries.admit(request)
    name = _known(of)
    asked: dict[str, Any] = {}
    if name in LAWYERS:
        _admit_to_lawyers(request)
        told = _reason_of(request, purpose)
        if told is None:
            return HttpResponseRedirect(reverse("consulta:crossing-reason", args=[of]))
        asked = told
    uf = request.GET.get("uf", "")
    ufs = known_ufs()
    form = CrossingForm(request.GET, of=name, ufs=ufs, units=units_of(uf) if uf in ufs else ())
    criteria, page = form.criteria, form.page
    access = gate.open_request(
        request, Action.CROSSINGS, asked={**criteria.asked, **asked, "page": page}, needs=_needed(name)
    )
    found = crossings(criteria, access.scope, page)
    context = present.listing(of, criteria, found, form, request.GET.get("motivo", ""))
    fragment = request.headers.get("HX-Request") == "true"
    template = "consulta/crossing/_list.html" if fragment else "consulta/crossing/list.html"
    return rendering.page(request, access, template, context, shown=shown(found))


@shows_no_person
@require_http_methods(["GET", "POST"])
def reason(request: HttpRequest, of: str) -> HttpResponse:
    """Ask why lawyers are to be listed; said, it opens the list."""
    purpose = _admit_to_lawyers(request)
    name = _known(of)
    if name not in LAWYERS:
        raise Http404
    form = ReasonForm(request.POST) if request.method == "POST" else ReasonForm()
    if form.is_bound and form.is_valid():
        kept = inquiries.keep(InquiryKind.LAWYERS, {"reason": form.cleaned_data["reason"]}, purpose)
        return HttpResponseRedirect(f"{reverse('consulta:crossing-list', args=[of])}?motivo={kept.pk}")
    context = {"form": form, "title": present.TITLES[name], "active": "crossings"}
    return render(request, "consulta/crossing/reason.html", context, status=422 if form.is_bound else 200)


def shown(found: Crossings) -> Shown:
    """What a page of a list discloses: everyone it names, each once."""
    persons = tuple(dict.fromkeys(person for row in found.rows for person in row.persons))
    return Shown(persons=persons, fields=FIELDS if persons else (), extra={"total": found.total, "page": found.page})


def _known(of: str) -> str:
    if of not in SLUGS:
        raise Http404
    return SLUGS[of]


def _needed(name: str) -> Permission:
    return Permission.SEE_LAWYERS if name in LAWYERS else Permission.CONSULT_PEOPLE


def _admit_to_lawyers(request: HttpRequest) -> Purpose:
    purpose = queries.admit(request)
    if not isinstance(request.user, User) or not policy.allows(request.user, Permission.SEE_LAWYERS):
        raise PermissionDenied
    return purpose


def _reason_of(request: HttpRequest, purpose: Purpose) -> dict[str, Any] | None:
    try:
        pk = uuid.UUID(request.GET.get("motivo", ""))
    except ValueError:
        return None
    kept = inquiries.open_inquiry(pk, InquiryKind.LAWYERS, purpose)
    return kept.told if kept else None
