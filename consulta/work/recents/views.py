"""Recents: /recentes/, a page, and a part of the home page for htmx."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from consulta import rendering
from consulta.access import Action, open_request
from consulta.work.recents.opened import recents, shown


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The persons opened lately: showing them again is a consultation."""
    access = open_request(request, Action.RECENTS, asked={})
    lines = recents(access)
    fragment = request.headers.get("HX-Request") == "true"
    template = "consulta/work/recents/_list.html" if fragment else "consulta/work/recents/page.html"
    return rendering.page(request, access, template, {"lines": lines, "active": "recents"}, shown=shown(lines))
