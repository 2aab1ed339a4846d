"""What follows from the records that loads left: who they are, then documents and links, then crossings.

A first load leaves millions to each of the three, which then go on at once, each after the one before it.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final, Self

from django.db import connection, connections

from registry.services import crossing, search_documents
from senappen.lib.turns import short_turns

log = logging.getLogger(__name__)

# As many as one batch of documents holds, which is over before a thread has much to do.
_FEW: Final = search_documents.BATCH
_REST_S: Final = 0.5
_WAITING: Final = "SELECT count(*) FROM (SELECT FROM registry_pendingrecord LIMIT %s) waiting"


def derive(judge: Callable[[], object]) -> None:
    """Call `judge`, which leaves persons to be refreshed, and refresh the documents and crossings of all who wait.

    Where many records wait to be judged, all go on at once: in threads with connections of their own, as other loads
    would do it. Raises what `judge` and the others raise.
    """
    if connection.in_atomic_block or not _many_wait():
        judge()
        search_documents.refresh()
        crossing.refresh()
        return
    with short_turns(), Follower("crossings", crossing.refresh_batch) as crossings:
        with Follower("documents", search_documents.refresh_batch) as documents:
            judge()
        search_documents.refresh_waiting(before=documents.total)
    crossing.refresh(before=crossings.total)


def _many_wait() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [_FEW + 1])
        return bool(cursor.fetchone()[0] > _FEW)


class Follower(threading.Thread):
    """Does what waits, a batch at a time, while whoever started it does something else.

    What it leaves, were it for an error, is left to them, who meet the error again if that lasts.
    """

    def __init__(self, what: str, batch: Callable[[], int]) -> None:
        super().__init__(daemon=True, name=what)
        self.total = 0
        self._batch = batch
        self._enough = threading.Event()

    def run(self) -> None:
        try:
            while not self._enough.is_set():
                taken = self._batch()
                self.total += taken
                if not taken:
                    self._enough.wait(_REST_S)
        except Exception as error:  # noqa: BLE001 whatever it was, what waits waits for whoever started this
            # Its text may quote names.
            kind = getattr(error.__cause__, "sqlstate", None) or type(error).__name__
            log.error("%s wait until what they follow is done: %s", self.name, kind)
        finally:
            connections.close_all()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for its batch."""
        self._enough.set()
        self.join()
