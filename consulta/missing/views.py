"""Missing persons: /desaparecidos/ and the opaque address of an answer."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from consulta import inquiries, rendering
from consulta.access import Action, Shown, open_request
from consulta.marks import shows_no_person
from consulta.missing import present
from consulta.missing.forms import MissingForm, initial
from consulta.models import InquiryKind
from consulta.search import queries
from consulta.wording import chip
from registry.selectors.missing import Candidates, find_missing, from_json, to_json
from registry.selectors.search import origins

FIELDS = ("nome", "nascimento", "situacao", "sinais", "razoes")


@shows_no_person
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; POSTed, it keeps the description and leads to the candidates."""
    purpose = queries.admit(request)
    form = MissingForm(request.POST) if request.method == "POST" else MissingForm()
    if form.is_bound and form.is_valid():
        kept = inquiries.keep(InquiryKind.MISSING, to_json(form.criteria), purpose)
        return HttpResponseRedirect(reverse("consulta:missing-answer", args=[kept.pk]))
    now = timezone.now()
    context = {"form": form, "freshness": [chip(source, now) for source in origins()], "active": "missing"}
    return render(request, "consulta/missing/page.html", context, status=422 if form.is_bound else 200)


@require_GET
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A page of candidates, with what speaks for and against each."""
    kept = inquiries.open_inquiry(pk, InquiryKind.MISSING, queries.admit(request))
    if kept is None:
        raise Http404
    told, page = kept.told, _page(request.GET.get("pagina", ""))
    access = open_request(request, Action.MISSING, asked={**told, "page": page})
    criteria = from_json(told)
    found = find_missing(criteria, access.scope, page)
    context = {
        "form": MissingForm(initial=initial(criteria)),
        "found": present.answer(found, request.path),
        "active": "missing",
    }
    fragment = request.headers.get("HX-Request") == "true"
    template = "consulta/missing/_candidates.html" if fragment else "consulta/missing/page.html"
    return rendering.page(request, access, template, context, shown=shown(found))


def shown(found: Candidates) -> Shown:
    """What a page of candidates discloses."""
    persons = [row.person.public_id for row in found.rows]
    return Shown(persons=persons, fields=FIELDS if persons else (), extra={"total": found.total, "page": found.page})


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 1
