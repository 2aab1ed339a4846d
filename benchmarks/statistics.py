"""Statistics: panels warm at the server, counting the next day, a figure of the cube against its query on records."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median, quantiles
from typing import Any

from django.db import connection
from django.db.models import Count

from audit.events import system
from benchmarks import browser, timing
from benchmarks.result import Result
from benchmarks.statistics_base import PAST_DAYS, STOCKS_DIFFER, build, repeat
from consulta.statistics.panels import PANELS
from registry.figures import catalogue as of
from registry.models import Custody, FigureBuild, Unit
from registry.selectors.figures import cube
from registry.selectors.figures.cube import Filters
from registry.selectors.figures.protected import hidden
from registry.services import figures

NAME = "statistics"
CLAIM = "Opens any panel of any day at once, whoever reads it, and counts a day of the whole country within a minute."

BY = system("benchmark")
REPEATS = 15
COUNTING = 60.0
PANEL = "p95 ≤ 300 ms"


def run(people: int) -> Iterator[Result]:
    """Count a country of so many people in custody, give it five years of days, and open every panel."""
    units = build(people)
    today = date.today()
    first, seconds = _timed(lambda: figures.build(today, by=BY))
    yield _counting("statistics.first_count", seconds, people, f"{units} units; a day never counted")
    _change(people)
    following, seconds = _timed(lambda: figures.build(today + timedelta(days=1), by=BY))
    yield _counting("statistics.next_day", seconds, people, "one person in fifty moved since the last count")
    yield _recount(following, people)
    repeat(first.pk, PAST_DAYS)
    gc.freeze()
    records = timing.each(_from_records, range(3))
    yield from _both("statistics.figure", timing.each(_from_cube, [first] * REPEATS), records, "race of the country")
    yield from _panels(first, records)
    yield _protected(first)


def _protected(build: FigureBuild) -> Result:
    """What protects small counts, of every figure in the country and all its states, when a build is first read."""
    times = {
        figure.id: _timed(lambda figure=figure: hidden(build, figure, Filters()))[1]  # type: ignore[misc]
        for figure in of.FIGURES.values()
    }
    slowest = max(times, key=lambda each: times[each])
    total = sum(times.values())
    return Result(
        name="statistics.protected", value=total, unit="s", baseline=COUNTING, ratio=total / COUNTING, target="1",
        conditions=f"{len(times)} figures, once for each build; the slowest, {slowest}: {times[slowest]:.1f} s",
    )  # fmt: skip


def _recount(made: FigureBuild, people: int) -> Result:
    """A day counted again after other days were, and its rows that differ from the records: none may."""
    differences, seconds = _timed(lambda: figures.check(made))
    rows = made.rows.filter(day=made.day).count()
    return Result(
        name="statistics.recount", value=differences + made.corrections, unit="rows", baseline=rows,
        ratio=(differences + made.corrections) / rows, target="0",
        conditions=f"rows that differ of all that the day has; {people} people counted again in {seconds:.1f} s",
    )  # fmt: skip


def _panels(build: FigureBuild, records: list[float]) -> Iterator[Result]:
    agent = browser.agent()
    unit = Unit.objects.order_by("pk").first()
    assert unit is not None
    places = {"country": "", "state": "&uf=SP", "unit": f"&uf={unit.origin.uf}&unidade={unit.public_id}"}
    days = [build.day - timedelta(days=STOCKS_DIFFER * each) for each in range(REPEATS)]
    for slug in PANELS:
        for place, query in places.items():
            addresses = [f"/estatisticas/{slug}/?dia={day:%Y-%m-%d}{query}" for day in days]
            size = browser.visit(agent, addresses[0])
            times = timing.each(lambda asked: browser.visit(agent, asked), addresses)
            yield from _both(f"statistics.{slug}.{place}", times, records, f"whole page of {size // 1024} KiB", PANEL)


def _change(people: int) -> None:
    """One person in fifty moves to another unit of the state."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_custody SET unit_id = (SELECT min(u.id) FROM registry_unit u"
            " WHERE u.origin_id = registry_custody.origin_id) WHERE prisoner_id % 50 = 0"
        )


def _from_cube(build: FigureBuild) -> object:
    return cube.held(build, Filters()).table(of.RACE)


def _from_records(_: int) -> object:
    """The same figure as somebody would write it who had only the records."""
    held = Custody.objects.filter(
        ended_at=None, removed_at=None, prisoner__removed_at=None, unit__modality="CELA_FISICA"
    )
    counted = held.values("prisoner__race", "prisoner__sex").annotate(n=Count("prisoner__person_id", distinct=True))
    return list(counted)


def _timed(do: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return do(), time.perf_counter() - start


def _counting(name: str, seconds: float, people: int, about: str) -> Result:
    a_million = seconds * 1_000_000 / people
    return Result(
        name=name, value=seconds, unit="s", baseline=COUNTING, ratio=a_million / COUNTING,
        conditions=f"{people} people held, {about}; ratio: seconds for a million, extrapolated, ÷ 60", target="1",
    )  # fmt: skip


def _both(name: str, times: list[float], base: list[float], about: str, target: str = "") -> Iterator[Result]:
    baseline = median(base)
    for figure, value in (("p50", median(times)), ("p95", quantiles(times, n=20)[-1])):
        yield Result(
            name=f"{name}.{figure}", value=value, unit="ms", baseline=baseline, ratio=value / baseline,
            conditions=f"{about}; baseline: one figure of the country from its records, p50", target=target,
        )  # fmt: skip
