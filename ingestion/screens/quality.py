"""The quality of what one state sends, and of all states side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from credentialing.roles import Permission
from ingestion.screens import access
from ingestion.screens.forms import QualityForm
from ingestion.screens.frame import source_frame
from ingestion.screens.present import findings
from ingestion.screens.present import quality as present
from ingestion.selectors import quality as selector
from ingestion.selectors.findings import by_rule


@require_safe
def quality(request: HttpRequest, code: str) -> HttpResponse:
    """The four scores and how they moved; the fields, the worst first."""
    source = access.source_of(request, code)
    form = QualityForm(request.GET)
    form.is_valid()
    measures = selector.latest(source.origin)
    fields, sound = present.fields(code, present.narrowed(measures, form.asked_view), form.asked_dimension)
    context = {
        **source_frame(source, "quality"),
        "form": form,
        "measured": present.measured(measures),
        "dimensions": present.dimensions(selector.trend(source.origin)),
        "fields": fields,
        "sound": sound,
        "rules": findings.rules(code, by_rule(source.origin)),
        "delays": present.delays(present.narrowed(measures, form.asked_view)),
    }
    return render(request, "ingestion/quality/page.html", context)


@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """The last scores of every state, for the administration."""
    user = access.reader(request, needs=Permission.MANAGE_SOURCES)
    rows = present.origins(selector.of_each(access.visible_origins(user)))
    return render(request, "ingestion/quality/national.html", {"active": "connectors", "rows": rows})
