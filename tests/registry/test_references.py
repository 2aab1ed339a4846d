"""References that the database does not hold: every one is known, and what breaks one is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registry.selectors import references
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def _check() -> str:
    out = StringIO()
    call_command("check_references", stdout=out)
    return out.getvalue()


def test_those_the_database_does_not_hold_are_known() -> None:
    known = {str(reference) for reference in references.unchecked()}

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text || '.' || attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'f'"
        )
        held = {row[0] for row in cursor.fetchall()}
    assert {"registry_movement.prisoner_id", "registry_record.home_id", "registry_visit.visitor_id"} <= known
    assert not known & held


def test_a_whole_base_is_told_so() -> None:
    make.make_custody(prisoner=make.make_prisoner())

    assert "todas inteiras" in _check()


def test_a_row_without_its_parent_is_found_by_table_and_column() -> None:
    custody = make.make_custody(prisoner=make.make_prisoner())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_custody SET prisoner_id = -1 WHERE id = %s", [custody.pk])

    assert {str(one): count for one, count in references.orphans() if count} == {"registry_custody.prisoner_id": 1}
    with pytest.raises(CommandError, match="sem a linha a que se referem"):
        _check()
