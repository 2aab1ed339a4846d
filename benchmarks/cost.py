"""What work costs: seconds by the clock, which others on the machine lengthen, and seconds of processor."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.db import connection

_TICKS = os.sysconf("SC_CLK_TCK")


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
    # Of `proc_pid_stat(5)` the fields 14 and 15, counted from behind the name, which may hold spaces.
    fields = Path(f"/proc/{session}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / _TICKS
