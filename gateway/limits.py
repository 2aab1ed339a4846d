"""How often a caller may ask: a bucket a caller, refilled evenly, in the memory of this process."""

import time
from collections import OrderedDict
from collections.abc import Callable

from gateway.problems import Refusal

# Callers remembered; the longest silent is forgotten first.
REMEMBERED = 1_000


class Limit:
    """So many requests a minute for each caller, at most a minute's worth at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._callers: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> None:
        """Count one request. Raises Refusal 429."""
        now = self._clock()
        left, since = self._callers.pop(caller, (float(self._per_minute), now))
        left = min(self._per_minute, left + (now - since) * self._per_minute / 60)
        self._callers[caller] = (max(left - 1, 0), now)
        if len(self._callers) > REMEMBERED:
            self._callers.popitem(last=False)
        if left < 1:
            wait = int((1 - left) * 60 / self._per_minute) + 1
            raise Refusal(429, "Pedidos demais; espere e tente de novo.", code="rate", retry_after=wait)
