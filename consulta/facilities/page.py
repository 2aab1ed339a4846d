"""The page of an establishment put together from its parts."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.urls import reverse

from consulta.access import Shown
from consulta.facilities.present import capacity, head, people, traffic
from consulta.parts import Part, attempt
from consulta.wording import place
from registry.scope import Scope
from registry.selectors.people.subject import PersonRef
from registry.selectors.units.attendances import UnitAttendances, attendances
from registry.selectors.units.census import Census, census
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.flow import Flow, flow
from registry.selectors.units.known import Known, known
from registry.selectors.units.residents import EVERYBODY, Residents, residents
from registry.selectors.units.visits import UnitVisits, visits

Read = TypeVar("Read")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to show of the unit; without a day, as it is now."""

    hours: int = 24
    wing: str | None = None
    cell: str | None = None
    page: int = 1
    day: date | None = None
    hour: time | None = None

    @property
    def query(self) -> dict[str, Any]:
        """The same, as the page's address carries it."""
        given = {
            "horas": self.hours if self.hours != 24 else None,
            "pavilhao": self.wing,
            "cela": self.cell,
            "dia": self.day.isoformat() if self.day else None,
            "hora": f"{self.hour:%H:%M}" if self.hour else None,
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True)
class Parts:
    """The parts of the page as read; any of them may have failed. `lawyers` and `known` are None where they do not
    apply: outside the scope, and in the present."""

    census: Part[Census]
    residents: Part[Residents]
    flow: Part[Flow]
    visits: Part[UnitVisits]
    lawyers: Part[UnitAttendances] | None
    known: Part[Known] | None

    @property
    def persons(self) -> tuple[uuid.UUID, ...]:
        """Everyone shown, each once, in the order of the page."""
        return tuple(dict.fromkeys(person.public_id for person in self._refs()))

    @property
    def fields(self) -> tuple[str, ...]:
        parts = (self.residents, self.flow, self.visits, self.lawyers)
        return ("unidade", *(part.name for part in parts if part and not part.failed))

    def _refs(self) -> Iterator[PersonRef]:
        if self.residents.read:
            yield from (row.person for row in self.residents.read.rows)
        if self.flow.read:
            yield from (row.person for row in (*self.flow.read.left, *self.flow.read.entered))
        if self.visits.read:
            yield from (person for row in self.visits.read.rows for person in (row.visitor, row.prisoner))
        if self.lawyers and self.lawyers.read:
            yield from (person for row in self.lawyers.read.rows for person in (row.lawyer, row.prisoner))


def read(of: Establishment, scope: Scope, asked: Asked, reference: str, *, everybody: bool = False) -> Parts:
    """Read every part, each failing alone. `everybody`: the whole list of people on one page, for paper."""
    size, limit = (EVERYBODY, EVERYBODY) if everybody else (None, 200)
    counted = attempt("contagem", reference, lambda: census(of, scope))

    def people_of() -> Residents:
        asked_for = {"wing": asked.wing, "cell": asked.cell}
        return residents(of, scope, **asked_for, page=asked.page, size=size, counted=counted.read)

    return Parts(
        counted,
        attempt("pessoas", reference, people_of),
        attempt("movimentacoes", reference, lambda: flow(of, scope, hours=asked.hours)),
        attempt("visitas", reference, lambda: visits(of, scope, hours=asked.hours, limit=limit)),
        attempt("advogados", reference, lambda: attendances(of, scope, limit=limit)) if scope.lawyers else None,
        attempt("conhecido", reference, lambda: known(of, scope)) if of.past else None,
    )


def context(of: Establishment, parts: Parts, asked: Asked, scope: Scope) -> dict[str, Any]:
    """The context of `page.html`."""
    query = asked.query
    return {
        **_head(of, parts, asked),
        "periods": head.periods(asked.hours, query),
        "capacity": capacity.capacity_card(of),
        "residents": section(parts.residents, lambda found: people.residents_card(found, query)),
        "wings": section(parts.census, lambda found: people.wings_card(found, query, asked.wing, asked.cell)),
        "needs": section(parts.census, lambda found: people.needs_card(found, scope.factions)),
        "departures": section(parts.flow, traffic.left_card),
        "arrivals": section(parts.flow, traffic.entered_card),
        "kinds": section(parts.flow, traffic.kinds_card),
        "visits": section(parts.visits, traffic.visits_card),
        "lawyers": section(parts.lawyers, traffic.attendances_card) if parts.lawyers else None,
        "filter": place(asked.wing or "", asked.cell or ""),
        "kept": [("horas", asked.hours)] if asked.hours != 24 else [],
        "roll_url": f"{reverse('consulta:unit-roll', args=[of.unit.public_id])}?{urlencode(query)}",
    }


def roll_context(of: Establishment, parts: Parts, asked: Asked) -> dict[str, Any]:
    """The context of `roll.html`: everybody, wing by wing and cell by cell."""
    return {
        **_head(of, parts, asked),
        "roll": section(parts.residents, lambda found: {"wings": people.roll(found), "total": found.total}),
        "visits": section(parts.visits, traffic.inside_card),
        "lawyers": section(parts.lawyers, traffic.attendances_card) if parts.lawyers else None,
        "filter": place(asked.wing or "", asked.cell or ""),
    }


def shown(parts: Parts) -> Shown:
    """What the page discloses."""
    return Shown(persons=parts.persons, fields=parts.fields)


def roll_shown(parts: Parts) -> Shown:
    """What the list of everybody discloses: the people held, and the visitors and lawyers still inside."""
    found = [row.person for row in parts.residents.read.rows] if parts.residents.read else []
    if parts.visits.read:
        found += [person for row in parts.visits.read.rows if row.inside for person in (row.visitor, row.prisoner)]
    if parts.lawyers and parts.lawyers.read:
        found += [person for row in parts.lawyers.read.rows if row.inside for person in (row.lawyer, row.prisoner)]
    return Shown(persons=tuple(dict.fromkeys(person.public_id for person in found)), fields=parts.fields)


def section(part: Part[Read], present_as: Callable[[Read], dict[str, Any]]) -> dict[str, Any]:
    """A part as its card's template takes it."""
    if part.read is None:
        return {"error": True, "reference": part.reference}
    return present_as(part.read)


def _head(of: Establishment, parts: Parts, asked: Asked) -> dict[str, Any]:
    counted, moved, visited = parts.census.read, parts.flow.read, parts.visits.read
    lawyers = parts.lawyers.read if parts.lawyers else None
    return {
        "facility": head.head(of, counted),
        "totals": head.totals(of, counted, moved, visited, lawyers, asked.hours),
        "instant": head.instant(of, parts.known.read if parts.known else None, counted, moved),
        "active": "facilities",
    }
