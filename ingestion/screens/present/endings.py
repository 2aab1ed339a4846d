"""Days on which something ends, and how near they are."""

from datetime import datetime, timedelta
from typing import Final

from ingestion.health import SourceHealth
from senappen.lib.wording import day

# What ends within this is marked.
NEAR: Final = timedelta(days=60)


def ending(last: datetime | None, now: datetime) -> dict[str, str]:
    """The day something ends: its `text` and the `tone` of its tag, empty while it is far."""
    if last is None:
        return {"text": "", "tone": ""}
    if last <= now:
        return {"text": day(last), "tone": "danger"}
    return {"text": day(last), "tone": "warn" if last - now <= NEAR else ""}


def agreement_end(health: SourceHealth) -> dict[str, str]:
    """Until when the origin's agreement runs, as `ending` says it."""
    agreement = health.agreement
    if agreement is None:
        return {"text": "sem acordo", "tone": "danger"}
    if not agreement.in_force:
        return {"text": day(agreement.ends_on), "tone": "danger"}
    return {"text": day(agreement.ends_on), "tone": "warn" if agreement.days_left <= NEAR.days else ""}
