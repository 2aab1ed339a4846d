"""Batch look-up: /lote/ and the opaque address of its answer."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from consulta import inquiries, rendering
from consulta.access import Action, Shown, open_request
from consulta.batch import present
from consulta.batch.forms import BatchForm
from consulta.batch.lines import Line, from_told, to_told
from consulta.marks import shows_no_person
from consulta.models import InquiryKind
from consulta.search import queries
from consulta.search.views import FIELDS
from consulta.wording import chip
from registry.selectors.search import Match, look_up_all, origins


@shows_no_person
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; POSTed with a file, it keeps the lines and leads to their answer."""
    purpose = queries.admit(request)
    form = BatchForm(request.POST, request.FILES) if request.method == "POST" else BatchForm()
    if form.is_bound and form.is_valid():
        kept = inquiries.keep(InquiryKind.BATCH, form.told, purpose)
        return HttpResponseRedirect(reverse("consulta:batch-answer", args=[kept.pk]))
    now = timezone.now()
    context = {"form": form, "freshness": [chip(source, now) for source in origins()], "active": "batch"}
    return render(request, "consulta/batch/page.html", context, status=422 if form.is_bound else 200)


@require_GET
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Every line with the persons who answer it."""
    kept = inquiries.open_inquiry(pk, InquiryKind.BATCH, queries.admit(request))
    if kept is None:
        raise Http404
    told = kept.told
    lines = from_told(told["lines"])
    access = open_request(request, Action.BATCH, asked=asked(told["reason"], lines))
    matches = look_up_all([line.criteria for line in lines if line.criteria], access.scope)
    pairs, now = present.matched(lines, matches), timezone.now()
    tally = present.summary(pairs)
    context = {
        "lines": present.lines_seen(pairs, now),
        "told": present.told(tally),
        "reason": told["reason"],
        "freshness": [chip(source, now) for source in origins()],
        "active": "batch",
    }
    return rendering.page(request, access, "consulta/batch/answer.html", context, shown=shown(matches, tally))


def asked(reason: str, lines: Sequence[Line]) -> dict[str, Any]:
    """What the audit records of a batch before it is looked up: the reason and every line that could be read."""
    return {"reason": reason, "lines": [one["asked"] for one in to_told(lines) if "asked" in one]}


def shown(matches: Sequence[Match], tally: dict[str, int]) -> Shown:
    """What a batch discloses."""
    persons = list(dict.fromkeys(card.public_id for match in matches for card in match.cards))
    return Shown(persons=persons, fields=FIELDS if persons else (), extra={"total": len(persons), "lines": tally})
