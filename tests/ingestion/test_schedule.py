"""When loads begin: at a state's own minute, once after an outage, whatever clocks do."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from ingestion import schedule
from ingestion.models import Source, Weekday
from registry.models import Origin
from registry.values.states import COURT_ORDER

NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)
STATES = sorted(COURT_ORDER)


def source(code: str = "AL", zone: str = "America/Maceio", **fields: Any) -> Source:
    return Source(origin=Origin(code=code, timezone=zone), **fields)


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return datetime(2024, 3, day, hour, minute, tzinfo=UTC)


def test_daily_loads_of_27_states_are_spread_over_the_window() -> None:
    window = timedelta(minutes=60)
    minutes = [schedule.own_minute(source(code, daily_at=time(3), spread=window)) for code in STATES]

    assert all(timedelta(0) <= minute <= window for minute in minutes)
    assert len(set(minutes)) > 15


def test_a_state_begins_at_the_same_minute_every_day() -> None:
    one, other = source(daily_at=time(3)), source(daily_at=time(3))

    assert schedule.own_minute(one) == schedule.own_minute(other)
    assert schedule.words(one) == schedule.words(other)


def test_a_load_waits_for_its_own_minute() -> None:
    daily = source(daily_at=time(3))  # 06:00 UTC in Maceió
    begins = at(6) + schedule.own_minute(daily)

    assert schedule.own_minute(daily) > timedelta(0)
    assert not schedule.is_due(daily, at(9, day=9), begins - timedelta(seconds=1))
    assert schedule.is_due(daily, at(9, day=9), begins)


def test_a_load_asked_for_within_the_window_is_the_days_load() -> None:
    daily = source(daily_at=time(3))

    assert not schedule.is_due(daily, at(6), at(12))


@pytest.mark.parametrize("days", [1, 5, 400])
def test_after_an_outage_one_load_is_due(days: int) -> None:
    daily = source(daily_at=time(3))

    assert schedule.is_due(daily, NOW - timedelta(days=days), NOW)
    assert not schedule.is_due(daily, NOW, NOW + timedelta(minutes=1))


@pytest.mark.parametrize("given", [{"daily_at": time(3)}, {"interval": timedelta(hours=6)}])
def test_a_load_dated_in_the_future_holds_nothing_up(given: dict[str, Any]) -> None:
    """The clock was a year ahead when it was asked for."""
    assert schedule.is_due(source(**given), NOW + timedelta(days=365), NOW)


def test_a_clock_put_forward_makes_one_load_due() -> None:
    daily, ahead = source(daily_at=time(3)), NOW + timedelta(days=365)

    assert schedule.is_due(daily, NOW, ahead)
    assert not schedule.is_due(daily, ahead, ahead + timedelta(minutes=1))


def test_an_hour_that_summer_time_skips_is_loaded_all_the_same() -> None:
    """São Paulo went from 23:59 to 01:00 on 4 November 2018."""
    daily = source(zone="America/Sao_Paulo", daily_at=time(0, 30), spread=timedelta(0))
    skipped = datetime(2018, 11, 4, 3, 30, tzinfo=UTC)

    assert not schedule.is_due(daily, skipped - timedelta(hours=23), skipped - timedelta(minutes=1))
    assert schedule.is_due(daily, skipped - timedelta(hours=23), skipped)
    assert schedule.next_start(daily, skipped, skipped) == skipped + timedelta(hours=23)


def test_an_hour_that_comes_twice_is_loaded_once() -> None:
    """São Paulo lived 23:00 to 23:59 twice on 17 February 2018."""
    daily = source(zone="America/Sao_Paulo", daily_at=time(23, 30), spread=timedelta(0))
    first = datetime(2018, 2, 18, 1, 30, tzinfo=UTC)

    assert schedule.is_due(daily, first - timedelta(days=1), first)
    assert not schedule.is_due(daily, first, first + timedelta(hours=1))


def test_the_next_load_is_told() -> None:
    daily = source(daily_at=time(3))
    begins = at(6, day=11) + schedule.own_minute(daily)

    assert schedule.next_start(daily, at(7), NOW) == begins
    assert schedule.next_start(daily, at(7, day=9), NOW) == NOW
    assert schedule.next_start(source(interval=timedelta(hours=6)), at(11), NOW) == at(17)
    assert schedule.next_start(source(), None, NOW) is None


def test_the_week_begins_at_its_day_and_hour() -> None:
    """10 March 2024 is a Sunday."""
    sunday = source(daily_at=time(3), reconcile_weekday=Weekday.SUNDAY)

    assert schedule.weekly_mark(sunday, at(12)) == at(6)
    assert schedule.weekly_mark(sunday, at(5)) == at(6, day=3)
    assert schedule.weekly_mark(source(reconcile_weekday=None), NOW) is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"interval": timedelta(minutes=90)}, "a cada 1 h 30 min"),
        ({"interval": timedelta(hours=6)}, "a cada 6 h"),
        ({"daily_at": time(3), "spread": timedelta(0)}, "todo dia às 03:00 (America/Maceio)"),
        ({}, "só a pedido"),
    ],
)
def test_the_schedule_is_said_in_words(given: dict[str, Any], words: str) -> None:
    assert schedule.words(source(**given)) == words
