"""The quarantine of an origin: narrowed, counted by reason. Never the rows' values."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from ingestion.models import Rejection
from ingestion.models.quarantine import STANDING
from registry.models import Origin

TALLY = """
SELECT reason->>'code', reason->>'field', count(*)
FROM ({rejections}) AS rejection, jsonb_array_elements(rejection.reasons) AS reason
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is asked of the quarantine; empty asks nothing. `since` and `until` are days, both included."""

    view: str = ""
    reason: str = ""
    field: str = ""
    statuses: tuple[str, ...] = STANDING
    load: int | None = None
    row: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class ReasonCount:
    """How many rows one reason keeps out. A row with two reasons counts in both."""

    code: str
    field: str
    rows: int


def narrow(origin: Origin, filters: Filters) -> QuerySet[Rejection]:
    """The rejections asked for, the newest first, without their values."""
    found = Rejection.objects.filter(origin=origin, status__in=filters.statuses).defer("raw", "mapped")
    reason = {key: value for key, value in (("code", filters.reason), ("field", filters.field)) if value}
    given = {
        "view": filters.view,
        "load": filters.load,
        "pk": filters.row,
        "created_at__date__gte": filters.since,
        "created_at__date__lte": filters.until,
        "reasons__contains": [reason] if reason else None,
    }
    return found.filter(**{name: value for name, value in given.items() if value})


def tally(origin: Origin, filters: Filters) -> list[ReasonCount]:
    """The reasons of the rejections asked for, the most frequent first, whichever reason or field was chosen."""
    rejections = narrow(origin, replace(filters, reason="", field="")).order_by().values("reasons")
    statement, parameters = rejections.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(TALLY.format(rejections=statement), parameters)
        return [ReasonCount(*row) for row in cursor.fetchall()]
