"""The last check: nothing of a consultation leaves without the receipt of its disclosure."""

import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseNotFound, HttpResponseRedirect, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from django.views import View

from consulta.access import Receipt
from consulta.marks import shows_no_person
from consulta.middleware import ReceiptMiddleware
from consulta.rendering import Disclosed

PERSON = "3f0e6f0a-0000-4000-8000-000000000001"


def _pass(
    view: Callable[..., Any], response: HttpResponse, *, app: str = "consulta", path: str = "/x/"
) -> HttpResponse:
    request = RequestFactory().get(path)
    names = {"app_names": [app] if app else [], "namespaces": [app] if app else []}
    request.resolver_match = ResolverMatch(view, (), {"person": PERSON}, url_name="nome", **names)
    return ReceiptMiddleware(lambda _: response)(request)


def _view(request: object) -> HttpResponse:
    return HttpResponse("FULANA INVENTADA")


def test_an_answer_without_a_receipt_becomes_an_error_that_shows_nothing() -> None:
    answer = _pass(_view, HttpResponse("FULANA INVENTADA"))
    assert answer.status_code == 500
    assert b"FULANA" not in answer.content


def test_what_is_logged_of_it_is_the_route_alone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        _pass(_view, HttpResponse("FULANA INVENTADA"), path=f"/pessoas/{PERSON}/")
    assert "consulta:nome" in caplog.text
    assert PERSON not in caplog.text
    assert "FULANA" not in caplog.text


def test_a_disclosed_answer_leaves() -> None:
    receipt = Receipt(id=uuid.UUID(int=1), event=1)
    disclosed = Disclosed(b"FULANA INVENTADA", receipt=receipt, content_type="text/html")
    assert _pass(_view, disclosed) is disclosed
    assert disclosed["X-Receipt"] == str(receipt.id)


def test_a_view_of_the_app_is_watched_under_any_name() -> None:
    class Api(View):
        __module__ = "consulta.search.api"

    assert _pass(Api.as_view(), HttpResponse("{}"), app="").status_code == 500
    assert _pass(Api.as_view(), HttpResponse("{}"), app="", path="/api/v1/x/").status_code == 500


@pytest.mark.parametrize("status", [200, 201, 206])
def test_every_success_with_content_is_watched(status: int) -> None:
    assert _pass(_view, HttpResponse("x", status=status)).status_code == 500


@pytest.mark.parametrize("answer", [HttpResponseRedirect("/"), HttpResponseNotFound(), HttpResponse(status=204)])
def test_answers_that_show_nothing_leave(answer: HttpResponse) -> None:
    assert _pass(_view, answer) is answer


def test_a_stream_never_leaves_not_even_from_a_marked_view() -> None:
    stream = StreamingHttpResponse(iter([b"FULANA INVENTADA"]))
    assert _pass(shows_no_person(lambda _: stream), stream).status_code == 500


def test_a_marked_view_may_answer_without_a_receipt() -> None:
    @shows_no_person
    def form(request: object) -> HttpResponse:
        return HttpResponse("formulário")

    @shows_no_person
    class Marked(View):
        pass

    for view in (form, Marked.as_view()):
        assert _pass(view, HttpResponse("formulário")).status_code == 200


def test_other_apps_are_not_watched() -> None:
    assert _pass(_view, HttpResponse("x"), app="credentialing").status_code == 200


def test_the_marked_views_of_the_platform_are_these() -> None:
    """A new exception to the rule must be added here, and looked at."""
    from django.urls import URLResolver, get_resolver

    from consulta.marks import is_marked

    def views(resolver: URLResolver) -> Any:
        for pattern in resolver.url_patterns:
            yield from views(pattern) if isinstance(pattern, URLResolver) else [pattern]

    marked = {pattern.name for pattern in views(get_resolver()) if is_marked(pattern.callback)}
    assert marked == {
        "approvals",
        "approve-export",
        "approve-follow",
        "batch",
        "country-form",
        "crossing-reason",
        "diagram-keep",
        "diagrams",
        "edition",
        "edition-file",
        "exceptional",
        "exceptional-queue",
        "exceptional-review",
        "exports",
        "figure",
        "figures",
        "figures-coverage",
        "figures-states",
        "folder-notes",
        "folders",
        "follow",
        "follow-renew",
        "follow-search",
        "forget-panel",
        "levantamento",
        "missing",
        "review-votes",
        "save-panel",
        "saved",
        "saved-search",
        "saved-searches",
        "seal",
        "seal-grant",
        "seal-grant-decide",
        "seal-lift",
        "seal-lift-decide",
        "seal-new",
        "seal-request",
        "seal-request-new",
        "seal-request-withdraw",
        "seal-requests",
        "seal-requests-waiting",
        "seals",
        "search",
        "sign-edition",
        "statistics-file",
        "statistics-panel",
        "watermark",
    }
