"""What the planner knows of tables that are being filled: told at once, not at autovacuum's next round."""

import pytest
from django.db import connection, connections, transaction

from registry.models import NameKey
from registry.services import planner

KNOWN = "SELECT reltuples::int FROM pg_class WHERE oid = 'registry_namekey'::regclass"


@pytest.fixture(autouse=True)
def _known_before(committed: None) -> None:
    """What other tests left is looked at before."""
    planner.catch_up()


def fill(how_many: int, word: str) -> None:
    NameKey.objects.bulk_create(NameKey(key=f"{word}{number}", people=1) for number in range(how_many))


def known() -> int:
    """How many rows the planner takes the table to have."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        return int(cursor.fetchone()[0])


def analyse() -> None:
    """As autovacuum would."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE registry_namekey")


def test_a_table_just_filled_is_known_at_once_and_not_looked_at_again() -> None:
    fill(1000, "A")
    assert planner.catch_up() == 1
    assert known() == 1000
    assert planner.catch_up() == 0


def test_what_was_looked_at_while_it_was_being_filled_is_looked_at_again() -> None:
    fill(100, "A")
    planner.catch_up()
    with transaction.atomic():
        fill(2000, "B")
        analyse()
        assert known() == 100
    planner.catch_up()
    assert known() == 2100


def test_few_changes_are_left_to_autovacuum() -> None:
    fill(1000, "A")
    planner.catch_up()
    fill(300, "B")
    assert planner.catch_up() == 0
    fill(100, "C")
    assert planner.catch_up() == 1
    assert known() == 1400
