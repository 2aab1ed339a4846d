"""The last check before an answer leaves: what a consultation shows must carry its receipt."""

import logging
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, reverse

from consulta.access import PurposeRequired
from consulta.limits import LimitReached
from consulta.marks import is_marked
from consulta.profile.grounds import ReasonRequired
from consulta.rendering import Disclosed
from senappen.lib import errors
from senappen.lib.types import GetResponse

logger = logging.getLogger(__name__)

APP = "consulta"


class ReceiptMiddleware:
    """Refuse (500) a successful or streamed answer of this app that was not disclosed, unless its view is marked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or not _belongs(match) or _may_leave(match, response):
            return response
        # The route's name alone: its parameters may point to a person.
        logger.error("answer without a receipt refused: %s", match.view_name)
        return errors.answer(request, 500)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Without a purpose, or a reason for a lawyer's profile, a page leads to where it is given; beyond the limits
        it says so (the API answers 428 and 429 by itself)."""
        wanted = request.path
        if isinstance(exception, LimitReached):
            answer = errors.answer(request, 429, exception.message)
            answer["Retry-After"] = str(exception.wait)
            return answer
        if isinstance(exception, ReasonRequired):
            address = reverse("consulta:profile-reason", args=[exception.public_id])
            # A form on its way cannot be sent again by a redirect: back to the profile.
            wanted = request.path if request.method == "GET" else ""
        elif isinstance(exception, PurposeRequired):
            address = reverse("credentialing:purpose")
            if request.path.startswith(errors.API_PREFIX):
                return errors.answer(request, 428, "Declare a finalidade da consulta.")
        else:
            return None
        if request.headers.get("HX-Request") == "true":
            # 204: an answer with a body would have to carry a receipt.
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(f"{address}?{urlencode({'next': wanted})}")


def _belongs(match: ResolverMatch) -> bool:
    module = getattr(match.func, "__module__", "")
    return APP in match.app_names or module == APP or module.startswith(f"{APP}.")


def _may_leave(match: ResolverMatch, response: HttpResponseBase) -> bool:
    if response.streaming:
        return False
    shows = 200 <= response.status_code < 300 and response.status_code != 204
    return not shows or isinstance(response, Disclosed) or is_marked(match.func)
