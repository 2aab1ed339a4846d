"""Where a person has been."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.labels import Effect
from registry.selectors.people.movements import movements
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, opened

pytestmark = pytest.mark.django_db

START = datetime(2024, 5, 10, 12, 0, tzinfo=UTC)


def test_two_states_in_one_timeline_newest_first() -> None:
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    make.make_movement(prisoner=here, kind="INC_ORIG", occurred_at=START)
    make.make_movement(prisoner=there, kind="TR_ENT_INTER", occurred_at=START + timedelta(days=30))
    make.make_movement(prisoner=here, kind="TR_SAI_INTER", occurred_at=START + timedelta(days=29))
    events = movements(opened(here), ALL).events
    assert [(event.source.code, event.kind.code) for event in events] == [
        ("PE", "TR_ENT_INTER"),
        ("AL", "TR_SAI_INTER"),
        ("AL", "INC_ORIG"),
    ]


def test_times_are_on_the_clock_of_the_state() -> None:
    prisoner = make.make_prisoner(origin=make.make_origin("AM"))
    make.make_movement(prisoner=prisoner, occurred_at=START)
    assert movements(opened(prisoner), ALL).events[0].at.isoformat() == "2024-05-10T08:00:00-04:00"


@pytest.mark.parametrize(("late", "days"), [(timedelta(hours=47), None), (timedelta(days=5), 5)])
def test_a_late_entry_tells_how_late(late: timedelta, days: int | None) -> None:
    prisoner = make.make_prisoner()
    make.make_movement(prisoner=prisoner, occurred_at=START, registered_at=START + late)
    assert movements(opened(prisoner), ALL).events[0].delay_days == days


def test_a_code_without_mapping_stays_as_received() -> None:
    prisoner = make.make_prisoner()
    make.make_movement(prisoner=prisoner, kind="0471")
    [event] = movements(opened(prisoner), ALL).events
    assert (event.kind.text, event.kind.known, event.effect) == ("0471", False, Effect.UNKNOWN)


def test_ends_are_named() -> None:
    prisoner = make.make_prisoner()
    start, end = make.make_unit(name="De cá"), make.make_unit(name="De lá")
    make.make_movement(prisoner=prisoner, kind="TR_SAI_UF", unit_from=start, unit_to=end)
    [event] = movements(opened(prisoner), ALL).events
    assert event.unit_from is not None
    assert event.unit_to is not None
    assert (event.unit_from.name, event.unit_to.name) == ("De cá", "De lá")


def test_stays_of_two_states_at_once_are_disputed() -> None:
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    make.make_custody(prisoner=here, started_at=START, ended_at=START + timedelta(days=100))
    make.make_custody(prisoner=there, started_at=START + timedelta(days=50), ended_at=START + timedelta(days=80))
    make.make_custody(prisoner=there, started_at=START + timedelta(days=200))
    stays = movements(opened(here), ALL).stays
    assert [(stay.source.uf, stay.disputed) for stay in stays] == [("AL", True), ("PE", True), ("PE", False)]


def test_the_hours_of_a_transfer_are_no_dispute() -> None:
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    make.make_custody(prisoner=here, started_at=START, ended_at=START + timedelta(days=10, hours=5))
    make.make_custody(prisoner=there, started_at=START + timedelta(days=10))
    assert not any(stay.disputed for stay in movements(opened(here), ALL).stays)


def test_the_limit_leaves_the_total_true() -> None:
    prisoner = make.make_prisoner()
    for day in range(5):
        make.make_movement(prisoner=prisoner, occurred_at=START + timedelta(days=day))
    found = movements(opened(prisoner), ALL, limit=2)
    assert (len(found.events), found.total) == (2, 5)
