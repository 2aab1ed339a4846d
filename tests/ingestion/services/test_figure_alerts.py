"""Statistics that a recount contradicts are told to whoever runs the platform, until a new version or a week later."""

from datetime import UTC, datetime, timedelta

import pytest

from ingestion import lanes
from ingestion.metrics import exposition
from ingestion.models import Alert, AlertKind
from ingestion.selectors.alerts import of_platform
from ingestion.services import alerts, heartbeats
from registry.models import Custody
from registry.services import figures
from tests.factories.registry import make_unit
from tests.registry.figures.people import at, counted, held_in

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = datetime.now(UTC)
GAUGE = 'senappen_ingestion_figure_rows_differing{day="2026-06-30"}'


def told(now: datetime) -> list[str]:
    heartbeats.tell(heartbeats.CLOCK, now)
    heartbeats.tell("celery@teste", now, [lanes.DEFAULT, lanes.SHORT, lanes.LONG])
    alerts.evaluate(now)
    return list(Alert.objects.filter(closed_at=None, kind=AlertKind.FIGURES).values_list("subject", flat=True))


def test_a_build_that_agrees_is_silent() -> None:
    held_in(make_unit())
    figures.check(counted())
    assert told(NOW) == []
    assert f"{GAUGE} 0.0" in exposition().decode()


def test_a_difference_is_an_alert_and_a_metric_until_a_later_version() -> None:
    held_in(make_unit())
    made = counted()
    Custody.objects.update(ended_at=at(20))
    figures.check(made)
    assert told(NOW) == ["2026-06-30 v1"]
    assert "Apuração de 30/06/2026, versão 1: 3 linhas diferem da recontagem" in of_platform()[0].text
    assert f"{GAUGE} 3.0" in exposition().decode()
    assert told(NOW + timedelta(days=8)) == []

    assert told(NOW) == ["2026-06-30 v1"]
    counted()
    assert told(NOW) == []
    assert GAUGE not in exposition().decode()
