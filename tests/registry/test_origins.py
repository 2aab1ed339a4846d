"""Suppliers of records."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.selectors.provenance import source_of
from registry.services import origins
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_origin_is_as_fresh_as_its_last_load() -> None:
    origin = make.make_origin()
    assert origin.loaded_at is None
    origins.mark_loaded(origin, make.UPDATED)
    origins.mark_loaded(origin, make.UPDATED - timedelta(days=1))
    assert origin.loaded_at == make.UPDATED


def test_an_instant_that_a_wrong_clock_noted_is_not_fresh_and_does_not_stay() -> None:
    origin, now = make.make_origin(), datetime.now(UTC)
    origins.mark_loaded(origin, now + timedelta(days=365))
    assert source_of(origin, now).late

    origins.mark_loaded(origin, now)

    assert origin.loaded_at == now
    assert not source_of(origin, now).late
