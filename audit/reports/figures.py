"""Counts of one month's events, set by set in the database; no event is read one by one, no text opened."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db import DatabaseError, InterfaceError
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from audit import checkpoints, selectors
from audit.events import LABELS, Kind
from audit.models import AccessEvent
from audit.recorder import AuditUnavailable

# Accounts listed one by one; the totals count all.
MOST_ACCOUNTS: Final = 1_000
MANAGEMENT: Final = (
    Kind.ACCESS_REQUEST, Kind.ACCOUNT_CHANGED, Kind.AGENCY_CHANGED, Kind.ADMIN_CHANGE, Kind.PASSWORD_CHANGED,
    Kind.TOKEN_ISSUED, Kind.TOKEN_REVOKED,
)  # fmt: skip
BEHAVIOUR: Final = (
    Kind.LOGIN, Kind.LOGIN_FAILED, Kind.SECOND_FACTOR_FAILED, Kind.PURPOSE_DECLARED, Kind.INTENT, Kind.DISCLOSURE,
    Kind.DENIED, Kind.LIMIT_REACHED, Kind.EXCEPTIONAL_OPENED, Kind.EXCEPTIONAL_REVIEWED, Kind.AUDIT_READ,
)  # fmt: skip
_ROOT: Final = re.compile(r"^root ([0-9a-f]{64})$", re.MULTILINE)
_SHOWN: Final = Coalesce(Sum(Func(F("subjects"), function="cardinality", output_field=IntegerField())), 0)
_ASKED: Final = Count("pk", filter=Q(kind=Kind.INTENT))
_DENIED: Final = Count("pk", filter=Q(kind__in=(Kind.DENIED, Kind.LIMIT_REACHED)))


@dataclass(frozen=True)
class Anchor:
    """The audit's last signed checkpoint: its number, when, and the root over its 16 chains in hexadecimal."""

    number: int
    at: datetime
    root: str


def anchor() -> Anchor | None:
    """The checkpoint a report made now is tied to; None before the first."""
    last = checkpoints.latest()
    found = _ROOT.search(last.text) if last else None
    return Anchor(last.number, last.at, found[1]) if last and found else None


def of_agency(acronym: str, month: date) -> dict[str, Any]:
    """JSON of what the agency's people did in the month, as the audit named them then. Raises AuditUnavailable."""
    events = _within(selectors.of_agency(acronym), month)
    try:
        counted = dict(events.order_by().values_list("kind").annotate(Count("pk")))
        return {
            "management": [_row(kind, counted) for kind in MANAGEMENT],
            "behaviour": [_row(kind, counted) for kind in BEHAVIOUR],
            "shown": events.aggregate(shown=_SHOWN)["shown"],
            "accounts": _accounts(events),
        }
    except (DatabaseError, InterfaceError) as error:
        raise AuditUnavailable from error


def of_platform(month: date) -> list[dict[str, Any]]:
    """Each agency's accounts in use, consultations, persons shown and refusals. Raises AuditUnavailable."""
    people = _within(selectors.of_all(), month).exclude(agency="").exclude(actor_id=None)
    try:
        rows = (
            people.order_by()
            .values("agency")
            .annotate(accounts=Count("actor_id", distinct=True), asked=_ASKED, shown=_SHOWN, denied=_DENIED)
        )
        return [dict(row) for row in rows.order_by("agency")]
    except (DatabaseError, InterfaceError) as error:
        raise AuditUnavailable from error


def following(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _accounts(events: QuerySet[AccessEvent]) -> list[dict[str, Any]]:
    people = events.exclude(actor_id=None).order_by().values("actor", "role")
    rows = people.annotate(
        days=Count(TruncDate("at", tzinfo=timezone.get_default_timezone()), distinct=True),
        asked=_ASKED,
        shown=_SHOWN,
        denied=_DENIED,
    )
    return [dict(row) for row in rows.order_by("-asked", "actor")[:MOST_ACCOUNTS]]


def _row(kind: Kind, counted: dict[str, int]) -> dict[str, Any]:
    return {"what": LABELS[kind], "count": counted.get(kind, 0)}


def _within(events: QuerySet[AccessEvent], month: date) -> QuerySet[AccessEvent]:
    first, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (month, following(month)))
    return events.filter(at__gte=first, at__lt=end)
