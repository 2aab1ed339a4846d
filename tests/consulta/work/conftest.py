"""An agent at work: commits are real, since what one opened is read back from the audit."""

import pytest
from django.test import Client

from credentialing.models import Purpose
from tests import doors
from tests.factories.credentialing import make_purpose


@pytest.fixture
def purpose(committed: None) -> Purpose:
    return make_purpose()


@pytest.fixture
def colleague(committed: None) -> Client:
    """Another agent of the same agency."""
    other = make_purpose()
    return doors.session(other.user, other)
