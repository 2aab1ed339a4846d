"""The one clock that says when loads begin: the database's, whatever other machines believe."""

from datetime import UTC, datetime, timedelta

from django.db import connection

# What is dated later than this from now was written before the clock was put back.
TOLERANCE = timedelta(minutes=10)


def now() -> datetime:
    """The database's time, even within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)


def believable(moment: datetime | None, at: datetime) -> datetime | None:
    """The instant, unless it lies ahead of what has passed: then None, as if it had never been."""
    return None if moment is None or moment > at + TOLERANCE else moment
