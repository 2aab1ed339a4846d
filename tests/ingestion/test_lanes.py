"""Which queue a load goes to, by what the last ones took."""

from datetime import UTC, datetime, timedelta

import pytest

from ingestion import forecast
from ingestion.lanes import LONG, SHORT, lane
from ingestion.models import Load, LoadKind, LoadStatus, LoadView, Source
from ingestion.services import loads
from tests.factories.ingestion import BY, State, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)
WHOLE = LoadKind.RECONCILIATION


def past(source: Source, minutes: float, *, kind: str = LoadKind.INCREMENTAL, rows: int = 0, days: int = 1) -> Load:
    """A finished load."""
    began = NOW - timedelta(days=days)
    done = Load.objects.create(
        source=source,
        kind=kind,
        status=LoadStatus.FINISHED,
        started_at=began,
        finished_at=began + timedelta(minutes=minutes),
    )
    LoadView.objects.create(load=done, view="vw_preso", order=0, read_count=rows)
    Load.objects.filter(pk=done.pk).update(created_at=began)
    return done


def opened(source: Source, kind: LoadKind = LoadKind.INCREMENTAL) -> Load:
    return loads.start(source=source, by=BY, kind=kind, enqueued=False)


def test_a_first_load_is_long(state: State) -> None:
    assert lane(opened(make_source(state)))[0] == LONG


def test_the_load_after_the_first_is_short_whatever_the_first_took(state: State) -> None:
    source = make_source(state)
    past(source, 300)

    assert lane(opened(source))[0] == SHORT


@pytest.mark.parametrize(("minutes", "place"), [(0.5, (SHORT, 0)), (2, (SHORT, 3)), (9, (SHORT, 6)), (11, (LONG, 6))])
def test_the_shorter_the_sooner(state: State, minutes: float, place: tuple[str, int]) -> None:
    source = make_source(state)
    for took in (300, minutes, minutes, 500):
        past(source, took)

    assert lane(opened(source)) == place


def test_a_load_that_already_ran_long_is_long(state: State) -> None:
    source = make_source(state)
    past(source, 1)
    load = opened(source)
    load.started_at, load.beat_at = NOW, NOW + timedelta(minutes=11)

    assert lane(load)[0] == LONG


def test_a_reconciliation_is_measured_by_others_like_it(state: State) -> None:
    source = make_source(state)
    past(source, 300)
    past(source, 1)
    load = opened(source, WHOLE)

    assert lane(load)[0] == LONG
    past(source, 2, kind=WHOLE)
    assert lane(load)[0] == SHORT


def test_rows_are_expected_as_lately_but_for_the_first_load(state: State) -> None:
    source = make_source(state)
    for rows in (1_000_000, 100, 300, 200):
        past(source, 1, rows=rows)

    assert forecast.rows(opened(source)) == 200


def test_once_a_week_every_key_is_compared(state: State) -> None:
    """10 March 2024 is a Sunday; the load before it was of Saturday."""
    source = make_source(state, interval=timedelta(days=1))
    assert loads.kind_due(source, NOW) == LoadKind.INCREMENTAL

    past(source, 1)
    assert loads.kind_due(source, NOW) == WHOLE

    Load.objects.filter(pk=past(source, 1, kind=WHOLE).pk).update(created_at=NOW)
    assert loads.kind_due(source, NOW + timedelta(days=1)) == LoadKind.INCREMENTAL
    assert loads.kind_due(source, NOW + timedelta(days=7)) == WHOLE


def test_a_source_may_go_without_the_weekly_comparison(state: State) -> None:
    source = make_source(state)
    source.reconcile_weekday = None
    past(source, 1)

    assert loads.kind_due(source, NOW) == LoadKind.INCREMENTAL
