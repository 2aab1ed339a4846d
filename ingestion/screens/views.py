"""The connectors: all of them, and one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ingestion.screens import access
from ingestion.screens.frame import source_frame


@require_safe
def connectors(request: HttpRequest) -> HttpResponse:
    """Every source the reader sees."""
    sources = access.visible_sources(access.reader(request))
    return render(request, "ingestion/connectors/page.html", {"sources": sources, "active": "connectors"})


@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """One source."""
    found = access.source_of(request, code)
    return render(request, "ingestion/source/page.html", source_frame(found, "status"))
