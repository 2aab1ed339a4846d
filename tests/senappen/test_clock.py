"""Beat goes on whatever happens to the machine's clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from senappen import clock
from senappen.celery import app

YEAR = timedelta(days=365)


class Machine:
    """A wall clock that may be set, and a steady one that may not."""

    def __init__(self) -> None:
        self.wall, self.steady = datetime(2024, 3, 10, tzinfo=UTC), 1000.0

    def passes(self, span: timedelta) -> None:
        self.wall += span
        self.steady += span.total_seconds()

    def time(self) -> float:
        return self.wall.timestamp()

    def monotonic(self) -> float:
        return self.steady


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(clock, "time", made)
    monkeypatch.setattr(app, "now", lambda: made.wall)
    return made


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def note(self: Any, entry: Any, *args: Any, **kwargs: Any) -> None:
        asked.append(entry.name)

    monkeypatch.setattr(clock.SteadyScheduler, "apply_entry", note)
    return asked


def run(scheduler: clock.SteadyScheduler, machine: Machine, span: timedelta) -> None:
    """Beat's loop over so much time."""
    until = machine.steady + span.total_seconds()
    while machine.steady < until:
        machine.passes(timedelta(seconds=max(scheduler.tick(), 0.5)))


def test_at_its_start_everything_runs_once(machine: Machine, sent: list[str]) -> None:
    scheduler = clock.SteadyScheduler(app)

    run(scheduler, machine, timedelta(seconds=20))

    assert sorted(sent) == sorted(app.conf.beat_schedule)


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_a_clock_that_is_set_stops_and_repeats_nothing(machine: Machine, sent: list[str], jump: timedelta) -> None:
    scheduler = clock.SteadyScheduler(app)
    run(scheduler, machine, timedelta(minutes=3))
    sent.clear()

    machine.wall += jump
    run(scheduler, machine, timedelta(minutes=10))

    assert 10 <= sent.count("start-due-loads") <= 12
    assert sent.count("audit-partitions") == 1
