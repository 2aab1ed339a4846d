"""The nightly recount: yesterday and one earlier day, once a day, on the queue of long work."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest

from registry.models import Custody, FigureBuild, FigureRow
from registry.selectors.figures import checks
from registry.services import figures
from registry.services.figures import check_due
from registry.tasks import check_figures
from senappen.celery import app
from tests.factories.registry import make_custody, make_origin, make_prisoner, make_unit
from tests.registry.figures.people import at, counted, held_in

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
EARLIER = [date(2026, 6, 27), date(2026, 6, 28)]


@pytest.fixture
def builds() -> list[FigureBuild]:
    """Two earlier days, yesterday in two versions, and today."""
    prisoner = held_in(make_unit())
    for day in (*EARLIER, date(2026, 6, 30)):
        counted(day)
    held_in(prisoner.custodies.get().unit)
    return [counted(date(2026, 6, 30)), counted(date(2026, 7, 1))]


def test_yesterdays_last_version_and_an_earlier_day_are_checked(builds: list[FigureBuild]) -> None:
    yesterday, earlier = check_due(NOW)
    assert (yesterday, yesterday.version) == (builds[0], 2)
    assert earlier.day in EARLIER
    kept = FigureBuild.objects.exclude(checked_at=None)
    assert {build.pk for build in kept} == {yesterday.pk, earlier.pk}
    assert kept.get(pk=yesterday.pk).differences == 0
    assert kept.get(pk=earlier.pk).corrections == 3  # somebody came in since
    assert checks.differing() == []


def test_a_difference_is_kept_and_logged(builds: list[FigureBuild], caplog: pytest.LogCaptureFixture) -> None:
    Custody.objects.update(ended_at=at(20))
    with caplog.at_level(logging.INFO, logger="registry"):
        check_due(NOW)
    assert "figures of 2026-06-30, version 2: 3 rows differ from the records, 0 were corrected since" in caplog.text
    assert FigureBuild.objects.get(pk=builds[0].pk).differences == 3


def test_once_a_day_whatever_beat_asks(builds: list[FigureBuild]) -> None:
    FigureBuild.objects.filter(pk=builds[0].pk).update(checked_at=NOW - timedelta(hours=23))
    assert check_due(NOW) == []
    assert check_due(NOW + timedelta(hours=2))


def test_beat_asks_for_it_on_the_queue_of_long_work(builds: list[FigureBuild]) -> None:
    entry = app.conf.beat_schedule["check-figures"]
    assert (entry["task"], entry["options"]) == (check_figures.name, {"queue": "loads.long"})
    check_figures()
    assert FigureBuild.objects.filter(checked_at__isnull=False).exists()


def test_what_was_received_after_a_build_is_a_correction_of_its_state_and_of_no_other() -> None:
    here, there = held_in(make_unit()), held_in(make_unit(origin=make_origin("PE")))
    made = counted()
    later = NOW + timedelta(days=3650)
    Custody.objects.filter(prisoner=here).update(ended_at=at(20), received_at=later)
    assert figures.check(made) == 0
    assert (made.differences, made.corrections) == (0, 3)  # its unit, its state and the country
    Custody.objects.filter(prisoner=there).update(ended_at=at(20))
    assert figures.check(made) == 2
    assert (made.differences, made.corrections) == (2, 3)


def test_somebody_whom_another_state_took_over_is_a_correction_of_both() -> None:
    here, there = held_in(make_unit()), make_unit(origin=make_origin("PE"))
    made = counted()
    other = make_prisoner(origin=there.origin, person=here.person)
    make_custody(prisoner=other, unit=there, started_at=at(15))
    Custody.objects.filter(prisoner=other).update(received_at=NOW + timedelta(days=3650))
    assert figures.check(made) == 0
    assert made.corrections == 4  # for the country nothing changed


def test_a_day_counted_in_another_way_is_no_evidence() -> None:
    held_in(make_unit())
    made = counted()
    FigureBuild.objects.update(definition="0123456789abcdef")
    Custody.objects.update(ended_at=at(20))
    made.refresh_from_db()
    assert figures.check(made) == 0
    assert made.corrections == 3


def test_rows_that_contradict_themselves_are_wrong_whatever_came_since() -> None:
    unit = make_unit()
    held_in(unit)
    made = counted()
    FigureRow.objects.create(day=made.day, build=made, level="U", uf="AL", unit=unit, modality="MONITORADO", people=5)
    Custody.objects.update(received_at=NOW + timedelta(days=3650))
    assert figures.check(made) == 1
    assert made.corrections == 1
