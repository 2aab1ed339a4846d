"""Who fits and who is in: places and people of units."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.sql import select


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Places (None when the state informs none) and people held. A person with two records counts once.

    Who is out for a while (hospital, court, leave) still holds the place, and counts.
    """

    places: int | None
    inside: int

    @property
    def percent(self) -> int | None:
        """People for each hundred places, or None without places."""
        return round(100 * self.inside / self.places) if self.places else None

    @property
    def over(self) -> int:
        """People beyond the places."""
        return max(0, self.inside - self.places) if self.places is not None else 0


EMPTY: Final = Occupancy(None, 0)


class _Row(NamedTuple):
    unit: int
    places: int | None
    inside: int


# A custody `c` that holds somebody: now, and at the instant `at`.
OPEN: Final = "c.ended_at IS NULL"
THEN: Final = "c.started_at <= %(at)s AND coalesce(c.ended_at, 'infinity') > %(at)s"
_OCCUPANCY = """
SELECT u.id,
       (SELECT sum(places)::int FROM registry_unitcapacity WHERE unit_id = u.id AND removed_at IS NULL),
       (SELECT count(DISTINCT r.person_id)::int
        FROM registry_custody c JOIN registry_record r ON r.id = c.prisoner_id AND r.removed_at IS NULL
        WHERE c.unit_id = u.id AND c.removed_at IS NULL AND {during} AND {seen})
FROM unnest(%(units)s::bigint[]) AS u(id)
"""


def occupancy_of(units: Iterable[int], scope: Scope) -> dict[int, Occupancy]:
    """The occupancy of each unit now, by its id (one query).

    Whom the scope does not see is not counted either.
    """
    statement = _OCCUPANCY.format(during=OPEN, seen=seals.seen("r.person_id"))
    rows = select(_Row, statement, {"units": list(units), **seals.bound(scope)})
    return {row.unit: Occupancy(row.places, row.inside) for row in rows}
