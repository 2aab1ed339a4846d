"""Events are linked when they commit, in order, without anyone waiting for a load."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connections, transaction

from audit import recorder
from audit.events import Event, Kind, system
from audit.models import AccessEvent
from tests.audit.verifying import report

pytestmark = pytest.mark.usefixtures("committed")


def _append(**detail: object) -> int:
    return recorder.record_now(Event(kind=Kind.LOGIN, actor=system("test"), detail=detail))


def _links() -> list[tuple[int, int, int]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT stream, seq, event FROM audit_link ORDER BY stream, seq")
        return list(cursor.fetchall())


def test_every_event_has_one_link_and_the_whole_verifies() -> None:
    events = {_append(number=number) for number in range(40)}
    assert {event for _, _, event in _links()} == events
    assert len({stream for stream, _, _ in _links()}) == 16
    found = report()
    assert (found.links, found.wrong) == (40, [])


def test_an_event_of_a_transaction_that_is_undone_has_neither_row_nor_link() -> None:
    with transaction.atomic():
        recorder.record_with(Event(kind=Kind.CONFIGURED, actor=system("test")))
        transaction.set_rollback(True)
    _append()
    assert len(_links()) == 1
    assert report().wrong == []


def test_a_long_transaction_that_recorded_holds_no_stream() -> None:
    with transaction.atomic():
        for _ in range(20):
            recorder.record_with(Event(kind=Kind.CONFIGURED, actor=system("load")))
        reads = [_append() for _ in range(40)]
        assert len(_links()) == 40
    assert len(_links()) == 60
    assert report().wrong == []
    assert set(reads) < {event for _, _, event in _links()}


def test_streams_that_are_all_taken_refuse_within_the_time_limit() -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(1635083369, stream) FROM generate_series(0, 15) AS s(stream)")
        with pytest.raises(recorder.AuditUnavailable):
            _append()
    assert _links() == []
    assert not AccessEvent.objects.exists()
    assert _append()


def test_a_locked_chain_refuses_the_append_and_not_only_the_commit() -> None:
    with transaction.atomic(using="owner"):
        connections["owner"].cursor().execute("LOCK TABLE audit_link IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(recorder.AuditUnavailable), transaction.atomic():
            recorder.record_with(Event(kind=Kind.CONFIGURED, actor=system("test")))
        with pytest.raises(recorder.AuditUnavailable):
            _append()
    assert _append()


def test_many_at_once_lose_nothing_and_break_nothing() -> None:
    def write(worker: int) -> list[int]:
        try:
            return [_append(worker=worker, number=number) for number in range(50)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        made = [event for events in pool.map(write, range(8)) for event in events]
    assert {event for _, _, event in _links()} == set(made)
    assert report().wrong == []


def test_an_event_inserted_by_the_owner_is_linked_like_any_other() -> None:
    """The owner's insertion is an event in the open; taking its link away makes it one that was put in by hand."""
    event = _append()
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM audit_link")
    [wrong] = report().wrong
    assert str(wrong) == f"o evento {event} está na tabela sem elo: foi inserido por fora"


def test_a_second_link_to_an_event_is_refused() -> None:
    _append()
    with pytest.raises(DatabaseError), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT audit_chain(e, 3) FROM audit_accessevent e")
