"""What one account was shown lately, read for that very account: its screens need no memory of their own."""

import uuid
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from audit import selectors
from audit.events import Kind
from audit.recorder import AuditUnavailable

# Events looked through: a person opened again and again must not hide the others.
_MOST_EVENTS = 500


def opened_by(user_id: int, action: str, *, days: int, limit: int) -> tuple[tuple[uuid.UUID, datetime], ...]:
    """Persons whom disclosures of `action` showed the account first, each once with the last time, the latest first.
    Raises AuditUnavailable."""
    since = timezone.now() - timedelta(days=days)
    events = (
        selectors.of_user(user_id)
        .filter(at__gte=since, kind=Kind.DISCLOSURE, action=action)
        .order_by("-at")
        .values_list("subjects", "at")
    )
    try:
        rows = list(events[:_MOST_EVENTS])
    except (DatabaseError, InterfaceError) as error:
        raise AuditUnavailable from error
    last: dict[uuid.UUID, datetime] = {}
    for subjects, at in rows:
        if subjects:
            last.setdefault(subjects[0], at)
    return tuple(last.items())[:limit]
