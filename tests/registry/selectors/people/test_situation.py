"""Where a person is now."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from registry.models import Prisoner
from registry.selectors.people.doubts import Doubt
from registry.selectors.people.situation import Situation, State, situation
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, NO_LAWYERS, opened

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def now_of(prisoner: Prisoner) -> Situation:
    return situation(opened(prisoner), ALL)


def doubts(found: Situation) -> list[Doubt]:
    return [contradiction.doubt for contradiction in found.contradictions]


def test_in_custody_with_unit_cell_and_days() -> None:
    prisoner = make.make_prisoner()
    unit = make.make_unit(name="Presídio do Teste", origin=prisoner.origin)
    make.make_custody(prisoner=prisoner, unit=unit, wing="2", cell="14", started_at=days_ago(100), regime="SEMIABERTO")
    found = now_of(prisoner)
    [place] = found.places
    assert found.state == State.CUSTODY
    assert (place.unit.name, place.wing, place.cell, place.days) == ("Presídio do Teste", "2", "14", 100)
    assert place.regime.text == "Semiaberto"


def test_since_is_told_on_the_clock_of_the_state() -> None:
    prisoner = make.make_prisoner(origin=make.make_origin("AC"))
    make.make_custody(prisoner=prisoner, started_at=datetime(2026, 3, 1, 3, 0, tzinfo=UTC))
    assert now_of(prisoner).places[0].since.isoformat() == "2026-02-28T22:00:00-05:00"


def test_released_when_every_custody_is_closed() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(90), ended_at=days_ago(10))
    make.make_movement(prisoner=prisoner, kind="ALVARA", occurred_at=days_ago(10))
    found = now_of(prisoner)
    assert found.state == State.RELEASED
    assert found.step is not None
    assert found.step.kind.code == "ALVARA"


def test_released_even_if_the_state_tells_no_movement() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(90), ended_at=days_ago(10))
    assert now_of(prisoner).state == State.RELEASED


@pytest.mark.parametrize("kind", ["FUGA", "EVASAO", "ABANDONO"])
def test_a_fugitive_after_an_escape(kind: str) -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(90), ended_at=days_ago(10))
    make.make_movement(prisoner=prisoner, kind=kind, occurred_at=days_ago(10))
    assert now_of(prisoner).state == State.FUGITIVE


def test_a_fugitive_although_the_state_left_the_custody_open() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(90))
    make.make_movement(prisoner=prisoner, kind="FUGA", occurred_at=days_ago(10))
    found = now_of(prisoner)
    assert found.state == State.FUGITIVE
    assert Doubt.HELD_AFTER_ESCAPE in doubts(found)


def test_no_fugitive_after_recapture() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(5))
    make.make_movement(prisoner=prisoner, kind="FUGA", occurred_at=days_ago(50))
    make.make_movement(prisoner=prisoner, kind="RECAP", occurred_at=days_ago(5))
    found = now_of(prisoner)
    assert (found.state, found.contradictions) == (State.CUSTODY, ())


def test_in_transit_while_a_temporary_movement_is_open() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(90))
    make.make_movement(prisoner=prisoner, kind="HOSP", occurred_at=days_ago(3), expected_return_at=days_ago(1))
    found = now_of(prisoner)
    assert found.state == State.TRANSIT
    assert found.step is not None
    assert found.step.overdue


def test_back_in_custody_after_the_return() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(90))
    make.make_movement(prisoner=prisoner, kind="HOSP", occurred_at=days_ago(3))
    make.make_movement(prisoner=prisoner, kind="RET_HOSP", occurred_at=days_ago(1))
    assert now_of(prisoner).state == State.CUSTODY


def test_a_temporary_movement_of_an_older_custody_does_not_count() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(9))
    make.make_movement(prisoner=prisoner, kind="SAI_TEMP", occurred_at=days_ago(400))
    assert now_of(prisoner).state == State.CUSTODY


def test_transferred_while_no_state_tells_of_the_arrival() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(90), ended_at=days_ago(1))
    make.make_movement(prisoner=prisoner, kind="TR_SAI_INTER", occurred_at=days_ago(1), other_uf="MG")
    found = now_of(prisoner)
    assert found.state == State.TRANSFERRED
    assert found.step is not None
    assert found.step.other_uf == "MG"


def test_dead_by_the_registration_or_by_the_movement() -> None:
    declared = make.make_prisoner(died_on=date(2026, 2, 1))
    moved = make.make_prisoner()
    make.make_movement(prisoner=moved, kind="OBITO", occurred_at=datetime(2026, 2, 1, 12, tzinfo=UTC))
    for prisoner in (declared, moved):
        found = now_of(prisoner)
        assert (found.state, found.died_on) == (State.DEAD, date(2026, 2, 1))


def test_in_conflict_when_another_state_takes_the_dead_in() -> None:
    dead = make.make_prisoner(died_on=days_ago(100).date())
    alive = make.make_prisoner(person=dead.person, origin=make.make_origin("PE"))
    make.make_custody(prisoner=alive, started_at=days_ago(20))
    found = now_of(dead)
    assert found.state == State.CONFLICT
    assert Doubt.HELD_AFTER_DEATH in doubts(found)


def test_in_conflict_when_two_states_hold_the_person() -> None:
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    make.make_custody(prisoner=here)
    make.make_custody(prisoner=there)
    found = now_of(here)
    assert found.state == State.CONFLICT
    assert {place.source.code for place in found.places} == {"AL", "PE"}
    [contradiction] = found.contradictions
    assert (contradiction.doubt, contradiction.origins) == (Doubt.TWO_STATES, ("AL", "PE"))


def test_two_records_in_the_same_unit_are_no_conflict() -> None:
    one = make.make_prisoner()
    twice = make.make_prisoner(person=one.person)
    unit = make.make_unit(origin=one.origin)
    make.make_custody(prisoner=one, unit=unit)
    make.make_custody(prisoner=twice, unit=unit)
    assert now_of(one).state == State.CUSTODY


def test_an_exit_told_with_the_custody_still_open_is_a_doubt() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, started_at=days_ago(90))
    make.make_movement(prisoner=prisoner, kind="ALVARA", occurred_at=days_ago(5))
    found = now_of(prisoner)
    assert (found.state, doubts(found)) == (State.CUSTODY, [Doubt.HELD_AFTER_RELEASE])


def test_who_is_held_in_one_state_is_still_sought_by_another() -> None:
    sought = make.make_prisoner()
    make.make_movement(prisoner=sought, kind="FUGA", occurred_at=days_ago(300))
    held = make.make_prisoner(person=sought.person, origin=make.make_origin("PE"))
    make.make_custody(prisoner=held, started_at=days_ago(20))
    make.make_movement(prisoner=held, kind="INC_ORIG", occurred_at=days_ago(20))
    found = now_of(sought)
    assert (found.state, doubts(found)) == (State.CUSTODY, [Doubt.ESCAPED_ELSEWHERE])


def test_a_custody_excluded_by_its_state_does_not_count() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, removed_at=NOW)
    assert now_of(prisoner).state == State.UNKNOWN


def test_never_for_who_only_visits() -> None:
    assert situation(opened(make.make_visitor()), ALL).state == State.NEVER


def test_the_faction_shows_only_with_its_permission() -> None:
    prisoner = make.make_prisoner()
    make.make_custody(prisoner=prisoner, faction="GRUPO FICTÍCIO")
    subject = opened(prisoner)
    assert situation(subject, ALL).places[0].faction == "GRUPO FICTÍCIO"
    assert situation(subject, NO_LAWYERS).places[0].faction == ""
