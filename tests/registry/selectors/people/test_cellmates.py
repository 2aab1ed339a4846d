"""Who shared a cell, and for how long."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from registry.models import Prisoner, Unit
from registry.selectors.people.cellmates import cellmates
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, opened

pytestmark = pytest.mark.django_db

START = datetime(2025, 1, 1, 12, 0, tzinfo=UTC)


def held(unit: Unit, first: int, last: int | None, **fields: Any) -> Prisoner:
    """A prisoner in cell 14 of wing 2 from one day to another."""
    values = {"wing": "2", "cell": "14", **fields}
    ended = START + timedelta(days=last) if last is not None else None
    custody = make.make_custody(unit=unit, started_at=START + timedelta(days=first), ended_at=ended, **values)
    return custody.prisoner


def test_days_of_overlap_from_and_to() -> None:
    unit = make.make_unit()
    me = held(unit, 0, 100)
    other = held(unit, 70, 200)
    [seen] = cellmates(opened(me), ALL).rows
    assert seen.person.public_id == other.person.public_id
    assert (seen.days, seen.cell, seen.wing) == (30, "14", "2")
    assert seen.since == START + timedelta(days=70)
    assert seen.until == START + timedelta(days=100)


def test_still_together_has_no_end() -> None:
    unit = make.make_unit()
    me = held(unit, 0, None)
    held(unit, 10, None)
    [seen] = cellmates(opened(me), ALL).rows
    assert seen.until is None
    assert seen.days > 0


@pytest.mark.parametrize("fields", [{"cell": "15"}, {"wing": "3"}, {"cell": ""}])
def test_elsewhere_is_not_the_same_cell(fields: dict[str, str]) -> None:
    unit = make.make_unit()
    me = held(unit, 0, 100)
    held(unit, 0, 100, **fields)
    assert cellmates(opened(me), ALL).total == 0


def test_units_without_cells_make_no_cellmates() -> None:
    unit = make.make_unit()
    me = held(unit, 0, 100, wing="", cell="")
    held(unit, 0, 100, wing="", cell="")
    assert cellmates(opened(me), ALL).total == 0


def test_one_after_the_other_is_not_together() -> None:
    unit = make.make_unit()
    me = held(unit, 0, 50)
    held(unit, 50, 100)
    assert cellmates(opened(me), ALL).total == 0


def test_two_records_of_one_human_being_do_not_count_a_day_twice() -> None:
    unit = make.make_unit()
    me = held(unit, 0, 100)
    other = held(unit, 0, 40)
    held(unit, 20, 60, prisoner=make.make_prisoner(person=other.person))
    [seen] = cellmates(opened(me), ALL).rows
    assert seen.days == 60


def test_oneself_is_no_cellmate() -> None:
    unit = make.make_unit()
    me = held(unit, 0, 100)
    held(unit, 0, 100, prisoner=make.make_prisoner(person=me.person))
    assert cellmates(opened(me), ALL).total == 0


def test_the_longest_come_first_at_most_fifty() -> None:
    unit = make.make_unit()
    me = held(unit, 0, 100)
    for days in range(1, 53):
        held(unit, 0, days)
    found = cellmates(opened(me), ALL, limit=500)
    assert (len(found.rows), found.total, found.rows[0].days) == (50, 52, 52)
