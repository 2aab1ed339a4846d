"""Five failed logins within fifteen minutes close the door for that account name from that address.

Kept in the cache (Redis), for names that exist and names that do not alike, so that a lock tells nobody which
accounts are real. By name *and* address: by name alone an outsider could lock officers out. Guessing from many
addresses is slowed by the second factor's own throttle (django-otp), which is kept in the database.
"""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

FAILURES = 5
WINDOW_S = 15 * 60


def is_locked(username: str, address: str | None) -> bool:
    """True while further attempts are refused without being tried."""
    return int(cache.get(_key(username, address), 0)) >= FAILURES


def count_failure(username: str, address: str | None) -> None:
    """Add a failure; the window begins with the first."""
    key = _key(username, address)
    cache.add(key, 0, WINDOW_S)
    try:
        cache.incr(key)
    except ValueError:  # the window ended between the two calls
        cache.set(key, 1, WINDOW_S)


def clear(username: str, address: str | None) -> None:
    """Forget the failures, after a complete login."""
    cache.delete(_key(username, address))


def _key(username: str, address: str | None) -> str:
    # A keyed digest: what people type as their name (at times a password) must not be readable in Redis.
    return f"login-failures:{salted_hmac('login-failures', f'{username.casefold()}|{address}').hexdigest()}"
