"""How late the rows of a view come: from the event to its registration, and from either to our receipt."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from psycopg import sql

from registry.models import Origin
from registry.selectors.quality.rows import one, rows_of
from registry.services.intake.specs import View

# When what a row tells happened and, where the contract asks it, when the state wrote it down.
EVENTS: Final = {
    "vw_movimentacao": ("occurred_at", "registered_at"),
    "vw_custodia": ("started_at", ""),
    "vw_visita": ("entered_at", ""),
    "vw_atendimento_advogado": ("entered_at", ""),
}
# A negative delay is none. What the state wrote is `new`; only what came lately tells how it is today.
STATEMENT: Final = """
SELECT count(*), count(*) FILTER (WHERE took <= {term}), coalesce(avg(took), 0)::float,
    coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY took), 0)::float
FROM (
    SELECT greatest(extract(epoch FROM {end} - {begin}), 0)::float AS took {rows}
        AND {new} > {since} AND {received} > now() - interval '30 days'
) span
"""


class DelayKind(StrEnum):
    """Between which two instants: the event, its registration or change at the state, and our receipt."""

    EVENT_TO_REGISTRATION = "registration"
    EVENT_TO_RECEIPT = "event"
    UPDATE_TO_RECEIPT = "update"


@dataclass(frozen=True)
class Delay:
    """Rows whose delay is known, how many of them came within the term; mean and 95th percentile in seconds."""

    rows: int
    on_time: int
    mean: float
    p95: float


def of(spec: View, origin: Origin, since: datetime) -> dict[DelayKind, Delay]:
    """The delays of the rows that are new since then and came in the last 30 days; none for a kind without rows.

    The term is the origin's `fresh_for`.
    """
    alias = "r" if spec.record else "t"
    received, updated = sql.Identifier(alias, "received_at"), sql.Identifier(alias, "origin_updated_at")
    spans = {DelayKind.UPDATE_TO_RECEIPT: {"begin": updated, "end": received, "new": updated}}
    if spec.name in EVENTS:
        event, registered = (sql.Identifier("t", name or EVENTS[spec.name][0]) for name in EVENTS[spec.name])
        spans[DelayKind.EVENT_TO_RECEIPT] = {"begin": event, "end": received, "new": registered}
        if EVENTS[spec.name][1]:
            spans[DelayKind.EVENT_TO_REGISTRATION] = {"begin": event, "end": registered, "new": registered}
    found = {}
    for kind, span in spans.items():
        given = {"rows": rows_of(spec, origin), "received": received, "since": sql.Literal(since), **span}
        term = sql.Literal(origin.fresh_for.total_seconds())
        rows, *numbers = one(sql.SQL(STATEMENT).format(term=term, **given))
        if rows:
            found[kind] = Delay(rows, *numbers)
    return found
