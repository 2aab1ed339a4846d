"""How long each of many calls takes."""

import time
from collections.abc import Callable, Iterable
from typing import Any


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
