"""The queue in words."""

from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from consulta.review import params
from consulta.wording import KINDS
from registry.selectors.reviewing.queue import Filters, Queue, Row
from senappen.lib.paging import pages
from senappen.lib.wording import ago, tag, thousands

_CAUSE_TONES: Final = {"veto": "warn", "refused": "warn", "contradiction": "danger"}


def page(queue: Queue, filters: Filters, base: str) -> dict[str, Any]:
    """What `consulta/review/queue.html` prints."""
    now = timezone.now()
    return {
        "rows": [_row(row, filters, ago(row.opened_at, now)) for row in queue.rows],
        "total": queue.total,
        "open": thousands(queue.open),
        "second": thousands(queue.second),
        "mine": thousands(queue.mine),
        "causes": [{"label": cause.label, "count": thousands(number)} for cause, number in queue.causes.items()],
        "pages": pages(queue.page, queue.pages, lambda number: f"{base}?{params.write(filters, pagina=number)}"),
        "narrowed": filters != Filters(),
    }


def _row(row: Row, filters: Filters, since: str) -> dict[str, Any]:
    query = params.write(filters)
    address = reverse("consulta:review", args=[row.pk])
    return {
        "number": row.pk,
        "url": "" if row.claimed_by_other or row.voted else f"{address}?{query}" if query else address,
        "cause": tag(row.cause.label, _CAUSE_TONES.get(row.cause, "outline")),
        "kinds": " × ".join(dict.fromkeys(KINDS[kind] for kind in row.kinds)),
        "origins": [{"code": code} for code in dict.fromkeys(row.origins)],
        "impact": _impact(row),
        "status": _status(row),
        "since": since,
    }


def _impact(row: Row) -> list[dict[str, str]]:
    found = [tag("sob custódia", "danger", "lock")] if row.in_custody else []
    return found + ([tag("entre estados", "info", "map-marker-alt")] if len(set(row.origins)) > 1 else [])


def _status(row: Row) -> str:
    if row.claimed_by_me:
        return "com você"
    if row.claimed_by_other:
        return "com outro revisor"
    if row.voted:
        return "você votou; aguarda outro revisor"
    if row.votes:
        return "aguarda o segundo revisor"
    return "exige dois revisores" if row.needs_second else "na fila"
