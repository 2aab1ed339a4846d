"""What every candidate must satisfy, whatever its name: scope, unit, birth and filters, as parts of a statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from registry.models import Audience, RecordKind
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.search import narrowing
from registry.selectors.search.condition import Condition
from registry.selectors.search.criteria import FACETS, Criteria, Filters, Precision
from registry.values import dates, lexemes
from registry.values.dates import BirthRange

_BROAD_MARGIN: Final = timedelta(days=2 * 366)
_YEARS_ALIVE: Final = 40  # over which most births of a prison base are spread


@dataclass(frozen=True, slots=True)
class Bounds:
    """Conditions on rows. `years`, if there is a birth, are the lexemes of the years it lies in; `share` estimates the
    part of the base born then. `kinds` are those of the records that the viewer may see.
    """

    conditions: tuple[Condition, ...]
    years: tuple[int, ...] = ()
    share: float = 1.0
    kinds: tuple[str, ...] = ()

    @property
    def born(self) -> Condition:
        """Born in one of the years, by the index of keys; whoever, where no birth is asked for."""
        return Condition("keys && %s::int[]", (list(self.years),)) if self.years else Condition("true")

    def with_filters(self, filters: Filters, scope: Scope) -> Bounds:
        """The same with the filters that have facets."""
        chosen = tuple(_filter(name, getattr(filters, name), scope) for name in FACETS if getattr(filters, name))
        return replace(self, conditions=(*self.conditions, *chosen))


def of(criteria: Criteria, scope: Scope) -> Bounds:
    """Whom the viewer may find, the unit, the date of birth and what narrows the search."""
    conditions = [*visible(scope), *narrowing.conditions(criteria.narrowing, scope)]
    if criteria.filters.unit:
        unit = "unit_id = (SELECT id FROM registry_unit WHERE public_id = %s)"
        conditions.append(Condition(unit, (criteria.filters.unit,)))
    if criteria.birth is None:
        return Bounds(tuple(conditions), kinds=tuple(kinds(scope)))
    margin = _BROAD_MARGIN if criteria.precision is Precision.BROAD else timedelta()
    first, last = criteria.birth.first - margin, criteria.birth.last + margin
    others = [] if criteria.precision is Precision.EXACT else list(days_meant(criteria.birth))
    born = "EXISTS (SELECT FROM unnest(births) AS born WHERE born BETWEEN %s AND %s OR born = ANY(%s::date[]))"
    return Bounds(
        (*conditions, Condition(born, (first, last, others))),
        tuple(lexemes.of_year(year) for year in range(first.year, last.year + 1)),
        min(1.0, ((last - first).days + 1) / 365 / _YEARS_ALIVE),
        tuple(kinds(scope)),
    )


def visible(scope: Scope) -> tuple[Condition, ...]:
    """Whom the viewer may find at all (lawyers, seals): the one place where every path of the search asks for it.

    Of a person whom some may see as a lawyer and others not, each viewer meets the document made for them.
    """
    hidden = Audience.OTHERS if scope.lawyers else Audience.LAWYERS
    return (
        Condition("audience <> %s", (hidden.value,)),
        Condition(seals.seen("registry_personsearch.person_id", "%s"), (sorted(scope.opened),)),
    )


def days_meant(birth: BirthRange) -> tuple[date, ...]:
    """Other days a register may hold for one day of birth: day and month exchanged, 1 January for the year alone."""
    if birth.first != birth.last:
        return ()
    others = (dates.swapped(birth.first), birth.first.replace(month=1, day=1))
    return tuple(day for day in others if day and day != birth.first)


def _filter(name: str, chosen: tuple[str, ...], scope: Scope) -> Condition:
    if name == "kind":
        return Condition("kinds && %s::varchar[]", ([kind for kind in chosen if kind in kinds(scope)],))
    return Condition(f"{name} = ANY(%s)", (list(chosen),))


def kinds(scope: Scope) -> list[str]:
    """The kinds of records that the viewer may see."""
    return [kind.value for kind in RecordKind if scope.lawyers or kind is not RecordKind.LAWYER]
