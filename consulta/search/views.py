"""The search: a form, and the answer at an address that tells nothing of what was asked."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from consulta import rendering
from consulta.access import Access, Action, Shown, disclose, open_request
from consulta.marks import shows_no_person
from consulta.models import SearchQuery
from consulta.search import params as addresses
from consulta.search import present, queries
from consulta.search.forms import SearchForm, initial
from consulta.search.params import Params
from consulta.wording import chip
from credentialing import policy
from credentialing.models import Purpose
from credentialing.roles import Permission
from registry.selectors.search import Criteria, Narrowing, ReasonKind, Results, origins, search, to_json
from senappen.lib.wording import ago, count

FIELDS = ("name", "other_names", "mother", "birth", "cpf_masked", "rji", "oab", "custody", "photo", "reasons")


@shows_no_person
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; POSTed, it keeps the criteria and leads to their answer."""
    purpose = queries.admit(request)
    factions = policy.allows(purpose.user, Permission.SEE_FACTION)
    form = (
        SearchForm(_posted(request), factions=factions) if request.method == "POST" else SearchForm(factions=factions)
    )
    if form.is_bound and form.is_valid():
        query = queries.keep(form.criteria, purpose)
        return HttpResponseRedirect(reverse("consulta:results", args=[query.pk]))
    now = timezone.now()
    context = {
        "form": form,
        "search": None,
        "recent": _recent(purpose),
        "freshness": [chip(source, now) for source in origins()],
    }
    return render(request, "consulta/search/page.html", context, status=422 if form.is_bound else 200)


@require_GET
def results(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A page of the answer, or the profile of the one person who has the document asked for."""
    query = queries.open_query(pk, queries.admit(request))
    if query is None:
        raise Http404
    params = addresses.read(request.GET)
    kept = query.criteria
    criteria = replace(kept, filters=params.filters, precision=params.precision or kept.precision)
    asked = {**to_json(criteria), "page": params.page}
    access = open_request(request, Action.SEARCH, asked=asked, needs=needed(criteria))
    found = search(criteria, access.scope, params.page)
    if not request.GET:
        queries.note_found(query, found.total)
    if _is_one_document(request, criteria, found):
        return _to_profile(access, found)
    return _page(request, access, found, criteria, params)


def _page(
    request: HttpRequest, access: Access, found: Results, criteria: Criteria, params: Params
) -> rendering.Disclosed:
    base, now = request.path, timezone.now()
    context: dict[str, Any] = {
        "form": SearchForm(initial=initial(criteria), factions=access.scope.factions),
        "search": present.answer(found, criteria, params, base, now),
        "freshness": [chip(source, now) for source in found.sources],
    }
    fragment = request.headers.get("HX-Request") == "true"
    template = "consulta/search/_results.html" if fragment else "consulta/search/page.html"
    return rendering.page(request, access, template, context, shown=shown(found))


def needed(criteria: Criteria) -> Permission:
    """What it takes to ask this."""
    return Permission.SEE_FACTION if criteria.narrowing.faction.strip() else Permission.CONSULT_PEOPLE


def shown(found: Results) -> Shown:
    """What a page of the answer discloses."""
    persons = [card.public_id for card in found.cards]
    return Shown(persons=persons, fields=FIELDS if persons else (), extra={"total": found.total, "page": found.page})


def _is_one_document(request: HttpRequest, criteria: Criteria, found: Results) -> bool:
    asked_otherwise = (
        criteria.full_name or criteria.mother or criteria.father or criteria.birth or criteria.narrowing != Narrowing()
    ) or request.GET
    is_page = request.headers.get("HX-Request") != "true"
    if not criteria.documents or asked_otherwise or not is_page or found.total != 1:
        return False
    return any(reason.kind is ReasonKind.DOCUMENT for reason in found.cards[0].reasons)


def _to_profile(access: Access, found: Results) -> HttpResponse:
    """Even the address says that the person exists and has the document: it is disclosed as everything else."""
    person = found.cards[0].public_id
    receipt = disclose(access, Shown(persons=[person], fields=["document_owner"], extra={"total": 1}), size=0)
    response = HttpResponseRedirect(reverse("consulta:profile", args=[person]))
    response["X-Receipt"] = str(receipt.id)
    return response


def _posted(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in SearchForm.base_fields}


def _recent(purpose: Purpose) -> list[dict[str, str]]:
    return [
        {"label": _label(query), "url": reverse("consulta:results", args=[query.pk])}
        for query in queries.recent(purpose)
    ]


def _label(query: SearchQuery) -> str:
    """`Nome e nascimento · 12 pessoas · há 5 min`: never what was typed."""
    kinds = present.described(query.criteria).capitalize()
    found = "" if query.found is None else count(query.found, "pessoa", "pessoas")
    return " · ".join(part for part in (kinds, found, ago(query.created_at, timezone.now())) if part)
