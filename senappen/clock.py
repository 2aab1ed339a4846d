"""Beat's scheduler: keeps nothing on disk and does not mind when the machine's clock is put forward or back."""

import time
from datetime import timedelta
from typing import Any

from celery.beat import Scheduler

# A wall clock that moved this much more than the machine itself was set, not slewed.
JUMP_S = 30.0
LONGER_THAN_ANY = timedelta(days=2)


class SteadyScheduler(Scheduler):
    """Celery's own reckons with the wall clock alone: put back by a year, it would wait for that year to pass.

    When the clock was set, everything becomes due once: the tasks themselves know what there is to do.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._drift = _drift()
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        super().setup_schedule()
        self._make_due()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """See `Scheduler.tick`: runs what is due; seconds until the next look."""
        drift = _drift()
        if abs(drift - self._drift) > JUMP_S:
            self._make_due()
        self._drift = drift
        return float(super().tick(*args, **kwargs))

    def _make_due(self) -> None:
        for entry in self.schedule.values():
            entry.last_run_at = entry.default_now() - LONGER_THAN_ANY
        self._heap = None


def _drift() -> float:
    return time.time() - time.monotonic()
