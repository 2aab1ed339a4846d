"""People linked to the person: visitors, lawyers, prisoners visited or defended, cellmates."""

from typing import Any

from consulta.wording import chips, named, place
from registry.selectors.people.cellmates import Cellmate, Cellmates
from registry.selectors.people.lawyers import Lawyers, LawyerSeen
from registry.selectors.people.links import LinkedPrisoner, Links
from registry.selectors.people.subject import Subject
from registry.selectors.people.visitors import Visitors, VisitorSeen
from registry.values.names import legible
from senappen.lib.wording import day, tag

STATUS_TONES = {"SUSPENSO": "warn", "CANCELADO": "neutral", "INDEFERIDO": "danger"}


def visitors_card(visitors: Visitors, subject: Subject) -> dict[str, Any]:
    """What `_visitors.html` prints."""
    return {"rows": [_visitor(visitor) for visitor in visitors.rows]}


def lawyers_card(lawyers: Lawyers, subject: Subject) -> dict[str, Any]:
    """What `_lawyers.html` prints."""
    return {"rows": [_lawyer(lawyer, subject) for lawyer in lawyers.rows]}


def links_card(links: Links, subject: Subject) -> dict[str, Any]:
    """What `_links.html` prints."""
    return {"rows": [_link(link) for link in links.rows]}


def cellmates_card(cellmates: Cellmates, subject: Subject) -> dict[str, Any]:
    """What `_cellmates.html` prints."""
    return {"rows": [_cellmate(cellmate) for cellmate in cellmates.rows]}


def _visitor(visitor: VisitorSeen) -> dict[str, Any]:
    status = visitor.status
    return {
        **named(visitor.person),
        "relation": ", ".join(str(kinship) for kinship in visitor.kinships) or "sem vínculo cadastrado",
        "status": tag(str(status), STATUS_TONES.get(status.code, "outline"))
        if status.code not in ("", "ATIVO")
        else None,
        "reason": visitor.suspension_reason,
        "visits": visitor.visits,
        "last_visit": day(visitor.last_visit_at),
        "also": [named(other) for other in visitor.also],
        "also_more": visitor.also_total - len(visitor.also),
        "sources": chips(visitor.sources),
    }


def _lawyer(lawyer: LawyerSeen, subject: Subject) -> dict[str, Any]:
    ended = lawyer.until is not None and lawyer.until < subject.now.date()
    term = " a ".join(part for part in (day(lawyer.since), day(lawyer.until)) if part)
    return {
        **named(lawyer.person),
        "oab": ", ".join(lawyer.inscriptions),
        "status": tag("encerrado", "outline") if ended else None,
        "term": term if lawyer.until or not term else f"desde {term}",
        "attendances": lawyer.attendances,
        "last": day(lawyer.last_attendance_at),
        "clients": lawyer.clients,
        "clients_url": f"{named(lawyer.person)['url']}ligacoes/",
        "sources": chips(lawyer.sources),
    }


def _link(link: LinkedPrisoner) -> dict[str, Any]:
    relations = [str(kinship) for kinship in link.kinships] + (["Advogado"] if link.defended else [])
    return {
        **named(link.person),
        "relation": ", ".join(relations) or "sem vínculo cadastrado",
        "place": legible(link.unit),
        "contacts": link.contacts,
        "last": day(link.last_contact_at),
        "sources": chips(link.sources),
    }


def _cellmate(cellmate: Cellmate) -> dict[str, Any]:
    until = day(cellmate.until)
    return {
        **named(cellmate.person),
        "days": cellmate.days,
        "place": " · ".join(part for part in (legible(cellmate.unit), place(cellmate.wing, cellmate.cell)) if part),
        "period": f"{day(cellmate.since)} a {until}" if until else f"desde {day(cellmate.since)}",
        "sources": chips([cellmate.source]),
    }
