"""How long each of many calls takes, and how that is told."""

import time
from collections.abc import Callable, Iterable, Iterator
from statistics import median, quantiles
from typing import Any

from benchmarks.result import Result


def each(do: Callable[[Any], object], subjects: Iterable[Any]) -> list[float]:
    """Milliseconds of each, after one unmeasured round of the first."""
    subjects = list(subjects)
    do(subjects[0])
    times = []
    for subject in subjects:
        start = time.perf_counter()
        do(subject)
        times.append(1000 * (time.perf_counter() - start))
    return times


def told(name: str, times: list[float], row: list[float], about: str, *, target: str = "") -> Iterator[Result]:
    """The middle and the slow end of calls (ms) beside the middle of reading one person's row."""
    baseline = median(row)
    for figure, value in (("p50", median(times)), ("p95", quantiles(times, n=20)[-1])):
        yield Result(
            name=f"{name}.{figure}", value=value, unit="ms", baseline=baseline, ratio=value / baseline,
            conditions=f"{about}; baseline: one person's row, p50", target=target if figure == "p95" else "",
        )  # fmt: skip
