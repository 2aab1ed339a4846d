"""A small hand-made population, and the count of one day of it."""

from datetime import UTC, date, datetime
from typing import Any

from audit.events import system
from registry.models import FigureBuild, Prisoner, Unit
from registry.selectors.figures.cube import Counts, Filters, happened, held
from registry.services import figures
from tests.factories.registry import make_custody, make_prisoner

DAY = date(2026, 6, 30)
BY = system("test")


def at(day: int, hour: int = 12, month: int = 6) -> datetime:
    """An hour of June 2026 (or another month), UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def held_in(unit: Unit, *, custody: dict[str, Any] | None = None, **fields: Any) -> Prisoner:
    """Somebody held in a unit since the first of June."""
    prisoner = make_prisoner(origin=unit.origin, **fields)
    make_custody(prisoner=prisoner, unit=unit, **{"started_at": at(1), **(custody or {})})
    return prisoner


def counted(day: date = DAY) -> FigureBuild:
    """The count of a day."""
    return figures.build(day, by=BY)


def stock(day: date = DAY, **filters: Any) -> Counts:
    """How things stood at the end of a day."""
    return held(counted(day), Filters(**filters))


def flow(first: date = DAY, last: date = DAY, **filters: Any) -> Counts:
    """What happened within a period, each day counted."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        counted(date.fromordinal(ordinal))
    return happened(first, last, Filters(**filters))


def told(counts: Counts, figure: Any) -> dict[str, tuple[int, int]]:
    """(men, women) of each category that somebody is in."""
    table = counts.table(figure)
    return {code: (by["M"], by["F"]) for code, by in table.items() if any(by.values())}  # type: ignore[index]
