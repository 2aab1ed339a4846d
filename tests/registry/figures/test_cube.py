"""Builds of the cube: versions, what is shared, what is due, and a check that can fail."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from audit.events import Kind
from registry.figures import catalogue as of
from registry.figures.keys import FIGURE_BIT
from registry.models import Custody, FigureBuild, FigurePack, FigureRow, Origin, Prisoner
from registry.selectors.figures.cube import Filters, held, latest
from registry.services import figures
from registry.services.figures import counting
from tests import events
from tests.factories.registry import (
    make_capacity,
    make_custody,
    make_movement,
    make_origin,
    make_prisoner,
    make_unit,
    make_work,
)
from tests.registry.figures.people import BY, DAY, at, counted, held_in, told

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_counting_again_what_did_not_change_makes_no_version() -> None:
    held_in(make_unit())
    assert counted() == counted()
    assert FigureBuild.objects.count() == 1


def test_a_correction_makes_a_version_and_the_published_one_stays() -> None:
    prisoner = held_in(make_unit(), race="PARDA")
    first = counted()
    Prisoner.objects.filter(pk=prisoner.pk).update(race="PRETA")
    second = counted()
    assert (first.version, second.version) == (1, 2)
    assert told(held(first, Filters()), of.RACE) == {"PARDA": (1, 0)}
    assert told(held(second, Filters()), of.RACE) == {"PRETA": (1, 0)}
    assert latest(DAY) == second
    assert latest(DAY, 1) == first


def test_a_day_like_another_shares_its_counts() -> None:
    held_in(make_unit())
    counted(date(2026, 6, 28))
    packs = FigurePack.objects.count()
    counted(date(2026, 6, 29))
    assert FigurePack.objects.count() == packs
    assert FigureRow.objects.filter(level="U").count() == 2


def test_each_figure_of_people_is_counted_by_the_one_block_that_says_so() -> None:
    declared = [figure.number for block in counting.BLOCKS for figure in block.figures]
    assert sorted(declared) == sorted(figure.number for figure in of.STOCKS if figure is not of.CAPACITY)
    busy = held_in(make_unit(), nationality="AMERICA_BOLIVIA", disabilities=["FISICA"], cpf="52998224725")
    Custody.objects.filter(prisoner=busy).update(rdd=True)
    for nature in ("TRABALHO", "ESTUDO"):
        make_work(prisoner=busy, nature=nature)
    with transaction.atomic(), connection.cursor() as cursor:
        counting.hold(cursor, DAY)
        for block in counting.BLOCKS:
            cursor.execute(f"SELECT DISTINCT key >> {FIGURE_BIT} FROM ({block.rows}) b (p, u, key)", {"day": DAY})
            told = {number for (number,) in cursor.fetchall()}
            assert told - {of.PROVISIONAL.number} == {each.number for each in block.figures} - {of.PROVISIONAL.number}


def test_units_add_up_to_their_state_and_states_to_the_country() -> None:
    for uf in ("AL", "PE"):
        for _ in range(2):
            unit = make_unit(origin=make_origin(uf))
            make_capacity(unit=unit, places=3)
            prisoner = held_in(unit, sex="F")
            make_movement(kind="INC_ORIG", prisoner=prisoner, unit_to=unit, occurred_at=at(30))
    rows = FigureRow.objects.filter(build=counted())
    told = [Sum(each) for each in ("people", "women", "places", "entered")]
    sums = {level: rows.filter(level=level).values_list("level").annotate(*told).get()[1:] for level in "UEP"}
    assert sums == dict.fromkeys("UEP", (4, 4, 12, 4))


def test_the_check_agrees_with_a_true_build_and_fails_for_one_that_is_not() -> None:
    prisoner = held_in(make_unit())
    made = counted()
    assert figures.check(made) == 0
    Custody.objects.filter(prisoner=prisoner).update(ended_at=at(20))
    assert figures.check(made) == 3  # the unit, its state and the country
    made.refresh_from_db()
    assert made.differences == 3
    assert made.checked_at is not None


def test_what_was_counted_cannot_be_changed_by_the_application() -> None:
    held_in(make_unit())
    counted()
    for statement in ("UPDATE registry_figurerow SET people = 0", "DELETE FROM registry_figurepack"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_build_is_recorded() -> None:
    held_in(make_unit())
    counted()
    (event,) = events.recorded(Kind.FIGURES_BUILT)
    assert event.detail == {"day": "2026-06-30", "version": 1, "people": 1}


def test_days_are_due_after_a_load_the_newest_first_and_then_no_more() -> None:
    held_in(make_unit())
    assert list(figures.due(DAY)) == []  # nothing was ever loaded
    Origin.objects.update(loaded_at=timezone.now())
    days = list(figures.due(DAY))
    assert days[:3] == [DAY, DAY - timedelta(days=1), DAY - timedelta(days=2)]
    assert date(2026, 4, 30) in days
    for day in days[:2]:
        figures.build(day, by=BY)
    assert not set(days[:2]) & set(figures.due(DAY))
    Origin.objects.update(loaded_at=timezone.now())
    assert list(figures.due(DAY))[:2] == days[:2]


def test_due_days_are_built_for_as_long_as_there_is_time() -> None:
    make_custody(prisoner=make_prisoner())
    Origin.objects.update(loaded_at=timezone.now())
    assert figures.build_due(by=BY, seconds=0) is False
    assert FigureBuild.objects.count() == 0
