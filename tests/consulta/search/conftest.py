"""An agent with an open purpose, and a base that is indexed when it is searched."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from credentialing.models import Purpose
from tests import doors
from tests.factories.credentialing import make_purpose
from tests.registry.selectors.search.indexing import index

Ask = Callable[..., Any]


@pytest.fixture
def purpose(committed: None) -> Purpose:
    return make_purpose()


@pytest.fixture
def agent(purpose: Purpose) -> Client:
    return doors.session(purpose.user, purpose)


@pytest.fixture
def ask(agent: Client) -> Ask:
    """Index the base, post the criteria and open the answer; `client=` for somebody else."""

    def _ask(client: Client | None = None, **criteria: str) -> Any:
        index()
        browser = client or agent
        posted = browser.post("/busca/", criteria)
        assert posted.status_code == 302, posted.content.decode()
        return browser.get(posted["Location"])

    return _ask
