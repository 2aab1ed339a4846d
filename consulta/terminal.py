"""Answers of a consultation as the lines of a terminal. They are text in memory until they are disclosed."""

from consulta.access import Access, Shown, disclose
from consulta.profile.present.banner import banner
from consulta.profile.present.state import headline
from consulta.search.labels import situation_tag
from consulta.search.views import shown as shown_in_search
from registry.scope import Scope
from registry.selectors.people.identity import identity
from registry.selectors.people.movements import Event, movements
from registry.selectors.people.situation import situation
from registry.selectors.people.subject import Subject
from registry.selectors.search import PersonCard, Results
from senappen.lib.wording import day, moment

_EVENTS = 20


def found(results: Results) -> tuple[str, Shown]:
    """A page of a search, one person a line, and whom it shows."""
    total = f"{results.total}{'+' if results.truncated else ''}"
    lines = [f"{total} pessoa(s), página {results.page} de {results.pages}"]
    lines += [_card(card) for card in results.cards]
    return "\n".join(lines), shown_in_search(results)


def person(subject: Subject, scope: Scope) -> tuple[str, Shown]:
    """Who a person is, where they are and the last movements, and what that shows."""
    who, where = identity(subject, scope), situation(subject, scope)
    told = banner(subject, who, where)
    facts = {
        "Nome": told["name"],
        "Nascimento": told["birth"],
        "Mãe": told["mother"],
        "CPF": told["cpf"],
        "RJI": told["rji"],
        "OAB": told["oab"],
        "Vulgo": told["nicknames"],
        "Matrículas": ", ".join(told["registrations"]),
        "Situação": headline(where),
        "Estabelecimento": "; ".join(place.unit.name for place in where.places),
        "Origens": ", ".join(source.code for source in subject.sources),
    }
    history = movements(subject, scope, limit=_EVENTS)
    lines = [f"{name + ':':<17}{text}" for name, text in facts.items() if text]
    lines += [f"Movimentações ({history.total}):"] if history.events else []
    lines += [_event(event) for event in history.events]
    fields = ("identificacao", "situacao", "movimentacoes")
    return "\n".join(lines), Shown(persons=(subject.public_id,), fields=fields)


def close(access: Access, text: str, shown: Shown) -> str:
    """The text that may be printed: with its receipt, once the disclosure is committed. Raises AuditUnavailable."""
    whole = f"{text}\nRecibo: {access.receipt}"
    disclose(access, shown, size=len(whole.encode()))
    return whole


def _card(card: PersonCard) -> str:
    tag = situation_tag(card.situation)
    where = f"{card.place.unit}/{card.place.uf}" if card.place and card.place.is_present else ""
    parts = [card.name, day(card.birth), card.mother, tag["label"] if tag else "", where]
    return f"{card.public_id}  {' · '.join(part for part in parts if part)}"


def _event(event: Event) -> str:
    units = " → ".join(unit.name for unit in (event.unit_from, event.unit_to) if unit)
    return f"  {moment(event.at)}  {event.source.code}  {event.kind}{f'  {units}' if units else ''}"
