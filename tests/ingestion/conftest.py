"""A state of its own for every test that loads one."""

from collections.abc import Iterator

import pytest

from tests.factories.ingestion import State, make_state


@pytest.fixture
def state(states_server: str) -> Iterator[State]:
    """An empty small state (tests.factories.ingestion)."""
    made = make_state(states_server)
    yield made
    made.drop()
