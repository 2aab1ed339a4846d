"""Loads and judging at the same time."""

import pytest
from django.db import connections, transaction

from audit.events import system
from registry.models import PendingRecord
from registry.services import resolution
from tests.factories import registry as make

BY = system("test")
TOUCH = (
    "INSERT INTO registry_pendingrecord (record_id, since) VALUES (%s, now())"
    " ON CONFLICT (record_id) DO UPDATE SET since = EXCLUDED.since"
)


@pytest.mark.usefixtures("committed")
def test_record_touched_by_a_load_that_has_not_ended_stays_waiting() -> None:
    record = make.make_prisoner()
    PendingRecord.objects.create(record_id=record.pk)
    with transaction.atomic(using="audit"), connections["audit"].cursor() as another_session:
        another_session.execute(TOUCH, [record.pk])
        assert resolution.settle(by=BY).records == 0
    assert resolution.settle(by=BY).records == 1
