"""An agent with a purpose, and a person with records in two states."""

import pytest
from django.test import Client

from tests import doors
from tests.factories.credentialing import make_purpose, make_user


@pytest.fixture
def agent(committed: None) -> Client:
    """A browser with an open session and a purpose."""
    user = make_user()
    return doors.session(user, make_purpose(user))
