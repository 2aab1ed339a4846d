"""When a source's loads begin: after an interval, or every day at its origin's own time. Pure but for the source."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from ingestion.clock import believable
from ingestion.models import Source


def is_due(source: Source, last: datetime | None, now: datetime) -> bool:
    """Whether a load should begin, the last one having been asked for at `last`.

    However long the platform was down, one load is due, not one for each time missed.
    """
    last = believable(last, now)
    if source.interval:
        return last is None or now - last >= source.interval
    begun = _begun(source, now)
    return begun is not None and (last is None or last < begun)


def next_start(source: Source, last: datetime | None, now: datetime) -> datetime | None:
    """When the next load begins by itself, `now` for one that is due; None for a source without a schedule."""
    if is_due(source, last, now):
        return now
    if source.interval:
        return (last or now) + source.interval
    starts = (slot + own_minute(source) for slot in _slots(source, now) if last is None or slot > last)
    return min((start for start in starts if start > now), default=None)


def own_minute(source: Source) -> timedelta:
    """How far into the window the source's daily load begins: always the same, so that the state can expect it."""
    minutes = source.spread // timedelta(minutes=1)
    return timedelta(minutes=part(minutes, source.origin.code))


def part(whole: int, *key: object) -> int:
    """A number from 0 to whole, spread evenly over keys and the same for the same key."""
    digest = sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8]) % (whole + 1)


def weekly_mark(source: Source, now: datetime) -> datetime | None:
    """The last time that the source's weekday of full comparison began, at its daily time or at midnight."""
    if source.reconcile_weekday is None:
        return None
    today = now.astimezone(_zone(source)).date()
    day = today - timedelta(days=(today.weekday() - source.reconcile_weekday) % 7)
    mark = _instant(source, day, source.daily_at or time.min)
    return mark if mark <= now else _instant(source, day - timedelta(days=7), source.daily_at or time.min)


def words(source: Source) -> str:
    """The schedule as people read it."""
    if source.interval:
        minutes = int(source.interval.total_seconds() // 60)
        hours, rest = divmod(minutes, 60)
        return "a cada " + (f"{hours} h" if not rest else f"{hours} h {rest} min" if hours else f"{rest} min")
    if source.daily_at:
        minutes = own_minute(source) // timedelta(minutes=1) + source.daily_at.hour * 60 + source.daily_at.minute
        return f"todo dia às {minutes // 60 % 24:02d}:{minutes % 60:02d} ({source.origin.timezone})"
    return "só a pedido"


def _begun(source: Source, now: datetime) -> datetime | None:
    own = own_minute(source)
    return max((slot for slot in _slots(source, now) if slot + own <= now), default=None)


def _slots(source: Source, now: datetime) -> Iterator[datetime]:
    """The daily instants around now. A time that summer time skips is taken as if the clock had not moved."""
    if source.daily_at is None:
        return
    today = now.astimezone(_zone(source)).date()
    for days in (-2, -1, 0, 1, 2):
        yield _instant(source, today + timedelta(days=days), source.daily_at)


def _instant(source: Source, day: date, at: time) -> datetime:
    return datetime.combine(day, at, _zone(source)).astimezone(UTC)


def _zone(source: Source) -> ZoneInfo:
    return ZoneInfo(source.origin.timezone)
