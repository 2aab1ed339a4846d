"""The country at a glance: its states and units in a build, and the series of days."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from registry.models import FigureBuild
from registry.selectors.figures.cube import Filters
from registry.selectors.sql import select


class Place(NamedTuple):
    """Headline counts of a state ("" in `unit`) or a unit. `places` is None when the state informs none."""

    uf: str
    unit: uuid.UUID | None
    name: str
    people: int
    women: int
    provisional: int
    places: int | None
    entered: int
    left: int

    @property
    def occupancy(self) -> int | None:
        """People for each hundred places."""
        return round(100 * self.people / self.places) if self.places else None

    @property
    def deficit(self) -> int:
        """People beyond the places; negative while some are free."""
        return self.people - (self.places or 0)


@dataclass(frozen=True, slots=True)
class Point:
    """People and places on a day."""

    day: date
    people: int
    places: int


_STATES: Final = """
SELECT uf, NULL, uf, sum(people)::int, sum(women)::int, sum(provisional)::int, sum(places)::int, sum(entered)::int,
       sum("left")::int
FROM registry_figurerow WHERE build_id = %(build)s AND day = %(day)s AND level = 'E'
  AND (%(modality)s IN ('', modality) OR modality = '') GROUP BY uf ORDER BY uf
"""
_UNITS: Final = """
SELECT r.uf, u.public_id, u.name, r.people, r.women, r.provisional, r.places, r.entered, r."left"
FROM registry_figurerow r JOIN registry_unit u ON u.id = r.unit_id
WHERE r.build_id = %(build)s AND r.day = %(day)s AND r.level = 'U'
  AND (%(modality)s = '' OR r.modality = %(modality)s) AND (%(uf)s = '' OR r.uf = %(uf)s)
ORDER BY r.people - coalesce(r.places, 0) DESC, u.name LIMIT %(limit)s
"""
# The last version of each day.
_SERIES: Final = """
WITH builds AS (
    SELECT DISTINCT ON (day) day, id FROM registry_figurebuild WHERE day BETWEEN %(first)s AND %(last)s
    ORDER BY day, version DESC
)
SELECT b.day, coalesce(sum(r.people), 0)::int, coalesce(sum(r.places), 0)::int
FROM builds b LEFT JOIN registry_figurerow r ON r.build_id = b.id AND r.day = b.day AND r.level = %(level)s
  AND r.uf = %(uf)s AND (%(modality)s = '' OR r.modality = %(modality)s)
  AND (%(unit)s::bigint IS NULL OR r.unit_id = %(unit)s)
GROUP BY b.day ORDER BY b.day
"""


def states(build: FigureBuild, modality: str) -> list[Place]:
    """Every state of a build, by UF (one query)."""
    return select(Place, _STATES, {"build": build.pk, "day": build.day, "modality": modality})


def units(build: FigureBuild, filters: Filters, limit: int) -> list[Place]:
    """The units of a build with the most people beyond their places first (one query)."""
    asked = {"build": build.pk, "day": build.day, "modality": filters.modality, "uf": filters.uf, "limit": limit}
    return select(Place, _UNITS, asked)


def series(first: date, last: date, filters: Filters) -> list[Point]:
    """People and places on each day counted from one to another (one query)."""
    level = "U" if filters.unit is not None else "E" if filters.uf else "P"
    asked = {"first": first, "last": last, "uf": filters.uf, "unit": filters.unit, "modality": filters.modality}
    return select(Point, _SERIES, {**asked, "level": level})
