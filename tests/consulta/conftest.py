"""An agent with an open purpose, in a browser and as a program; and one who may not see lawyers."""

import pytest
from django.test import Client

from credentialing.models import Purpose
from registry.scope import Scope
from tests import doors
from tests.factories.credentialing import make_purpose


@pytest.fixture
def purpose(db: None) -> Purpose:
    return make_purpose()


@pytest.fixture
def agent(purpose: Purpose) -> Client:
    """A browser."""
    return doors.session(purpose.user, purpose)


@pytest.fixture
def program(purpose: Purpose) -> Client:
    """A client of the API."""
    return doors.token(purpose.user, purpose)


@pytest.fixture
def without_lawyers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever consults may not see lawyers."""
    monkeypatch.setattr("consulta.access.scope_of", lambda _user: Scope())
