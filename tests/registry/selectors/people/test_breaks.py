"""What a custody history leaves unexplained."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.models import Prisoner
from registry.scope import Scope
from registry.selectors.people.breaks import Breaks
from registry.selectors.people.movements import movements
from registry.selectors.people.subject import open_subject
from tests.factories import registry as make

pytestmark = pytest.mark.django_db

START = datetime(2025, 3, 1, 15, 0, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def stay(prisoner: Prisoner, since: float, until: float | None, **fields: object) -> None:
    ended = None if until is None else day(until)
    make.make_custody(prisoner=prisoner, started_at=day(since), ended_at=ended, **fields)


def of(prisoner: Prisoner) -> Breaks:
    subject = open_subject(prisoner.person.public_id, Scope())
    assert subject is not None
    return movements(subject, Scope()).breaks


def test_days_without_custody_that_nothing_explains_are_a_gap() -> None:
    prisoner = make.make_prisoner()
    stay(prisoner, 0, 10)
    stay(prisoner, 40, None)
    [gap] = of(prisoner).gaps
    assert (gap.days, gap.transferred, gap.since, gap.until) == (30, False, day(10), day(40))


@pytest.mark.parametrize("kind", ["ALVARA", "FUGA", "LIV_COND"])
def test_whoever_was_released_or_fled_was_free(kind: str) -> None:
    prisoner = make.make_prisoner()
    stay(prisoner, 0, 10)
    stay(prisoner, 40, None)
    make.make_movement(prisoner=prisoner, kind=kind, occurred_at=day(10))
    assert of(prisoner).gaps == ()


def test_a_transfer_explains_two_days_and_no_more() -> None:
    quick, slow = make.make_prisoner(), make.make_prisoner()
    for prisoner, arrival in ((quick, 12), (slow, 15)):
        stay(prisoner, 0, 10)
        stay(prisoner, arrival, None)
        make.make_movement(prisoner=prisoner, kind="TR_SAI_UF", occurred_at=day(10))
    assert of(quick).gaps == ()
    assert [(gap.days, gap.transferred) for gap in of(slow).gaps] == [(5, True)]


def test_a_stay_within_another_leaves_no_gap_behind_it() -> None:
    prisoner = make.make_prisoner()
    stay(prisoner, 0, 100)
    stay(prisoner, 5, 10)
    stay(prisoner, 101, None)
    assert of(prisoner).gaps == ()


def test_days_in_two_units_at_once_are_an_overlap_across_states_too() -> None:
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    stay(here, 0, 50)
    stay(there, 40, 60)
    [overlap] = of(here).overlaps
    assert (overlap.days, overlap.ufs, overlap.since, overlap.until) == (10, ("AL", "PE"), day(40), day(50))


def test_two_open_stays_overlap_until_today() -> None:
    prisoner = make.make_prisoner()
    stay(prisoner, 0, None)
    stay(prisoner, 30, None)
    [overlap] = of(prisoner).overlaps
    assert overlap.until is None


def test_the_day_of_a_transfer_and_one_unit_twice_are_no_overlap() -> None:
    prisoner, unit = make.make_prisoner(), make.make_unit()
    stay(prisoner, 0, 10)
    stay(prisoner, 9, 30, unit=unit)
    stay(prisoner, 20, 40, unit=unit)
    assert of(prisoner).overlaps == ()
