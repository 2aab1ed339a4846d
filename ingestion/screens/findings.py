"""The findings of the quality rules: of one state by rule, one finding with its history, and the nation's counts."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from audit.events import Channel
from credentialing import actors
from credentialing.roles import Permission
from ingestion.models import Source
from ingestion.screens import access, disclosure
from ingestion.screens.forms import FindingsForm, TreatForm
from ingestion.screens.frame import source_frame
from ingestion.screens.present import findings as present
from ingestion.selectors import findings as selector
from registry.findings import RULES
from registry.models import Finding
from registry.services import findings as service
from senappen.lib.paging import pages

ROWS = 50


@require_GET
def rule(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One rule's findings by the keys of the state's records. The audit commits before the page leaves."""
    source = access.source_of(request, code, needs=Permission.REVIEW_QUARANTINE)
    if name not in RULES:
        raise Http404
    form = FindingsForm(request.GET)
    form.is_valid()
    intent = disclosure.intend(
        request, disclosure.Action.FINDINGS, origin=code, asked={"rule": name, "statuses": form.statuses}
    )
    found = selector.of_rule(source.origin, RULES[name], form.statuses)
    page = Paginator(found, ROWS).get_page(request.GET.get("pagina"))
    context = {
        **source_frame(source, "quality"),
        "form": form,
        "rule": present.rule(RULES[name]),
        "lines": present.lines(source.origin, page.object_list),
        "total": page.paginator.count,
        "pages": pages(page.number, page.paginator.num_pages, lambda n: f"?{urlencode({**form.query, 'pagina': n})}"),
    }
    return disclosure.answer(
        request, intent, "ingestion/findings/rule.html", context, rows=len(page.object_list),
        detail={"rule": name, "findings": [one.pk for one in page.object_list]},
    )  # fmt: skip


@require_GET
def finding(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One finding: evidence, records, history, and what to do. The audit commits before the page leaves."""
    source = access.source_of(request, code, needs=Permission.REVIEW_QUARANTINE)
    found = _of(source, pk)
    intent = disclosure.intend(request, disclosure.Action.FINDINGS, origin=code, asked={"finding": pk})
    return _page(request, source, found, intent, TreatForm(initial=present.treatment(found)))


@require_POST
def treat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give a finding a status and an owner, with a note that stays in its history."""
    source = access.source_of(request, code, needs=Permission.REVIEW_QUARANTINE)
    found = _of(source, pk)
    form = TreatForm(request.POST)
    if not form.is_valid():
        intent = disclosure.intend(request, disclosure.Action.FINDINGS, origin=code, asked={"finding": pk})
        return _page(request, source, found, intent, form, status=422)
    try:
        service.treat(finding=found, by=actors.from_request(request, Channel.PAGE), **form.treatment)
    except service.NotStanding:
        messages.warning(request, "O achado já foi resolvido: a condição deixou de existir. Nada foi alterado.")
    else:
        messages.success(request, "Situação do achado registrada no histórico.")
    return redirect("ingestion:finding", code, pk)


@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """How many findings each rule has in each state, for the administration. Counts only."""
    user = access.reader(request, needs=Permission.MANAGE_SOURCES)
    origins = access.visible_origins(user)
    context: dict[str, Any] = present.national(origins, selector.national(origins))
    return render(request, "ingestion/findings/national.html", {"active": "connectors", **context})


def _of(source: Source, pk: int) -> Finding:
    found = selector.one(source.origin, pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, source: Source, found: Finding, intent: disclosure.Intent, form: TreatForm, status: int = 200
) -> HttpResponse:
    context = {
        **source_frame(source, "quality"),
        "rule": present.rule(RULES[found.rule]),
        "back": reverse("ingestion:findings", args=[source.origin.code, found.rule]),
        "finding": present.finding(source.origin, found),
        "form": form,
    }
    response = disclosure.answer(
        request, intent, "ingestion/findings/finding.html", context, rows=1,
        detail={"rule": found.rule, "findings": [found.pk]},
    )  # fmt: skip
    response.status_code = status
    return response
