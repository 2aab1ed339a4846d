"""A reference code for every request: on error pages, in answers' headers and in the audit."""

import uuid

from django.http import HttpRequest, HttpResponse

from senappen.lib import changes
from senappen.lib.types import GetResponse

# Nothing is changed by these (RFC 9110, 9.2.1).
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class RequestIdMiddleware:
    """Give the request an id (`request.reference`) that users can quote and operators can find."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = uuid.uuid4()  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-ID"] = str(request.reference)  # type: ignore[attr-defined]
        if response.get("Content-Type", "").startswith(("text/html", "application/json")):
            # Personal data must not stay in a shared machine's cache.
            response["Cache-Control"] = "no-store"
        return response


class ChangesMiddleware:
    """Let what a request changes be kept under its reference (`senappen.lib.changes`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return self.get_response(request)
        with changes.caused_by(request.reference):  # type: ignore[attr-defined]
            return self.get_response(request)
