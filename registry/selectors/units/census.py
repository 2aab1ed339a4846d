"""How many a unit holds, wing by wing and cell by cell: inside, out, in hospital, of which group, with which needs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from registry.scope import Scope
from registry.selectors.sql import select
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.held import MOVED_SINCE, STEP, held_in, parameters
from registry.selectors.units.occupancy import Occupancy


@dataclass(frozen=True, slots=True)
class CellCount:
    """A cell; an empty name means that the state informs none. `factions` are the groups its people are said to
    belong to, none without their permission."""

    name: str
    people: int
    away: int
    factions: tuple[str, ...]

    @property
    def mixed(self) -> bool:
        """People of different groups share the cell."""
        return len(self.factions) > 1


@dataclass(frozen=True, slots=True)
class WingCount:
    """A wing with its cells; an empty name means that the state informs none."""

    name: str
    people: int
    away: int
    cells: tuple[CellCount, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """People who need care of their own. `elderly`: sixty or more (Lei 10.741/2003)."""

    hospital: int
    disabled: int
    pregnant: int
    lactating: int
    elderly: int
    rdd: int
    monitored: int


@dataclass(frozen=True, slots=True)
class Census:
    """Everybody on the unit's books. `out` are those away for a while, `gone` those whose exit is written down while
    their custody stands open; `moved_since` those whose cell at the instant shown is not known."""

    wings: tuple[WingCount, ...]
    people: int
    out: int
    gone: int
    needs: Needs
    factions: tuple[tuple[str, int], ...]
    moved_since: int
    without_cell: int

    @property
    def inside(self) -> int:
        """Those who should answer a roll call."""
        return self.people - self.out - self.gone

    def people_in(self, wing: str | None, cell: str | None) -> int:
        """How many there are in one wing, in one cell; None means any."""
        wings = (each for each in self.wings if wing in (None, each.name))
        return sum(each.people for one in wings for each in one.cells if cell in (None, each.name))

    def occupancy(self, of: Establishment) -> Occupancy:
        """How full the unit is with them."""
        return Occupancy(of.capacity, self.people)


class _Row(NamedTuple):
    wing: str
    cell: str
    faction: str
    people: int
    out: int
    gone: int
    hospital: int
    disabled: int
    pregnant: int
    lactating: int
    elderly: int
    rdd: int
    monitored: int
    moved_since: int


_CENSUS = """
WITH held AS MATERIALIZED ({held})
SELECT held.wing, held.cell, held.faction, count(*),
       count(*) FILTER (WHERE step.kind = ANY(%(outs)s)), count(*) FILTER (WHERE step.kind = ANY(%(exits)s)),
       count(*) FILTER (WHERE step.kind = 'HOSP'), count(*) FILTER (WHERE p.disabilities <> '{{}}'),
       count(*) FILTER (WHERE p.pregnant), count(*) FILTER (WHERE p.lactating),
       count(*) FILTER (WHERE held.birth_date <= %(at)s::date - interval '60 years'),
       count(*) FILTER (WHERE held.rdd), count(*) FILTER (WHERE held.monitored),
       count(*) FILTER (WHERE {moved_since})
FROM held JOIN registry_prisoner p ON p.record_ptr_id = held.record {step}
GROUP BY held.wing, held.cell, held.faction
ORDER BY held.wing, length(held.cell), held.cell, held.faction
"""


def census(of: Establishment, scope: Scope) -> Census:
    """The unit's people counted (one query)."""
    statement = _CENSUS.format(held=held_in(of), moved_since=MOVED_SINCE, step=STEP)
    rows = select(_Row, statement, parameters(of, scope))
    groups: Counter[str] = Counter()
    for row in rows:
        groups[row.faction] += row.people
    del groups[""]
    return Census(
        wings=tuple(_wing(name, list(cells)) for name, cells in groupby(rows, key=lambda row: row.wing)),
        people=sum(row.people for row in rows),
        out=sum(row.out for row in rows),
        gone=sum(row.gone for row in rows),
        needs=Needs(**{name: sum(getattr(row, name) for row in rows) for name in Needs.__dataclass_fields__}),
        factions=tuple(sorted(groups.items(), key=lambda group: (-group[1], group[0]))),
        moved_since=sum(row.moved_since for row in rows),
        without_cell=sum(row.people for row in rows if not row.cell),
    )


def _wing(name: str, rows: list[_Row]) -> WingCount:
    cells = tuple(_cell(cell, list(of)) for cell, of in groupby(rows, key=lambda row: row.cell))
    return WingCount(name, _people(rows), _away(rows), cells)


def _cell(name: str, rows: list[_Row]) -> CellCount:
    return CellCount(name, _people(rows), _away(rows), tuple(row.faction for row in rows if row.faction))


def _people(rows: Iterable[_Row]) -> int:
    return sum(row.people for row in rows)


def _away(rows: Iterable[_Row]) -> int:
    return sum(row.out + row.gone for row in rows)
