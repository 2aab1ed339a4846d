"""An audit that does not commit means that nothing is shown."""

import logging

from django.http import HttpRequest, HttpResponse

from audit.recorder import AuditUnavailable
from senappen.lib import errors
from senappen.lib.types import GetResponse

logger = logging.getLogger(__name__)


class AuditUnavailableMiddleware:
    """Answer 503, without data, whatever view the refusal of the audit interrupted."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AuditUnavailable):
            return None
        match = request.resolver_match
        logger.error("audit unavailable, nothing shown: %s", match.view_name if match else "")
        return errors.answer(request, 503)
