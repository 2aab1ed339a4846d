"""Words that several screens share."""

from datetime import datetime
from typing import TypedDict

from registry.selectors.provenance import Source


class Chip(TypedDict):
    """What templates/components/source_chip.html takes."""

    code: str
    freshness: str
    stale: bool


def elapsed(then: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that fits: `5 min`, `2 h`, `6 d`; `nunca` for None."""
    if then is None:
        return "nunca"
    minutes = max(0, int((now - then).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 24 * 60 else f"{minutes // (24 * 60)} d"


def chip(source: Source, now: datetime) -> Chip:
    """A source with the age of its last load."""
    return {"code": source.code, "freshness": elapsed(source.loaded_at, now), "stale": source.late}
