"""The nightly recount: yesterday and one earlier day, once a day, on the queue of long work."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest

from registry.models import Custody, FigureBuild
from registry.selectors.figures import checks
from registry.services.figures import check_due
from registry.tasks import check_figures
from senappen.celery import app
from tests.factories.registry import make_unit
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
    assert [build.day for build in checks.differing()] == [earlier.day]  # somebody came in since


def test_a_difference_is_kept_and_logged(builds: list[FigureBuild], caplog: pytest.LogCaptureFixture) -> None:
    Custody.objects.update(ended_at=at(20))
    with caplog.at_level(logging.INFO, logger="registry"):
        check_due(NOW)
    assert "figures of 2026-06-30, version 2: 3 rows differ from the records" in caplog.text
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
