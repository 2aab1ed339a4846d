"""The quarantine of a source: its rows by reason, one row with what the state sent, and reading rows again."""

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
from ingestion.models import Rejection
from ingestion.screens import access, disclosure
from ingestion.screens.forms import QuarantineForm
from ingestion.screens.frame import source_frame
from ingestion.screens.present import rejections as present
from ingestion.selectors import rejections as selector
from ingestion.services import quarantine as service
from senappen.lib.paging import pages

ROWS = 50
# Rows read again while the person waits; the rest, when they ask to go on.
MOST = 10_000


@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rejected rows asked for, without their values."""
    source = access.source_of(request, code)
    form = QuarantineForm(request.GET)
    form.is_valid()
    query = form.query
    tally = selector.tally(source.origin, form.filters)
    form.offer_fields(line.field for line in tally)
    page = Paginator(selector.narrow(source.origin, form.filters), ROWS).get_page(request.GET.get("pagina"))
    context = {
        **source_frame(source, "quarantine"),
        "form": form,
        "query": query,
        "lines": present.lines(code, page.object_list),
        "total": page.paginator.count,
        "reasons": present.tally(tally, query),
        "pages": pages(page.number, page.paginator.num_pages, lambda n: f"?{urlencode({**query, 'pagina': n})}"),
        "after": form.after,
        "may_reprocess": source.mapping is not None and request.user.has_perm(Permission.REVIEW_QUARANTINE),
    }
    return render(request, "ingestion/quarantine/page.html", context)


@require_GET
def row(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One row: the reasons beside the values as the state sent them. The audit commits before the page leaves."""
    source = access.source_of(request, code, needs=Permission.REVIEW_QUARANTINE)
    if not Rejection.objects.filter(pk=pk, origin=source.origin).exists():
        raise Http404
    origin = source.origin.code
    intent = disclosure.intend(request, disclosure.Action.REJECTION, origin=origin, asked={"rejection": pk})
    rejection = Rejection.objects.select_related("mapping").get(pk=pk)
    values = present.values(rejection)
    context = {
        **source_frame(source, "quarantine"),
        "row": present.row(origin, rejection),
        "values": values,
        "may_reprocess": source.mapping is not None and present.is_readable_again(rejection),
    }
    shown = {
        "rejection": pk,
        "view": rejection.view,
        "origin_key": rejection.origin_key,
        "columns": [value["column"] for value in values],
    }
    return disclosure.answer(request, intent, "ingestion/quarantine/row.html", context, rows=1, detail=shown)


@require_POST
def reprocess(request: HttpRequest, code: str) -> HttpResponse:
    """Read the rows asked for again by the mapping in use, and say what became of them."""
    source = access.source_of(request, code, needs=Permission.REVIEW_QUARANTINE)
    form = QuarantineForm(request.POST)
    query: dict[str, Any] = {}
    if not form.is_valid():
        messages.error(request, "O pedido não pôde ser entendido; escolha os filtros de novo.")
    elif source.mapping is None:
        messages.error(request, "A fonte não tem mapeamento em uso; nada foi reprocessado.")
    else:
        done = service.reprocess(
            origin=source.origin,
            mapping=source.mapping,
            by=actors.from_request(request, Channel.PAGE),
            filters=form.filters,
            after=form.after,
            most=MOST,
        )
        query = {**form.query, "apos": done.last} if done.more else form.query
        (messages.success if done.readable else messages.warning)(request, present.outcome(done))
    back = reverse("ingestion:quarantine", args=[code])
    return redirect(f"{back}?{urlencode(query)}" if query else back)
