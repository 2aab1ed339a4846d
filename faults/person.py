"""The person on duty: keeps loads going, presses “run now” on those that stop."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Sequence

from django.db import DatabaseError, close_old_connections

from faults.arena import BY, Loaded
from ingestion.models import Load, LoadKind, LoadStatus, Source
from ingestion.services import loads

PAUSE_S = 1.0
RECONCILE_EVERY = 4
logger = logging.getLogger("faults")


class Duty:
    """Works in a thread of its own while the faults strike."""

    def __init__(self, loaded: Sequence[Loaded]) -> None:
        self._loaded = loaded
        self._done = threading.Event()
        self.asked: Counter[str] = Counter()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def rest(self) -> None:
        """No more loads from now on."""
        self._done.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._done.wait(PAUSE_S):
            close_old_connections()
            try:
                for one in self._loaded:
                    self._look_after(one.source.pk)
            except DatabaseError:  # the base is down: that is what we are here for
                continue
            except Exception as error:  # noqa: BLE001 Redis down, seen through Celery's own errors
                logger.info("duty: %s", type(error).__name__)

    def _look_after(self, source_id: int) -> None:
        source = Source.objects.select_related("origin").get(pk=source_id)
        if loads.unfinished(source_id) is None:
            self.asked[source.origin.code] += 1
            again = self.asked[source.origin.code] % RECONCILE_EVERY == 0
            loads.start(source=source, by=BY, kind=LoadKind.RECONCILIATION if again else LoadKind.INCREMENTAL)
            return
        loads.start(source=source, by=BY)


def any_running() -> bool:
    """True when a load is being worked on."""
    close_old_connections()
    try:
        return Load.objects.filter(status=LoadStatus.RUNNING).exists()
    except DatabaseError:
        return False


def finish(one: Loaded, kind: LoadKind, within_s: float) -> None:
    """A whole load of that kind, begun now. Raises TimeoutError."""
    deadline = time.monotonic() + within_s
    wanted: int | None = None
    while time.monotonic() < deadline:
        # The last fault may have been the base's.
        close_old_connections()
        source = Source.objects.select_related("origin").get(pk=one.source.pk)
        current = loads.unfinished(source.pk)
        if current is None and wanted is not None:
            return
        started = loads.start(source=source, by=BY, kind=kind)
        wanted = started.pk if current is None else wanted
        time.sleep(PAUSE_S)
    raise TimeoutError(f"{one.code}: no load finished")
