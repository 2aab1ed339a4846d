"""What a state's views look like, what of it the mapping uses, and what changed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit.events import Channel
from credentialing import actors
from credentialing.roles import Permission
from ingestion import drift
from ingestion.models import SchemaChange, SchemaChangeKind, Source, ViewSchema
from ingestion.screens import access
from ingestion.screens.frame import source_frame
from ingestion.services import schemas
from senappen.lib.paging import pages
from senappen.lib.wording import moment, tag

ROWS = 50
TONES = {
    SchemaChangeKind.VIEW_GONE: "danger",
    SchemaChangeKind.COLUMN_GONE: "danger",
    SchemaChangeKind.COLUMN_TYPE: "warn",
    SchemaChangeKind.VIEW_NEW: "info",
    SchemaChangeKind.COLUMN_NEW: "info",
    SchemaChangeKind.VIEW_BACK: "ok",
}


@require_http_methods(["GET", "HEAD", "POST"])
def schema(request: HttpRequest, code: str) -> HttpResponse:
    """The last sight and the changes; a POST has the state looked at now."""
    if request.method == "POST":
        _look(request, access.source_of(request, code, needs=Permission.MANAGE_SOURCES))
        return redirect("ingestion:schema", code=code)
    source = access.source_of(request, code)
    changes = SchemaChange.objects.filter(origin=source.origin)
    page = Paginator(changes, ROWS).get_page(request.GET.get("pagina"))
    context = {
        **source_frame(source, "schema"),
        "standing": [{"sentence": one.sentence, "stops": one.stops} for one in drift.standing(source) if one.stops],
        "changes": [_change(one) for one in page.object_list],
        "pages": pages(page.number, page.paginator.num_pages, lambda n: f"?pagina={n}"),
        "views": _views(source),
        "may_look": request.user.has_perm(Permission.MANAGE_SOURCES),
    }
    return render(request, "ingestion/schema/page.html", context)


def _look(request: HttpRequest, source: Source) -> None:
    sight = schemas.look(source=source, by=actors.from_request(request, Channel.PAGE))
    if sight.problem:
        messages.error(request, f"O esquema não pôde ser conferido: {sight.problem}")
    elif sight.changes:
        messages.warning(request, f"Mudanças notadas: {sight.changes}.")
    else:
        messages.success(request, "Esquema conferido: nada mudou.")


def _change(one: SchemaChange) -> dict[str, Any]:
    kind = SchemaChangeKind(one.kind)
    return {
        "noticed": moment(timezone.localtime(one.noticed_at)),
        "kind": tag(kind.label, TONES[kind]),
        "relation": one.relation,
        "column": one.column,
        "before": one.before,
        "after": one.after,
    }


def _views(source: Source) -> list[dict[str, Any]]:
    uses = drift.used_columns(source)
    return [
        {
            "relation": one.relation,
            "view": one.view,
            "noted": moment(timezone.localtime(one.noted_at)),
            "gone": one.gone_at is not None,
            "columns": [
                {"name": name, "type": kind, "used_by": uses.get(one.relation, {}).get(name.lower(), [])}
                for name, kind in one.columns
            ],
        }
        for one in ViewSchema.objects.filter(origin=source.origin)
    ]
