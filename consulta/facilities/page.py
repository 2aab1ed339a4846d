"""The page of an establishment put together from its parts."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from consulta.access import Shown
from consulta.facilities import present
from consulta.parts import Part, attempt
from registry.scope import Scope
from registry.selectors.people.subject import PersonRef
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.flow import Flow, flow
from registry.selectors.units.residents import Residents, residents
from registry.selectors.units.visits import UnitVisits, visits

Read = TypeVar("Read")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to show of the unit."""

    hours: int = 24
    wing: str | None = None
    page: int = 1

    @property
    def query(self) -> dict[str, Any]:
        """The same, as the page's address carries it."""
        chosen = {"pavilhao": self.wing} if self.wing is not None else {}
        return {**({"horas": self.hours} if self.hours != 24 else {}), **chosen}


@dataclass(frozen=True)
class Parts:
    """The parts of the page as read; any of them may have failed."""

    residents: Part[Residents]
    flow: Part[Flow]
    visits: Part[UnitVisits]

    @property
    def persons(self) -> tuple[uuid.UUID, ...]:
        """Everyone shown, each once, in the order of the page."""
        return tuple(dict.fromkeys(person.public_id for person in self._refs()))

    @property
    def fields(self) -> tuple[str, ...]:
        return ("unidade", *(part.name for part in (self.residents, self.flow, self.visits) if not part.failed))

    def _refs(self) -> Iterator[PersonRef]:
        if self.residents.read:
            yield from (row.person for row in self.residents.read.rows)
        if self.flow.read:
            yield from (row.person for row in (*self.flow.read.left, *self.flow.read.entered))
        if self.visits.read:
            yield from (person for row in self.visits.read.rows for person in (row.visitor, row.prisoner))


def read(of: Establishment, scope: Scope, asked: Asked, reference: str) -> Parts:
    """Read every part, each failing alone."""
    return Parts(
        attempt("pessoas", reference, lambda: residents(of, scope, wing=asked.wing, page=asked.page)),
        attempt("movimentacoes", reference, lambda: flow(of, scope, hours=asked.hours)),
        attempt("visitas", reference, lambda: visits(of, scope, hours=asked.hours)),
    )


def context(of: Establishment, parts: Parts, asked: Asked) -> dict[str, Any]:
    """The context of `page.html`."""
    query = asked.query
    return {
        "facility": present.head(of),
        "totals": present.totals(of, parts.flow.read, parts.visits.read, asked.hours),
        "periods": present.periods(asked.hours, query),
        "capacity": present.capacity_card(of),
        "residents": section(parts.residents, lambda found: present.residents_card(found, query)),
        "wings": section(parts.residents, lambda found: present.wings_card(found, query, asked.wing)),
        "departures": section(parts.flow, present.left_card),
        "arrivals": section(parts.flow, present.entered_card),
        "kinds": section(parts.flow, present.kinds_card),
        "visits": section(parts.visits, present.visits_card),
        "filter": asked.wing,
        "active": "facilities",
    }


def shown(parts: Parts) -> Shown:
    """What the page discloses."""
    return Shown(persons=parts.persons, fields=parts.fields)


def section(part: Part[Read], present_as: Callable[[Read], dict[str, Any]]) -> dict[str, Any]:
    """A part as its card's template takes it."""
    if part.read is None:
        return {"error": True, "reference": part.reference}
    return present_as(part.read)
