"""A unit as it was at a past instant, and what nobody knows of it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from registry.models import Custody, Unit
from registry.scope import Scope
from registry.selectors.units import establishment as reading
from registry.selectors.units.census import census
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.flow import flow
from registry.selectors.units.known import known
from registry.selectors.units.residents import residents
from registry.selectors.units.visits import visits
from tests.factories import registry as make

pytestmark = pytest.mark.django_db

SCOPE = Scope()
# 14:00 on the clocks of Alagoas.
THEN = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def of(unit: Unit) -> Establishment:
    found = reading.establishment(unit.public_id, SCOPE, day=date(2026, 3, 12), hour=time(14, 0))
    assert found is not None
    return found


def held(unit: Unit, name: str, since: datetime, until: datetime | None = None, **fields: object) -> Custody:
    prisoner = make.make_prisoner(name=name)
    return make.make_custody(unit=unit, prisoner=prisoner, started_at=since, ended_at=until, **fields)


def names(unit: Unit) -> list[str]:
    return [row.person.name for row in residents(of(unit), SCOPE).rows]


def test_the_instant_is_on_the_clocks_of_the_state() -> None:
    unit = make.make_unit(origin=make.make_origin("AC"))
    assert of(unit).at.isoformat() == "2026-03-12T14:00:00-05:00"


def test_a_day_without_an_hour_is_its_end_and_a_day_to_come_is_now() -> None:
    unit = make.make_unit()
    at_its_end = reading.establishment(unit.public_id, SCOPE, day=date(2026, 3, 12))
    to_come = reading.establishment(unit.public_id, SCOPE, day=date(2999, 1, 1))
    assert at_its_end is not None
    assert to_come is not None
    assert (at_its_end.at.hour, at_its_end.at.minute, at_its_end.past) == (23, 59, True)
    assert (to_come.at, to_come.past) == (to_come.now, False)


def test_who_was_in_is_who_had_come_and_had_not_left() -> None:
    unit = make.make_unit()
    held(unit, "ESTAVA E ESTA", THEN - DAY)
    held(unit, "ESTAVA E SAIU", THEN - DAY, THEN + HOUR)
    held(unit, "JA TINHA SAIDO", THEN - DAY, THEN - HOUR)
    held(unit, "AINDA NAO", THEN + HOUR)
    held(unit, "EXCLUIDA", THEN - DAY, removed_at=THEN)
    assert names(unit) == ["ESTAVA E ESTA", "ESTAVA E SAIU"]
    found = census(of(unit), SCOPE)
    assert (found.people, found.occupancy(of(unit)).inside) == (2, 2)


def test_on_the_very_instant_who_enters_is_in_and_who_leaves_is_out() -> None:
    unit = make.make_unit()
    held(unit, "ENTRA", THEN)
    held(unit, "SAI", THEN - DAY, THEN)
    assert names(unit) == ["ENTRA"]


def test_who_was_out_at_that_time_and_not_who_is_out_today() -> None:
    unit = make.make_unit()
    then = held(unit, "NO HOSPITAL", THEN - DAY).prisoner
    later = held(unit, "DEPOIS", THEN - DAY).prisoner
    make.make_movement(prisoner=then, kind="HOSP", unit_from=unit, occurred_at=THEN - HOUR)
    make.make_movement(prisoner=then, kind="RET_HOSP", unit_to=unit, occurred_at=THEN + HOUR)
    make.make_movement(prisoner=later, kind="HOSP", unit_from=unit, occurred_at=THEN + HOUR)
    found = {row.person.name: row.out.code for row in residents(of(unit), SCOPE).rows}
    assert found == {"NO HOSPITAL": "HOSP", "DEPOIS": ""}
    counted = census(of(unit), SCOPE)
    assert (counted.inside, counted.out, counted.needs.hospital) == (1, 1, 1)


def test_a_change_of_cell_since_makes_the_cell_doubtful() -> None:
    unit = make.make_unit()
    moved = held(unit, "MUDOU", THEN - DAY, THEN + 9 * DAY, cell="7").prisoner
    before = held(unit, "MUDOU ANTES", THEN - DAY, cell="8").prisoner
    again = held(unit, "MUDOU EM OUTRA PRISAO", THEN - DAY, THEN + DAY, cell="9").prisoner
    make.make_movement(prisoner=moved, kind="MUD_CELA", unit_from=unit, unit_to=unit, occurred_at=THEN + HOUR)
    make.make_movement(prisoner=before, kind="MUD_CELA", unit_from=unit, unit_to=unit, occurred_at=THEN - HOUR)
    make.make_movement(prisoner=again, kind="MUD_CELA", unit_from=unit, unit_to=unit, occurred_at=THEN + 9 * DAY)
    found = {row.person.name: row.moved_since for row in residents(of(unit), SCOPE).rows}
    assert found == {"MUDOU": True, "MUDOU ANTES": False, "MUDOU EM OUTRA PRISAO": False}
    assert census(of(unit), SCOPE).moved_since == 1


def test_movements_and_visits_stop_at_the_instant() -> None:
    unit = make.make_unit()
    make.make_movement(kind="ALVARA", unit_from=unit, occurred_at=THEN - HOUR)
    make.make_movement(kind="ALVARA", unit_from=unit, occurred_at=THEN + HOUR)
    make.make_movement(kind="ALVARA", unit_from=unit, occurred_at=THEN - 7 * HOUR)
    make.make_visit(unit=unit, entered_at=THEN - HOUR)
    make.make_visit(unit=unit, entered_at=THEN + HOUR)
    assert flow(of(unit), SCOPE, hours=6).total_left == 1
    assert visits(of(unit), SCOPE, hours=6).total == 1


def test_what_the_state_wrote_down_later_was_not_known_then() -> None:
    unit = make.make_unit()
    for late in (timedelta(minutes=30), 5 * HOUR):
        when = THEN - HOUR
        make.make_movement(kind="FUGA", unit_from=unit, occurred_at=when, registered_at=when + late)
    assert sorted(row.untold for row in flow(of(unit), SCOPE).left) == [False, True]


def test_a_visitor_who_left_later_was_inside() -> None:
    unit = make.make_unit()
    ends = {"dentro": THEN + HOUR, "saiu": THEN - timedelta(minutes=5), "sem saida": None}
    for left in ends.values():
        make.make_visit(unit=unit, entered_at=THEN - HOUR, left_at=left)
    make.make_visit(unit=unit, entered_at=THEN - HOUR, left_at=None, kind="VIRTUAL")
    make.make_visit(unit=unit, entered_at=THEN - DAY, left_at=None)
    found = visits(of(unit), SCOPE)
    assert (found.total, found.today, found.inside) == (5, 4, 2)
    assert [row.inside for row in found.rows] == [True, True, False, False, False]


def test_before_the_first_custody_nothing_is_known() -> None:
    unit, empty = make.make_unit(), make.make_unit()
    held(unit, "PRIMEIRA", THEN + DAY)
    first = known(of(unit), SCOPE)
    assert (first.before, first.since) == (True, THEN + DAY)
    assert (known(of(empty), SCOPE).before, known(of(empty), SCOPE).since) == (True, None)
    held(unit, "ANTERIOR", THEN - DAY)
    assert not known(of(unit), SCOPE).before
