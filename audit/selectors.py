"""Reading the events: whose a reader may see, filtered, page by page."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.models import AccessEvent, EventKey
from audit.recorder import AuditUnavailable

PAGE_SIZE = 50
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What narrows the list; None or empty: everything. Days are whole ones of the platform's own time zone.

    `persons` are public ids: events that showed any of them. `purposes` may be empty, and then nothing passes.
    `request` is the reference code that an answer bore.
    """

    username: str = ""
    persons: tuple[uuid.UUID, ...] = ()
    kind: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    purposes: tuple[uuid.UUID, ...] | None = None
    request: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """Events, newest first; `newer` and `older` are the cursors of the neighbouring pages, empty at the ends."""

    events: list[AccessEvent]
    newer: str = ""
    older: str = ""


class CursorError(ValueError):
    """The cursor was not made here."""


def of_user(user_id: int) -> QuerySet[AccessEvent]:
    """What one account did."""
    return of_all().filter(actor_id=user_id)


def of_agency(acronym: str) -> QuerySet[AccessEvent]:
    """What the people of one agency did, while they were of it."""
    return of_all().filter(agency=acronym)


def of_all() -> QuerySet[AccessEvent]:
    """Everything, background processes included."""
    # A role of its own, which alone may read; its connection does not wait for a locked table.
    return AccessEvent.objects.using("auditor")


def narrow(events: QuerySet[AccessEvent], filters: Filters) -> QuerySet[AccessEvent]:
    """The events that pass all filters."""
    conditions: dict[str, Any] = {}
    if filters.username:
        conditions["actor__iexact"] = filters.username
    if filters.kind:
        conditions["kind"] = filters.kind
    if filters.action:
        conditions["action"] = filters.action
    if filters.persons:
        conditions["subjects__overlap"] = list(filters.persons)
    if filters.purposes is not None:
        conditions["purpose__in"] = filters.purposes
    if filters.request:
        conditions["request"] = filters.request
    if filters.since:
        conditions["at__gte"] = _midnight(filters.since)
    if filters.until:
        conditions["at__lt"] = _midnight(filters.until + timedelta(days=1))
    return events.filter(**conditions)


def page(events: QuerySet[AccessEvent], *, before: str = "", after: str = "", size: int = PAGE_SIZE) -> Page:
    """One page by keyset: its cost does not grow with its distance from the newest.

    Raises CursorError, and AuditUnavailable when the table cannot be read now.
    """
    if after:
        rows = _read(events.filter(_beyond(after, "gt")).order_by("at", "id")[: size + 1])
        more, rows = len(rows) > size, rows[size - 1 :: -1] if len(rows) > size else rows[::-1]
        return Page(events=rows, newer=_cursor(rows[0]) if more else "", older=_cursor(rows[-1]) if rows else "")
    if before:
        events = events.filter(_beyond(before, "lt"))
    rows = _read(events.order_by("-at", "-id")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    newer = _cursor(rows[0]) if before and rows else ""
    return Page(events=rows, newer=newer, older=_cursor(rows[-1]) if more else "")


def first(events: QuerySet[AccessEvent], most: int) -> list[AccessEvent]:
    """The newest so many, their texts opened. Raises AuditUnavailable."""
    return _read(events.order_by("-at", "-id")[:most])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _read(events: QuerySet[AccessEvent]) -> list[AccessEvent]:
    try:
        return opened(list(events))
    except (DatabaseError, InterfaceError) as error:
        raise AuditUnavailable from error


def opened(events: list[AccessEvent]) -> list[AccessEvent]:
    """The same events, their texts opened with the keys of all in one query."""
    if events:
        times = [event.at for event in events]
        keys = EventKey.objects.using("auditor").filter(at__range=(min(times), max(times)))
        wrapped = dict(keys.filter(event__in=[event.pk for event in events]).values_list("event", "wrapped"))
        for event in events:
            event.open_with(wrapped.get(event.pk))
    return events


def _cursor(event: AccessEvent) -> str:
    return f"{(event.at - _EPOCH) // timedelta(microseconds=1)}-{event.pk}"


def _beyond(cursor: str, direction: str) -> Q:
    micros, _, key = cursor.partition("-")
    if not (micros.isdecimal() and key.isdecimal() and len(micros) < 18 and len(key) < 19):
        raise CursorError
    at = _EPOCH + timedelta(microseconds=int(micros))
    return Q(**{f"at__{direction}": at}) | Q(at=at, **{f"id__{direction}": int(key)})
