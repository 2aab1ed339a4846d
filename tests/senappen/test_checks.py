"""What the platform says of the PostgreSQL it is given."""

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import connections

from senappen import checks

pytestmark = pytest.mark.django_db(databases=["default", "audit", "auditor", "owner"])


def said(*databases: str) -> list[str]:
    return [one.msg for one in run_checks(tags=[Tags.database], databases=databases) if one.id == "senappen.W001"]


@pytest.mark.parametrize("door", ["default", "owner"])
def test_our_own_server_is_set_as_it_should_be(door: str) -> None:
    assert said(door) == []


def test_migrate_says_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(checks.LEAST, "max_wal_size", (10**9, "a million GB", "nothing is enough"))
    call_command("migrate", skip_checks=False, plan=True)
    assert "max_wal_size is below a million GB" in "".join(capsys.readouterr())


def test_a_parameter_below_its_least_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '4MB'")
    [warning] = said("default")
    assert warning.startswith("PostgreSQL's work_mem is below 32MB")
    monkeypatch.setitem(checks.LEAST, "max_locks_per_transaction", (10_000, "10000", "many"))
    assert len(said("default")) == 2


def test_nobody_is_asked_without_a_database() -> None:
    assert said() == []


@pytest.mark.parametrize("door", ["default", "audit", "auditor"])
def test_no_statement_is_compiled(door: str) -> None:
    with connections[door].cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), source FROM pg_settings WHERE name = 'jit'")
        assert cursor.fetchone() == ("off", "client")
