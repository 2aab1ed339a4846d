"""Reviewers with a purpose, each in a browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from credentialing.models import Activity
from credentialing.roles import Role
from tests import doors
from tests.factories.credentialing import make_agency, make_purpose, make_user

MakeReviewer = Callable[[str], Client]


@pytest.fixture
def make_reviewer(committed: None) -> MakeReviewer:
    """A browser of a reviewer by name."""

    def make(name: str) -> Client:
        user = make_user(username=name, role=Role.IDENTITY_REVIEWER, agency=make_agency("SENAPPEN", uf=""))
        return doors.session(user, make_purpose(user, activity=Activity.IDENTITY_REVIEW))

    return make


@pytest.fixture
def ana(make_reviewer: MakeReviewer) -> Client:
    return make_reviewer("ana")


@pytest.fixture
def bia(make_reviewer: MakeReviewer) -> Client:
    return make_reviewer("bia")
