"""How many are in a unit, where, of which group and with which needs; who is there only on the books."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from registry.models import Unit
from registry.scope import Scope
from registry.selectors.units import establishment as reading
from registry.selectors.units.attendances import attendances
from registry.selectors.units.census import census
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.residents import residents
from tests.factories import registry as make

pytestmark = pytest.mark.django_db

SCOPE = Scope()
NOW = timezone.now()
HOUR = timedelta(hours=1)


def of(unit: Unit) -> Establishment:
    found = reading.establishment(unit.public_id, SCOPE)
    assert found is not None
    return found


def test_people_by_wing_and_cell_the_second_before_the_tenth() -> None:
    unit = make.make_unit()
    for wing, cell in (("A", "10"), ("A", "2"), ("A", "2"), ("B", "")):
        make.make_custody(unit=unit, wing=wing, cell=cell)
    found = census(of(unit), SCOPE)
    cells = {wing.name: [(cell.name, cell.people) for cell in wing.cells] for wing in found.wings}
    assert cells == {"A": [("2", 2), ("10", 1)], "B": [("", 1)]}
    assert (found.people, found.without_cell) == (4, 1)


def test_who_is_away_does_not_answer_a_roll_call() -> None:
    unit = make.make_unit()
    for kind in ("HOSP", "APRES_JUD", "FUGA", None):
        prisoner = make.make_custody(unit=unit, wing="A", cell="1", started_at=NOW - 9 * HOUR).prisoner
        if kind:
            make.make_movement(prisoner=prisoner, kind=kind, unit_from=unit, occurred_at=NOW - HOUR)
    found = census(of(unit), SCOPE)
    assert (found.people, found.inside, found.out, found.gone) == (4, 1, 2, 1)
    assert (found.needs.hospital, found.wings[0].away, found.wings[0].cells[0].away) == (1, 3, 3)


def test_an_exit_of_an_earlier_stay_takes_nobody_out_of_this_one() -> None:
    unit = make.make_unit()
    prisoner = make.make_custody(unit=unit, started_at=NOW - HOUR).prisoner
    make.make_movement(prisoner=prisoner, kind="ALVARA", unit_from=unit, occurred_at=NOW - 2 * HOUR)
    assert census(of(unit), SCOPE).gone == 0


def test_needs_are_counted() -> None:
    unit = make.make_unit()
    old = date(NOW.year - 61, 1, 1)
    make.make_custody(unit=unit, prisoner=make.make_prisoner(birth_date=old, disabilities=["Física"]))
    make.make_custody(unit=unit, prisoner=make.make_prisoner(pregnant=True, lactating=False), rdd=True)
    make.make_custody(unit=unit, prisoner=make.make_prisoner(lactating=True, birth_date=None), monitored=True)
    needs = census(of(unit), SCOPE).needs
    assert (needs.disabled, needs.elderly, needs.pregnant, needs.lactating) == (1, 1, 1, 1)
    assert (needs.rdd, needs.monitored, needs.hospital) == (1, 1, 0)


def test_groups_only_with_their_permission() -> None:
    unit = make.make_unit()
    for cell, faction in (("1", "GRUPO A"), ("1", "GRUPO B"), ("2", "GRUPO A"), ("2", "")):
        make.make_custody(unit=unit, wing="A", cell=cell, faction=faction)
    allowed = census(of(unit), Scope(factions=True))
    assert allowed.factions == (("GRUPO A", 2), ("GRUPO B", 1))
    assert [(cell.name, cell.mixed) for cell in allowed.wings[0].cells] == [("1", True), ("2", False)]
    denied = census(of(unit), SCOPE)
    assert (denied.factions, denied.people) == ((), 4)
    assert not any(cell.factions or cell.mixed for cell in denied.wings[0].cells)
    assert {row.faction for row in residents(of(unit), SCOPE).rows} == {""}
    assert {row.faction for row in residents(of(unit), Scope(factions=True)).rows} == {"GRUPO A", "GRUPO B", ""}


def test_a_person_with_two_records_is_counted_once_with_both_groups_never() -> None:
    unit = make.make_unit()
    one = make.make_custody(unit=unit, faction="GRUPO A", started_at=NOW - 2 * HOUR).prisoner
    again = make.make_prisoner(person=one.person)
    make.make_custody(unit=unit, faction="GRUPO B", started_at=NOW - HOUR, prisoner=again)
    assert census(of(unit), Scope(factions=True)).factions == (("GRUPO B", 1),)


def test_who_has_left_on_paper_and_who_is_also_elsewhere() -> None:
    unit, other = make.make_unit(), make.make_unit(name="Outra")
    fled = make.make_custody(unit=unit, prisoner=make.make_prisoner(name="A"), started_at=NOW - 9 * HOUR).prisoner
    make.make_movement(prisoner=fled, kind="FUGA", unit_from=unit, occurred_at=NOW - HOUR)
    twice = make.make_custody(unit=unit, prisoner=make.make_prisoner(name="B")).prisoner
    make.make_custody(unit=other, prisoner=make.make_prisoner(person=twice.person))
    make.make_custody(unit=other, prisoner=twice, ended_at=NOW)
    found = residents(of(unit), SCOPE).rows
    assert [(row.gone.code, row.out.code, row.elsewhere) for row in found] == [("FUGA", "", ""), ("", "", "Outra")]


def test_one_cell_alone() -> None:
    unit = make.make_unit()
    for wing, cell in (("A", "1"), ("A", "2"), ("B", "1")):
        make.make_custody(unit=unit, wing=wing, cell=cell)
    found = residents(of(unit), SCOPE, wing="A", cell="1")
    assert [(row.wing, row.cell) for row in found.rows] == [("A", "1")]
    assert (found.total, len(found.wings)) == (1, 2)


def test_lawyers_of_the_day_only_within_the_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2026, 6, 10, 15, 0, tzinfo=UTC)
    monkeypatch.setattr("registry.selectors.units.establishment.timezone.now", lambda: noon)
    unit, entered = make.make_unit(), noon - HOUR
    inside = make.make_attendance(unit=unit, entered_at=entered, left_at=None)
    make.make_attendance(unit=unit, entered_at=entered, left_at=None, modality="VIDEO")
    make.make_attendance(unit=unit, entered_at=noon - 13 * HOUR, left_at=None)
    found = attendances(of(unit), Scope(lawyers=True))
    assert (found.total, found.inside) == (2, 1)
    assert found.rows[0].lawyer.public_id == inside.lawyer.person.public_id
    assert attendances(of(unit), SCOPE).total == 0


@pytest.mark.parametrize("past", [False, True])
def test_the_census_reads_once(past: bool, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    unit = make.make_unit()
    for _ in range(3):
        make.make_custody(unit=unit)
    found = reading.establishment(unit.public_id, SCOPE, day=date(2026, 3, 12) if past else None)
    assert found is not None
    with django_assert_num_queries(1):
        census(found, SCOPE)


@pytest.mark.parametrize(("wing", "cell"), [(None, None), ("A", None), ("A", "10"), ("", None), ("C", None)])
def test_pages_laid_together_are_everybody_once_and_in_order(wing: str | None, cell: str | None) -> None:
    """A page reads the cells that the census says it holds: whoever two records of a state put in two cells, and whom
    the state has excluded, must not shift the next ones."""
    unit = make.make_unit()
    for where, count in ((("A", "2"), 3), (("A", "10"), 4), (("", ""), 3), (("B", "1"), 1)):
        for _ in range(count):
            make.make_custody(unit=unit, wing=where[0], cell=where[1], started_at=NOW - 9 * HOUR)
    twice = make.make_custody(unit=unit, wing="A", cell="2", started_at=NOW - 9 * HOUR).prisoner
    again = make.make_prisoner(person=twice.person)
    make.make_custody(prisoner=again, unit=unit, wing="B", cell="1", started_at=NOW - HOUR)
    make.make_custody(unit=unit, wing="A", cell="2", removed_at=NOW)
    counted = census(of(unit), SCOPE)
    everybody = residents(of(unit), SCOPE, wing=wing, cell=cell, size=100, counted=counted)
    pages = [
        residents(of(unit), SCOPE, wing=wing, cell=cell, size=2, page=page + 1, counted=counted)
        for page in range(-(-everybody.total // 2))
    ]
    laid = [row.person.public_id for page in pages for row in page.rows]
    assert laid == [row.person.public_id for row in everybody.rows]
    assert (
        len(set(laid))
        == everybody.total
        == {(None, None): 12, ("A", None): 7, ("A", "10"): 4, ("", None): 3}.get((wing, cell), 0)
    )
    places = [(row.wing, len(row.cell), row.cell) for row in everybody.rows]
    assert places == sorted(places)
