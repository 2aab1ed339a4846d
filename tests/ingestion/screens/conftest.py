"""The administration, and a technician of Alagoas, each in a browser."""

import pytest
from django.test import Client

from credentialing.roles import Role
from tests import doors
from tests.factories.credentialing import make_agency, make_user


@pytest.fixture
def admin(db: None) -> Client:
    return doors.session(make_user(role=Role.GENERAL_ADMIN))


@pytest.fixture
def technician(db: None) -> Client:
    return doors.session(make_user(role=Role.STATE_TECHNICIAN, agency=make_agency("PP-AL")))
