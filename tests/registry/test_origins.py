"""Suppliers of records."""

from datetime import timedelta

import pytest

from registry.services import origins
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_origin_is_as_fresh_as_its_last_load() -> None:
    origin = make.make_origin()
    assert origin.loaded_at is None
    origins.mark_loaded(origin, make.UPDATED)
    origins.mark_loaded(origin, make.UPDATED - timedelta(days=1))
    assert origin.loaded_at == make.UPDATED
