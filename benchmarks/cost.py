"""What work costs: seconds by the clock, which others on the machine lengthen, and seconds of processor."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.db import connection


class Cost(NamedTuple):
    """Seconds. `processor` is this process's and its database session's, of a server on this machine."""

    clock: float
    processor: float


def cost(work: Callable[[], object]) -> Cost:
    """What this work costs. A state's server is waited for, and not counted as processor."""
    processor, clock = _processor(), time.perf_counter()
    work()
    return Cost(time.perf_counter() - clock, _processor() - processor)


def _processor() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (session,) = cursor.fetchone()
    # Nanoseconds on a processor; `stat` counts hundredths of a second, as long as the COPY of some views takes.
    on_processor = int(Path(f"/proc/{session}/schedstat").read_text().split()[0])
    return time.process_time() + on_processor / 1e9
