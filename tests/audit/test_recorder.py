"""The only door in: at once for reads, with the change for writes, never half."""

import uuid

import pytest
from django.db import connections, transaction

from audit import recorder
from audit.events import Actor, Channel, Event, Kind
from audit.models import AccessEvent

pytestmark = pytest.mark.usefixtures("committed")
REQUEST = uuid.UUID(int=5)


def _event(**fields: object) -> Event:
    actor = Actor(id=1, username="fulana", role="agent", agency="PP-AL", channel=Channel.PAGE, request=REQUEST)
    return Event(kind=Kind.INTENT, actor=actor, **fields)  # type: ignore[arg-type]


def test_an_event_keeps_what_it_was_given() -> None:
    person, purpose = uuid.UUID(int=1), uuid.UUID(int=2)
    pk = recorder.record_now(
        _event(action="search", purpose=purpose, purpose_text="por quê", subjects=(person,), detail={"ã": [1]})
    )
    event = AccessEvent.objects.get(pk=pk)
    assert (event.actor_id, event.actor, event.role, event.agency) == (1, "fulana", "agent", "PP-AL")
    assert (event.channel, event.request, event.action) == ("page", REQUEST, "search")
    assert (event.purpose, event.purpose_text, event.subjects) == (purpose, "por quê", [person])
    assert event.detail == {"ã": [1]}


def test_a_read_is_recorded_even_when_the_readers_transaction_is_undone() -> None:
    with transaction.atomic():
        recorder.record_now(_event())
        transaction.set_rollback(True)
    assert AccessEvent.objects.count() == 1


def test_a_write_and_its_event_are_undone_together() -> None:
    with transaction.atomic():
        recorder.record_with(_event())
        transaction.set_rollback(True)
    assert not AccessEvent.objects.exists()


def test_an_event_of_a_write_needs_the_writes_transaction() -> None:
    with pytest.raises(RuntimeError):
        recorder.record_with(_event())


@pytest.mark.parametrize("alias", ["default", "audit"])
def test_an_unavailable_audit_says_so_and_the_connection_serves_again(alias: str) -> None:
    def record() -> int:
        if alias == "audit":
            return recorder.record_now(_event())
        with transaction.atomic():
            return recorder.record_with(_event())

    with transaction.atomic(using="owner"):
        connections["owner"].cursor().execute("LOCK TABLE audit_accessevent IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(recorder.AuditUnavailable):
            record()
    assert AccessEvent.objects.get(pk=record())


def test_waiting_for_the_audit_is_bounded_in_the_database_itself() -> None:
    with connections["audit"].cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("500ms", "2s")
        cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = 'audit_append'")
        assert "lock_timeout=500ms" in cursor.fetchone()[0]


def test_an_audit_that_went_away_says_so() -> None:
    with connections["audit"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    with pytest.raises(recorder.AuditUnavailable):
        recorder.record_now(_event())
    assert recorder.record_now(_event())
