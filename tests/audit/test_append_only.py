"""The application's role may append events and read them. Nothing else, whatever it tries."""

import pytest
from django.db import DatabaseError, connections, transaction

from audit import recorder
from audit.events import Event, Kind, system
from audit.models import AccessEvent

pytestmark = pytest.mark.usefixtures("committed")
APP_ALIASES = ("default", "audit")

CHANGES = (
    "INSERT INTO {} DEFAULT VALUES",
    "UPDATE {} SET actor = 'outro'",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
    "DROP TABLE {}",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "CREATE INDEX ON {} (actor)",
)
REPLACEMENTS = (
    "CREATE OR REPLACE FUNCTION audit_append(event jsonb) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "DROP FUNCTION audit_append(jsonb)",
    "ALTER FUNCTION audit_append(jsonb) OWNER TO senappen_app",
    "SET ROLE postgres",
    "ALTER ROLE senappen_app SUPERUSER",
)


def _append() -> int:
    return recorder.record_now(Event(kind=Kind.LOGIN, actor=system("test"), detail={"a": "um"}))


def _tables() -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'audit_accessevent%%' AND relkind IN ('r', 'p')"
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


def test_an_appended_event_can_be_read() -> None:
    event = _append()
    assert AccessEvent.objects.get(pk=event).detail == {"a": "um"}


@pytest.mark.parametrize("alias", APP_ALIASES)
def test_events_cannot_be_changed_in_any_partition(alias: str) -> None:
    event, tables = _append(), _tables()
    assert len(tables) > 2
    for statement in CHANGES:
        for table in tables:
            refusal = _refusal(alias, statement.format(table))
            assert "permission denied" in refusal or "must be owner" in refusal
    assert AccessEvent.objects.using("owner").get(pk=event).actor == "system:test"


def test_the_way_to_append_cannot_be_changed() -> None:
    for statement in REPLACEMENTS:
        assert _refusal("default", statement)


def test_the_role_cannot_give_itself_more() -> None:
    # PostgreSQL answers this with a warning, not an error.
    with connections["default"].cursor() as cursor:
        cursor.execute("GRANT INSERT, UPDATE, DELETE, TRUNCATE ON audit_accessevent TO senappen_app")
        for privilege in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute("SELECT has_table_privilege('audit_accessevent', %s)", [privilege])
            assert cursor.fetchone() == (False,)


def test_django_cannot_delete_events_either() -> None:
    _append()
    with pytest.raises(DatabaseError):
        AccessEvent.objects.all().delete()
    with pytest.raises(DatabaseError):
        AccessEvent.objects.update(actor="outro")


def test_now_is_the_databases_clock_and_the_number_its_own() -> None:
    first, second = AccessEvent.objects.get(pk=_append()), AccessEvent.objects.get(pk=_append())
    assert first.pk < second.pk
    assert first.at <= second.at
