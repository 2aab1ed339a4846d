"""Work in a session of its own, beside the test's."""

import time
from concurrent.futures import Future
from typing import Any

from django.db import connection, connections


def alone(work: Any, *args: Any) -> Any:
    """The same work in a session of its own: for threads."""
    try:
        return work(*args)
    finally:
        connections.close_all()


def waits_for_a_lock(other: Future[Any]) -> bool:
    """Whether a session comes to wait for another; False when the work ended without."""
    until = time.monotonic() + 10
    while time.monotonic() < until and not other.done():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.datname = current_database()"
                           " WHERE NOT l.granted AND l.pid <> pg_backend_pid()")  # fmt: skip
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False
