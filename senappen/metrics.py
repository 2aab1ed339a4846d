"""`/metrics` for Prometheus: its own door, since a scraper is no person."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.http import require_safe

from ingestion.metrics import exposition

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The metrics, to whoever brings METRICS_TOKEN as a bearer token: 403 otherwise, 404 where none is set."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponseForbidden(content_type="text/plain")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
