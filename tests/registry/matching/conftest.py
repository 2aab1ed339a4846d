"""One model for the tests of matching: training takes seconds."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from registry.matching import linking, workbench
from registry.matching.model import Model
from registry.matching.subjects import subjects
from registry.models import MatchingModel
from registry.services import matching
from tests.registry.matching.people import invent


@pytest.fixture(scope="session")
def model() -> Model:
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects(invent()[0]))
        return linking.train(bench, "subjects")


@pytest.fixture(scope="session")
def scorer() -> Iterator[matching.Scorer]:
    """One scoring process for all tests: starting one takes a second."""
    with matching.Scorer() as one:
        yield one


@pytest.fixture
def adopted(model: Model, scorer: matching.Scorer, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("registry.services.resolution.settling.Scorer", lambda: nullcontext(scorer))
    MatchingModel.objects.create(version=model.version, parameters=model.to_json(), records=1, adopted=True)
    return f"model:{model.version}"
