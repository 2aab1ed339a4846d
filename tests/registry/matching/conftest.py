"""One model for the tests of matching: training takes seconds."""

import pytest

from registry.matching import linking, workbench
from registry.matching.model import Model
from registry.matching.subjects import subjects
from tests.registry.matching.people import invent


@pytest.fixture(scope="session")
def model() -> Model:
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects(invent()[0]))
        return linking.train(bench, "subjects")
