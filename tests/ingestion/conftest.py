"""A small state for every test that loads one."""

from collections.abc import Iterator

import pytest

from tests.factories.ingestion import State, make_state


@pytest.fixture(scope="session")
def _state_database(states_server: str) -> Iterator[State]:
    made = make_state(states_server)
    yield made
    made.drop()


@pytest.fixture
def state(_state_database: State) -> State:
    """An empty small state (tests.factories.ingestion)."""
    _state_database.empty()
    return _state_database
