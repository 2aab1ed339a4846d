"""Texts of events: sealed, opened in one query a page, rotated, and empty once their key is gone."""

import base64
import uuid
from importlib import import_module

import pytest
from django.db import connections
from pytest_django import DjangoAssertNumQueries, Settings

from audit import recorder, sealing, selectors
from audit.events import Event, Kind, system
from audit.key_vault import EventKeyVault
from audit.models import AccessEvent
from senappen.lib import crypto
from tests.audit.verifying import report
from tests.conftest import READABLE

OLD, NEW = (base64.b64encode(letter * 32).decode() for letter in (b"o", b"n"))
REQUEST = uuid.UUID(int=1)


def _append(text: str = "um") -> int:
    return recorder.record_now(
        Event(kind=Kind.INTENT, actor=system("test"), purpose_text="por quê", detail={"a": text})
    )


def _owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def test_a_text_opens_for_its_own_event_alone() -> None:
    sealed = sealing.seal({"detail": {"ã": 1}}, request=REQUEST, kind="intent")
    assert sealing.unseal(sealed, request=REQUEST, kind="intent") == {"detail": {"ã": 1}}
    for request, kind in ((uuid.UUID(int=2), "intent"), (REQUEST, "login")):
        with pytest.raises(crypto.DecryptionError):
            sealing.unseal(sealed, request=request, kind=kind)
    other = sealing.seal({"detail": {}}, request=REQUEST, kind="intent")
    with pytest.raises(crypto.DecryptionError):
        sealing.unseal(sealing.Sealed(sealed.sealed, other.wrapped), request=REQUEST, kind="intent")


@pytest.mark.usefixtures("committed")
class TestKept:
    """On a database that commits."""

    def test_a_page_opens_its_texts_in_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for number in range(5):
            _append(str(number))
        with django_assert_num_queries(2, connection=connections["auditor"]):
            page = selectors.page(selectors.of_all())
            assert [event.detail["a"] for event in page.events] == ["4", "3", "2", "1", "0"]

    def test_without_its_key_a_text_is_forgotten_and_the_chain_stays(self) -> None:
        event = _append()
        _owner("TRUNCATE audit_eventkey")
        found = AccessEvent.objects.using("auditor").get(pk=event)
        assert (found.purpose_text, found.detail, found.forgotten) == ("", {}, True)
        assert report().wrong == []

    def test_a_damaged_text_reads_as_forgotten(self) -> None:
        event = _append()
        _owner("UPDATE audit_accessevent SET sealed = '\\x00'")
        assert AccessEvent.objects.using("auditor").get(pk=event).forgotten

    def test_keys_move_to_the_current_key_and_the_chain_stays(self, settings: Settings) -> None:
        settings.FIELD_KEYS = [OLD]
        events = [_append() for _ in range(5)]
        settings.FIELD_KEYS = [NEW, OLD]
        vault = EventKeyVault()
        assert set(vault.counts().values()) == {5}
        first = vault.reseal(None, 3)
        second = vault.reseal(first.last, 3)
        assert (first.resealed, second.resealed, second.last) == (3, 2, None)
        settings.FIELD_KEYS = [NEW]
        assert vault.counts() == {crypto.keys()[0]: 5}
        assert all(AccessEvent.objects.using("auditor").get(pk=event).detail == {"a": "um"} for event in events)
        assert report().wrong == []

    def test_a_key_that_nothing_opens_is_counted_and_left(self, settings: Settings) -> None:
        settings.FIELD_KEYS = [OLD]
        _append()
        settings.FIELD_KEYS = [NEW]
        assert (EventKeyVault().reseal(None, 3).unopened, EventKeyVault().counts().total()) == (1, 1)

    def test_events_recorded_before_there_were_chains_are_sealed_and_linked_in_order(self) -> None:
        """Both ways of the migration, on rows as it finds them."""
        migration = import_module("audit.migrations.0002_chain")
        events = [_append(str(number)) for number in range(20)]
        with connections["owner"].schema_editor() as editor:
            for step in reversed(migration.Migration.operations):
                _database(step, editor, backwards=True)
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT id, purpose_text, detail ->> 'a' FROM audit_accessevent ORDER BY id")
            plain = [(event, "por quê", str(number)) for number, event in enumerate(events)]
            assert cursor.fetchall() == plain
        with connections["owner"].schema_editor() as editor:
            for step in migration.Migration.operations:
                _database(step, editor, backwards=False)
        _owner(READABLE)  # which the migration took back, and other tests need
        _append("20")
        found = selectors.opened(list(selectors.of_all().order_by("id")))
        assert [event.detail["a"] for event in found] == [str(number) for number in range(21)]
        assert (report().links, report().wrong) == (21, [])
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT event, lag(event) OVER (PARTITION BY stream ORDER BY seq) FROM audit_link")
            assert all(before is None or before < event for event, before in cursor.fetchall())


def _database(step: object, editor: object, *, backwards: bool) -> None:
    """What an operation does to the database, without the state of the models, which it leaves alone."""
    from django.db.migrations import RunPython, RunSQL, SeparateDatabaseAndState

    if isinstance(step, SeparateDatabaseAndState):
        for inner in reversed(step.database_operations) if backwards else step.database_operations:
            _database(inner, editor, backwards=backwards)
    elif isinstance(step, RunPython):
        (step.reverse_code if backwards else step.code)(None, editor)
    elif isinstance(step, RunSQL):
        statement = step.reverse_sql if backwards else step.sql
        if statement:
            editor.execute(statement, params=None)  # type: ignore[attr-defined]
