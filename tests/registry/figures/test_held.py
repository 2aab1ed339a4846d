"""Who counts as held: the traps."""

from datetime import date

import pytest

from registry.figures import catalogue as of
from registry.models import SealedPerson
from tests.factories.registry import make_custody, make_movement, make_origin, make_prisoner, make_unit
from tests.registry.figures.people import DAY, at, flow, held_in, stock, told

pytestmark = pytest.mark.django_db


def test_somebody_held_counts_once_in_their_unit_their_state_and_the_country() -> None:
    unit = make_unit()
    held_in(unit)
    assert stock().people() == 1
    assert stock(uf="AL").people() == 1
    assert stock(uf="AL", unit=unit.pk).people() == 1
    assert stock(uf="PE").people() == 0


def test_somebody_released_that_day_is_not_held_at_its_end() -> None:
    held_in(make_unit(), custody={"ended_at": at(30)})
    assert stock().people() == 0
    assert stock(date(2026, 6, 29)).people() == 1


def test_a_day_ends_at_midnight_of_the_state_not_of_greenwich() -> None:
    # 02:00 UTC of July 1st is still 22:00 of June 30th in Manaus.
    unit = make_unit(origin=make_origin("AM"))
    held_in(unit, custody={"ended_at": at(1, hour=2, month=7)})
    held_in(unit, custody={"started_at": at(1, hour=2, month=7)})
    assert stock().people() == 1


def test_the_dead_are_not_held_whatever_custody_was_left_open() -> None:
    held_in(make_unit(), died_on=date(2026, 6, 20))
    assert stock().people() == 0
    assert stock(date(2026, 6, 19)).people() == 1


def test_somebody_in_two_units_is_where_they_came_last() -> None:
    first, second = make_unit(), make_unit()
    prisoner = held_in(first)
    make_custody(prisoner=prisoner, unit=second, started_at=at(10))
    assert stock().people() == 1
    assert stock(uf="AL", unit=first.pk).people() == 0
    assert stock(uf="AL", unit=second.pk).people() == 1


def test_somebody_transferred_between_states_counts_once_where_they_came_last() -> None:
    here, there = make_unit(), make_unit(origin=make_origin("PE"))
    prisoner = held_in(here)
    other = make_prisoner(origin=there.origin, person=prisoner.person)
    make_custody(prisoner=other, unit=there, started_at=at(15))
    assert stock().people() == 1
    assert (stock(uf="AL").people(), stock(uf="PE").people()) == (0, 1)


def test_a_merged_person_counts_once() -> None:
    unit = make_unit()
    one = held_in(unit)
    held_in(unit, person=one.person)
    assert stock().people() == 1


def test_somebody_convicted_and_also_provisional_counts_as_convicted() -> None:
    unit = make_unit()
    prisoner = held_in(unit, custody={"regime": "SEMIABERTO", "situation": "CONDENADO"})
    make_custody(prisoner=prisoner, unit=unit, started_at=at(9), regime="PROVISORIO", situation="PROVISORIO")
    assert told(stock(), of.POPULATION) == {"SEMIABERTO_ESTADUAL": (1, 0)}
    assert stock().regimes()["SEMIABERTO"] == 1


def test_rows_the_state_excluded_do_not_count() -> None:
    unit = make_unit()
    held_in(unit, removed_at=at(20))
    held_in(unit, custody={"removed_at": at(20)})
    assert stock().people() == 0


def test_the_headline_is_of_physical_cells() -> None:
    held_in(make_unit())
    held_in(make_unit(modality="MONITORADO"))
    held_in(make_unit(modality="DOMICILIAR"))
    assert stock().people() == 1
    assert stock(modality="MONITORADO").people() == 1
    assert stock(modality="").people() == 3


def test_filters_of_sex_regime_and_age_meet() -> None:
    unit = make_unit()
    held_in(unit, sex="F", birth_date=date(2000, 1, 1))
    held_in(unit, sex="F", birth_date=date(1960, 1, 1), custody={"regime": "PROVISORIO", "situation": "PROVISORIO"})
    held_in(unit, sex="M", birth_date=date(2000, 1, 1))
    assert stock(sex="F", regime="FECHADO", age="25_A_29_ANOS").people() == 1
    assert stock(sex="F").people() == 2
    assert DAY.year == 2026


def test_a_sealed_person_is_in_no_count() -> None:
    unit = make_unit()
    held_in(unit)
    sealed = held_in(unit)
    make_movement(kind="INC_ORIG", unit_to=unit, prisoner=sealed, occurred_at=at(30))
    SealedPerson.objects.create(person=sealed.person)
    assert stock(uf="AL", unit=unit.pk).people() == 1
    assert flow().total(of.MOVEMENTS) == 0
