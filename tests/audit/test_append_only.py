"""The application's role may append events. Nothing else, whatever it tries; the auditor's may read them."""

import pytest
from django.db import DatabaseError, connections, transaction

from audit import recorder
from audit.events import Event, Kind, system
from audit.models import AccessEvent

pytestmark = pytest.mark.usefixtures("committed", "as_in_production")
APP_ALIASES = ("default", "audit")
TABLES = ("accessevent", "eventkey", "link", "checkpoint", "retirement")

CHANGES = (
    "INSERT INTO {} DEFAULT VALUES",
    "UPDATE {} SET at = now()",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
    "DROP TABLE {}",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "CREATE INDEX ON {} (at)",
    "CREATE TRIGGER other AFTER INSERT ON {} EXECUTE FUNCTION audit_link_event()",
)
READING = "SELECT count(*) FROM {}"
REPLACEMENTS = (
    "CREATE OR REPLACE FUNCTION audit_append(event jsonb) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "DROP FUNCTION audit_append(jsonb)",
    "ALTER FUNCTION audit_append(jsonb) OWNER TO senappen_app",
    "DROP FUNCTION audit_link_event() CASCADE",
    "SELECT audit_chain(NULL, 0)",
    "SELECT audit_keep_checkpoint(1, now(), '')",
    "SELECT nextval('audit_accessevent_id_seq')",
    "SET ROLE postgres",
    "SET ROLE senappen_auditor",
    "ALTER ROLE senappen_app SUPERUSER",
)


def _append() -> int:
    return recorder.record_now(Event(kind=Kind.LOGIN, actor=system("test"), detail={"a": "um"}))


def _tables() -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname ~ %s AND relkind IN ('r', 'p')",
            [rf"^audit_({'|'.join(TABLES)})(_\d+_\d+|_default)?$"],
        )
        return [row[0] for row in cursor.fetchall()]


def _refusal(alias: str, statement: str) -> str:
    with pytest.raises(DatabaseError) as refused, transaction.atomic(using=alias):
        connections[alias].cursor().execute(statement)
    return str(refused.value)


def test_the_application_connects_as_another_role_than_the_owner() -> None:
    for alias in APP_ALIASES:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == ("senappen_app", False)


def test_an_appended_event_can_be_read_by_the_auditor() -> None:
    event = _append()
    assert AccessEvent.objects.using("auditor").get(pk=event).detail == {"a": "um"}


@pytest.mark.parametrize("alias", APP_ALIASES)
def test_events_can_be_neither_changed_nor_read_in_any_partition(alias: str) -> None:
    event, tables = _append(), _tables()
    assert {table.split("_")[1] for table in tables} == set(TABLES)
    assert len(tables) > len(TABLES) + 2
    for statement in (*CHANGES, READING):
        for table in tables:
            refusal = _refusal(alias, statement.format(table))
            assert "permission denied" in refusal or "must be owner" in refusal, (statement, table)
    assert AccessEvent.objects.using("owner").get(pk=event).actor == "system:test"


def test_the_auditor_reads_and_changes_nothing() -> None:
    _append()
    for table in (f"audit_{name}" for name in TABLES):
        connections["auditor"].cursor().execute(READING.format(table))
        for statement in CHANGES:
            refusal = _refusal("auditor", statement.format(table))
            assert "permission denied" in refusal or "must be owner" in refusal, (statement, table)
    assert "permission denied" in _refusal("auditor", "SELECT audit_append('{}')")
    assert "permission denied" in _refusal("auditor", "SELECT count(*) FROM registry_person")


def test_the_texts_are_kept_sealed() -> None:
    event = Event(kind=Kind.INTENT, actor=system("test"), purpose_text="por quê", detail={"asked": {"name": "Fulana"}})
    recorder.record_now(event)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT e::text || k::text FROM audit_accessevent e, audit_eventkey k")
        [[stored]] = cursor.fetchall()
        cursor.execute("SELECT sealed FROM audit_accessevent")
        [[sealed]] = cursor.fetchall()
    assert "system:test" in stored
    for text in ("Fulana", "por quê"):
        assert text not in stored
        assert text.encode() not in bytes(sealed)


def test_the_way_to_append_cannot_be_changed() -> None:
    for statement in REPLACEMENTS:
        assert _refusal("default", statement)


def test_the_role_cannot_give_itself_more() -> None:
    for table in TABLES:
        refusal = _refusal("default", f"GRANT SELECT, INSERT, UPDATE, DELETE ON audit_{table} TO senappen_app")
        assert "permission denied" in refusal
    with connections["default"].cursor() as cursor:
        for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"):
            cursor.execute("SELECT has_table_privilege('audit_accessevent', %s)", [privilege])
            assert cursor.fetchone() == (False,)


def test_django_cannot_delete_events_either() -> None:
    _append()
    for alias in (*APP_ALIASES, "auditor"):
        with pytest.raises(DatabaseError):
            AccessEvent.objects.using(alias).all().delete()
        with pytest.raises(DatabaseError):
            AccessEvent.objects.using(alias).update(actor="outro")


def test_now_is_the_databases_clock_and_the_number_its_own() -> None:
    events = AccessEvent.objects.using("auditor")
    first, second = events.get(pk=_append()), events.get(pk=_append())
    assert first.pk < second.pk
    assert first.at <= second.at
