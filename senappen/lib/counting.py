"""How often something happened in the current window of so many seconds, counted in the cache and shared by all."""

import time

from django.core.cache import cache


def add(name: str, seconds: int) -> int:
    """Count one more; how many there are now in the window, which begins at a multiple of `seconds`."""
    key = f"{name}:{seconds}:{int(time.time()) // seconds}"
    cache.add(key, 0, 2 * seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it expired between the two calls
        return 1
