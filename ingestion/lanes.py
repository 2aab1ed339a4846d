"""Two queues, so that a state's long first load never holds up the short daily ones of all the others."""

from datetime import timedelta

from ingestion import forecast
from ingestion.models import Load, LoadKind

# Consumed by every worker of loads, and by one that takes nothing longer.
SHORT = "loads.short"
LONG = "loads.long"
# The clock and the other small tasks, which a load may not delay either.
DEFAULT = "celery"

SHORT_LOAD = timedelta(minutes=10)
# Redis serves the lowest number first: the shorter the load, the sooner.
PRIORITIES = ((timedelta(minutes=1), 0), (timedelta(minutes=3), 3), (SHORT_LOAD, 6))
LAST = 9


def lane(load: Load) -> tuple[str, int]:
    """The queue of a load and its place there.

    First loads and first reconciliations are long, and whatever already ran longer than a short one. A daily load
    that none like it preceded is taken for a short one: it brings a day's changes.
    """
    ran = load.beat_at - load.started_at if load.beat_at and load.started_at else timedelta(0)
    expected = forecast.duration(load)
    unknown = expected is None and load.kind == LoadKind.RECONCILIATION
    if forecast.is_first(load) or unknown or ran > SHORT_LOAD:
        return LONG, LAST
    expected = max(expected or timedelta(0), ran)
    for limit, priority in PRIORITIES:
        if expected <= limit:
            return SHORT, priority
    return LONG, PRIORITIES[-1][1]
