"""The document says what the gateway does, and schemathesis tries what it says and what it does not say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation

from gateway import guard
from gateway.app import Gateway, routes
from gateway.openapi import document
from tests.factories.gateway import TOKEN, Running, free_port, serve

WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}
PATHS = sorted(document(["vw_preso"])["paths"])


@pytest.fixture(scope="module")
def described(running: Running) -> Iterator[Any]:
    """The document of a gateway that lets tokens be tried as often as one likes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "WRONG_PER_MINUTE", 1_000_000)
        with serve(replace(running.config, port=free_port())) as tried:
            address = f"http://127.0.0.1:{tried.port}/v1/openapi.json"
            yield schemathesis.openapi.from_url(address, headers=WITH_TOKEN)


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_as_the_document_says(described: Any, path: str, mode: GenerationMode) -> None:
    @given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    @seed(20_240_301)
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: Any) -> None:
        # A token that is what is wrong with the request must not be put right.
        header = case.meta.components.get(ParameterLocation.HEADER)
        case.call_and_validate(headers=None if header and header.mode.is_negative else WITH_TOKEN)

    try:
        check()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # nothing that could be wrong: no parameters


def test_every_address_is_in_the_document_and_no_other() -> None:
    gateway = Gateway.__new__(Gateway)  # routes need no configuration
    served = {re.sub(r":\w+}", "}", route.path) for route in routes(gateway)}
    assert set(document(["vw_preso"])["paths"]) == served


def test_the_document_names_the_agreed_views_only(running: Running) -> None:
    told = running.get("/v1/openapi.json").json()
    [view, *_] = told["paths"]["/v1/views/{view}"]["get"]["parameters"]
    assert view["schema"]["enum"] == sorted(running.config.views)
