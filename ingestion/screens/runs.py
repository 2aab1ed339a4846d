"""The log of one load, followed while it runs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ingestion.models import Load, Source
from ingestion.screens import access
from ingestion.screens.frame import source_frame
from ingestion.screens.present import runs as present

# htmx stops asking when it gets this status.
STOP_POLLING = 286


@require_safe
def load(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One load: its views, row counts and states. `?atualizar=nao` leaves the page as it is."""
    source = access.source_of(request, code)
    run = _run(source, pk)
    following = run["live"] and request.GET.get("atualizar") != "nao"
    context = {**source_frame(source, ""), "run": run, "following": following}
    return render(request, "ingestion/load/page.html", context)


@require_safe
def progress(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What moves in the log, alone."""
    run = _run(access.source_of(request, code), pk)
    status = 200 if run["live"] else STOP_POLLING
    return render(request, "ingestion/load/_progress.html", {"run": run, "following": run["live"]}, status=status)


def _run(source: Source, pk: int) -> dict[str, Any]:
    found = get_object_or_404(Load.objects.filter(source__origin=source.origin), pk=pk)
    return present.run(source.origin.code, found)
