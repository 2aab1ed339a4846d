"""The page of the largest unit, now and at past instants, and the list of everybody in it."""

import gc
from collections.abc import Iterator
from datetime import timedelta
from statistics import median, quantiles

from django.utils import timezone

from benchmarks import browser, timing
from benchmarks.life_base import LARGEST_UNIT, build
from benchmarks.result import Result
from registry.models import Custody, Unit

NAME = "unit"
CLAIM = "Shows a unit of 11,000 people, now or at any past hour, in the time of reading its people's rows a few times."

REPEATS = 30
FEW = 5
TARGET = "300 ms"


def run(people: int) -> Iterator[Result]:
    """Build a base of invented lives and open its largest unit. 200,000 people make it hold 11,000."""
    base = build(people)
    gc.freeze()
    unit = Unit.objects.get(pk=LARGEST_UNIT)
    agent = browser.agent()
    rows = timing.each(_read, [unit] * REPEATS)
    address = f"/unidades/{unit.public_id}/"
    cases = {"now": "", "a day ago": _ago(1), "200 days ago": _ago(200), "800 days ago": _ago(800)}
    for when, query in cases.items():
        times = timing.each(lambda asked: browser.visit(agent, address + asked), [query] * REPEATS)
        yield from _both(f"unit.page, {when}", times, rows, f"{base.largest} people held now, 100 shown", TARGET)
    times = timing.each(lambda asked: browser.visit(agent, asked), [f"{address}relacao/"] * FEW)
    yield from _both("unit.roll", times, rows, f"all {base.largest} people on one page", "")


def _read(unit: Unit) -> None:
    """The least that a list of people must read."""
    held = Custody.objects.filter(unit=unit, ended_at=None, removed_at=None)
    list(held.values_list("wing", "cell", "prisoner__record_ptr__name", "prisoner__record_ptr__birth_date"))


def _ago(days: int) -> str:
    then = timezone.localtime() - timedelta(days=days)
    return f"?dia={then:%Y-%m-%d}&hora={then:%H:%M}"


def _both(name: str, times: list[float], rows: list[float], about: str, target: str) -> Iterator[Result]:
    baseline = median(rows)
    for figure, value in (("p50", median(times)), ("p95", quantiles(times, n=20)[-1])):
        yield Result(
            name=f"{name}.{figure}",
            value=value,
            unit="ms",
            baseline=baseline,
            ratio=value / baseline,
            conditions=f"{about}; whole page by the test client, with gate and audit; baseline: their rows, p50",
            target=target,
        )
