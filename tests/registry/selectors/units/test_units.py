"""Establishments: how full they are, who is in, who came and went."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from registry.models import Unit
from registry.scope import Scope
from registry.selectors.units import establishment as reading
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.flow import flow
from registry.selectors.units.listing import known_ufs, units
from registry.selectors.units.occupancy import occupancy_of
from registry.selectors.units.residents import residents
from registry.selectors.units.visits import visits
from tests.factories import registry as make

pytestmark = pytest.mark.django_db

SCOPE = Scope()
NOW = timezone.now()


def of(unit: Unit) -> Establishment:
    found = reading.establishment(unit.public_id, SCOPE)
    assert found is not None
    return found


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def test_occupancy_counts_who_is_held_now() -> None:
    unit = make.make_unit()
    make.make_capacity(unit=unit, places=2)
    make.make_capacity(unit=unit, places=1, regime="SEMIABERTO")
    for _ in range(4):
        make.make_custody(unit=unit)
    make.make_custody(unit=unit, ended_at=NOW)
    make.make_custody(unit=unit, removed_at=NOW)
    make.make_custody()
    found = occupancy_of([unit.pk], SCOPE)[unit.pk]
    assert (found.places, found.inside, found.percent, found.over) == (3, 4, 133, 1)


def test_a_person_with_two_records_occupies_one_place() -> None:
    unit = make.make_unit()
    one = make.make_custody(unit=unit).prisoner
    make.make_custody(unit=unit, prisoner=make.make_prisoner(person=one.person))
    assert occupancy_of([unit.pk], SCOPE)[unit.pk].inside == 1


def test_without_places_there_is_no_percentage() -> None:
    unit = make.make_unit()
    make.make_custody(unit=unit)
    found = occupancy_of([unit.pk], SCOPE)[unit.pk]
    assert (found.places, found.percent, found.over) == (None, None, 0)


def test_the_list_is_filtered_by_state_and_by_words_of_the_name() -> None:
    make.make_unit(name="Presídio do Agreste")
    make.make_unit(name="Cadeia do Agreste", origin=make.make_origin("PE"))
    make.make_unit(name="Presídio do Litoral")
    assert [line.name for line in units(SCOPE, uf="AL", text="presídio agreste").rows] == ["Presídio do Agreste"]
    assert units(SCOPE, text="agreste").total == 2
    assert known_ufs() == ["AL", "PE"]


def test_the_list_leaves_excluded_units_out() -> None:
    make.make_unit(removed_at=NOW)
    assert units(SCOPE).total == 0


def test_the_list_comes_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.units.listing.PAGE", 2)
    for number in range(3):
        make.make_unit(name=f"Presídio {number}")
    last = units(SCOPE, page=99)
    assert ([line.name for line in last.rows], last.page, last.pages, last.total) == (["Presídio 2"], 2, 2, 3)


def test_places_by_regime_and_sex() -> None:
    unit = make.make_unit()
    make.make_capacity(unit=unit, places=30)
    make.make_capacity(unit=unit, places=5, sex="F")
    [places] = of(unit).places
    assert (places.regime.text, places.men, places.women, places.total) == ("Fechado", 30, 5, 35)


def test_an_unknown_unit_is_none() -> None:
    assert reading.establishment(make.make_prisoner().person.public_id, SCOPE) is None


def test_who_is_in_by_wing_cell_and_name() -> None:
    unit = make.make_unit()
    for wing, cell, name in (("B", "1", "ANA"), ("A", "2", "BIA"), ("A", "1", "CIA"), ("A", "1", "AIA")):
        make.make_custody(unit=unit, wing=wing, cell=cell, prisoner=make.make_prisoner(name=name))
    found = residents(of(unit), SCOPE)
    assert [row.person.name for row in found.rows] == ["AIA", "CIA", "BIA", "ANA"]
    assert [(wing.name, wing.people) for wing in found.wings] == [("A", 3), ("B", 1)]
    assert [row.person.name for row in residents(of(unit), SCOPE, wing="B").rows] == ["ANA"]


def test_who_is_out_for_a_while_is_told_so() -> None:
    unit = make.make_unit()
    out, back = (make.make_custody(unit=unit, started_at=hours_ago(500)).prisoner for _ in range(2))
    for prisoner in (out, back):
        make.make_movement(prisoner=prisoner, kind="HOSP", unit_from=unit, occurred_at=hours_ago(30))
    make.make_movement(prisoner=back, kind="RET_HOSP", unit_to=unit, occurred_at=hours_ago(3))
    found = {row.person.public_id: row.out.code for row in residents(of(unit), SCOPE).rows}
    assert found == {out.person.public_id: "HOSP", back.person.public_id: ""}


def test_people_come_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.units.residents.PAGE", 2)
    unit = make.make_unit()
    for _ in range(3):
        make.make_custody(unit=unit)
    found = residents(of(unit), SCOPE, page=2)
    assert (len(found.rows), found.page, found.pages, found.total) == (1, 2, 2, 3)


def test_who_came_and_who_left_in_the_last_hours() -> None:
    unit, other = make.make_unit(), make.make_unit(name="Outra unidade")
    came = make.make_movement(kind="TR_ENT_UF", unit_from=other, unit_to=unit, occurred_at=hours_ago(5))
    left = make.make_movement(kind="ALVARA", unit_from=unit, occurred_at=hours_ago(20))
    make.make_movement(kind="ALVARA", unit_from=unit, occurred_at=hours_ago(30))
    found = flow(of(unit), SCOPE, hours=24)
    assert [(row.person.public_id, row.other) for row in found.entered] == [
        (came.prisoner.person.public_id, "Outra unidade")
    ]
    assert [row.person.public_id for row in found.left] == [left.prisoner.person.public_id]
    assert flow(of(unit), SCOPE, hours=48).total_left == 2


def test_a_change_of_cell_is_neither_entry_nor_exit() -> None:
    unit = make.make_unit()
    make.make_movement(kind="MUD_CELA", unit_from=unit, unit_to=unit, occurred_at=hours_ago(1))
    found = flow(of(unit), SCOPE)
    assert (found.total_entered, found.total_left) == (0, 0)
    assert [(kind.code, number) for kind, number in found.kinds] == [("MUD_CELA", 1)]


def test_a_code_without_mapping_counts_by_its_two_ends() -> None:
    unit, other = make.make_unit(), make.make_unit()
    make.make_movement(kind="0471", unit_from=unit, unit_to=other, occurred_at=hours_ago(1))
    found = flow(of(unit), SCOPE)
    assert (found.total_entered, found.total_left) == (0, 1)
    assert not found.left[0].kind.known


def test_leaving_for_hospital_is_told_as_temporary() -> None:
    unit = make.make_unit()
    make.make_movement(kind="HOSP", unit_from=unit, occurred_at=hours_ago(1))
    assert [row.temporary for row in flow(of(unit), SCOPE).left] == [True]


def test_visits_of_the_period_and_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2026, 6, 10, 15, 0, tzinfo=UTC)
    monkeypatch.setattr("registry.selectors.units.establishment.timezone.now", lambda: noon)
    unit = make.make_unit()
    today = make.make_visit(unit=unit, entered_at=noon - timedelta(hours=2))
    make.make_visit(unit=unit, entered_at=noon - timedelta(hours=20))
    make.make_visit(unit=unit, entered_at=noon - timedelta(hours=40))
    found = visits(of(unit), SCOPE, hours=24)
    assert (found.total, found.today) == (2, 1)
    assert found.rows[0].visitor.public_id == today.visitor.person.public_id
    assert found.rows[0].prisoner.public_id == today.prisoner.person.public_id
    assert found.rows[0].entered_at.isoformat() == "2026-06-10T10:00:00-03:00"


def test_an_excluded_visit_is_left_out() -> None:
    unit = make.make_unit()
    make.make_visit(unit=unit, entered_at=hours_ago(1), removed_at=NOW)
    assert visits(of(unit), SCOPE).total == 0


@pytest.mark.parametrize(("part", "queries"), [(residents, 2), (flow, 1), (visits, 1)])
def test_a_part_reads_a_fixed_number_of_times(
    part: Callable[..., Any], queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = make.make_unit()
    for _ in range(3):
        prisoner = make.make_custody(unit=unit, started_at=hours_ago(9)).prisoner
        make.make_movement(prisoner=prisoner, unit_to=unit, occurred_at=hours_ago(9))
        make.make_visit(prisoner=prisoner, unit=unit, entered_at=hours_ago(1))
    found = of(unit)
    with django_assert_num_queries(queries):
        part(found, SCOPE)


def test_the_list_reads_three_times(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(4):
        make.make_capacity(unit=make.make_unit())
    with django_assert_num_queries(3):
        units(SCOPE)


def test_birth_dates_tell_homonyms_apart() -> None:
    unit = make.make_unit()
    for born in (date(1980, 1, 2), date(1990, 1, 2)):
        make.make_custody(unit=unit, prisoner=make.make_prisoner(name="JOSE SILVA", birth_date=born))
    assert {row.birth_date for row in residents(of(unit), SCOPE).rows} == {date(1980, 1, 2), date(1990, 1, 2)}
