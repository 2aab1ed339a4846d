"""Writing the documents of whom was judged while others are being judged: a first load has millions of both."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import connection, connections

from registry.services.search_documents import refreshing
from senappen.lib.turns import short_turns

log = logging.getLogger(__name__)

# As many as one batch of documents holds, which is over before a thread has much to do.
_FEW: Final = refreshing.BATCH
_REST_S: Final = 0.5
_WAITING: Final = "SELECT count(*) FROM (SELECT FROM registry_pendingrecord LIMIT %s) waiting"


def refresh_beside(judge: Callable[[], object]) -> int:
    """Call `judge`, which leaves persons to be refreshed, and refresh all who wait; how many were looked at.

    Where many records wait to be judged, both go on at once: in a thread with connections of its own, as another load
    would do it. Raises what `judge` and `refresh_waiting` raise.
    """
    if connection.in_atomic_block or not _many_wait():
        judge()
        return refreshing.refresh_waiting()
    follower = _Follower()
    with short_turns():
        follower.start()
        try:
            judge()
        finally:
            follower.stop()
    return refreshing.refresh_waiting(follower.total)


def _many_wait() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [_FEW + 1])
        return bool(cursor.fetchone()[0] > _FEW)


class _Follower(threading.Thread):
    """Refreshes who waits until it is stopped. What it leaves, were it for an error, is left to who started it, and
    meets the error again if that lasts.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True, name="search documents")
        self.total = 0
        self._enough = threading.Event()

    def run(self) -> None:
        try:
            while not self._enough.is_set():
                taken = refreshing.refresh_batch()
                self.total += taken
                if not taken:
                    self._enough.wait(_REST_S)
        except Exception as error:  # noqa: BLE001 whatever it was, the documents wait for whoever started this
            # Its text may quote names.
            kind = getattr(error.__cause__, "sqlstate", None) or type(error).__name__
            log.error("documents wait until all records are judged: %s", kind)
        finally:
            connections.close_all()

    def stop(self) -> None:
        """Wait for its batch."""
        self._enough.set()
        self.join()
