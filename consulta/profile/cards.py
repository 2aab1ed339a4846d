"""The cards of a profile: what each reads, how it is printed, whom it discloses. One entry of CARDS is one card.

A card that fails is shown as failed, with the reference of the request; the others do not notice.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from consulta.parts import attempt
from consulta.profile.present.comparison import comparison_card
from consulta.profile.present.crossings import crossings_card
from consulta.profile.present.facts import documents_card, facts_card, photos_card
from consulta.profile.present.findings import findings_card
from consulta.profile.present.history import timeline_card
from consulta.profile.present.papers import cases_card, conduct_card, sources_card
from consulta.profile.present.people import cellmates_card, lawyers_card, links_card, visitors_card
from consulta.profile.present.state import situation_card
from registry.scope import Scope
from registry.selectors.crossing.of_person import crossings_of
from registry.selectors.people.cases import cases
from registry.selectors.people.cellmates import cellmates
from registry.selectors.people.comparison import comparison
from registry.selectors.people.conduct import conduct
from registry.selectors.people.documents import documents
from registry.selectors.people.findings import findings
from registry.selectors.people.identity import identity
from registry.selectors.people.lawyers import lawyers
from registry.selectors.people.links import links
from registry.selectors.people.movements import movements
from registry.selectors.people.situation import situation
from registry.selectors.people.sources import sources
from registry.selectors.people.subject import Subject
from registry.selectors.people.visitors import visitors

BRIEF: Final = 12  # rows of a card within the page
WHOLE: Final = 500  # rows of a card on its own

Persons = Iterable[uuid.UUID]


def _nobody(found: Any) -> Persons:
    return ()


def _people(found: Any) -> Persons:
    return (row.person.public_id for row in found.rows)


def _visiting(found: Any) -> Persons:
    return (ref.public_id for row in found.rows for ref in (row.person, *row.also))


def _crossed(found: Any) -> Persons:
    return (person for row in found.rows for person in row.persons)


def _others(found: Any) -> Persons:
    return (ref.public_id for row in found.rows for ref in row.others)


def _rows(found: Any) -> tuple[int, int]:
    return found.total, len(found.rows)


def _events(found: Any) -> tuple[int, int]:
    return found.total, len(found.events)


def _always(subject: Subject, scope: Scope) -> bool:
    return True


def _imprisoned(subject: Subject, scope: Scope) -> bool:
    return bool(subject.prisoners)


def _defended(subject: Subject, scope: Scope) -> bool:
    return scope.lawyers and bool(subject.prisoners)


def _several(subject: Subject, scope: Scope) -> bool:
    return len(subject.records) > 1


def _linking(subject: Subject, scope: Scope) -> bool:
    return bool(subject.visitors or subject.lawyers)


@dataclass(frozen=True)
class Card:
    """A card. `slug` names it in the address and in the audit; `read` is its selector.

    `present` makes what the template `_<name>.html` takes; `persons` names whom it discloses besides the subject.
    `size` tells how many rows there are and how many were read: a selector with rows takes a `limit`.
    """

    slug: str
    name: str
    read: Callable[..., Any]
    present: Callable[[Any, Subject], dict[str, Any]]
    applies: Callable[[Subject, Scope], bool] = _always
    persons: Callable[[Any], Persons] = _nobody
    size: Callable[[Any], tuple[int, int]] | None = None

    @property
    def template(self) -> str:
        return f"consulta/profile/_{self.name}.html"


CARDS: Final = {
    card.slug: card
    for card in (
        Card("situacao", "situation", situation, situation_card, _imprisoned),
        Card("identificacao", "facts", identity, facts_card),
        Card("documentos", "documents", documents, documents_card),
        Card("fotos", "photos", identity, photos_card),
        Card("ligacoes", "links", links, links_card, _linking, _people, _rows),
        Card("visitantes", "visitors", visitors, visitors_card, _imprisoned, _visiting, _rows),
        Card("advogados", "lawyers", lawyers, lawyers_card, _defended, _people, _rows),
        Card("processos", "cases", cases, cases_card, _imprisoned, size=_rows),
        Card("movimentacoes", "timeline", movements, timeline_card, _imprisoned, size=_events),
        Card("celas", "cellmates", cellmates, cellmates_card, _imprisoned, _people, _rows),
        Card("cruzamentos", "crossings", crossings_of, crossings_card, _always, _crossed, _rows),
        Card("rotina", "conduct", conduct, conduct_card, _imprisoned),
        Card("achados", "findings", findings, findings_card, _always, _others, _rows),
        Card("comparacao", "comparison", comparison, comparison_card, _several),
        Card("fontes", "sources", sources, sources_card),
    )
}


@dataclass(frozen=True)
class Section:
    """A card as read, and in the words of its template; both None when it failed."""

    card: Card
    found: Any
    printed: dict[str, Any] | None
    reference: str

    @property
    def failed(self) -> bool:
        return self.printed is None

    @property
    def persons(self) -> tuple[uuid.UUID, ...]:
        return () if self.failed else tuple(self.card.persons(self.found))

    def context(self, *, url: str, whole: bool = False) -> dict[str, Any]:
        """The `section` of the card's template; `url` is the card alone, `whole` when this is it."""
        if self.printed is None:
            return {"error": True, "reference": self.reference, "url": url}
        total, shown = self.card.size(self.found) if self.card.size else (None, None)
        more = url if not whole and total != shown else ""
        return {"total": total, **self.printed, "error": False, "url": url, "more_url": more}


def build(card: Card, subject: Subject, scope: Scope, *, limit: int, reference: str) -> Section:
    """Read one card, at most `limit` rows, and put it in words."""

    def read() -> tuple[Any, dict[str, Any]]:
        found = card.read(subject, scope, limit=limit) if card.size else card.read(subject, scope)
        return found, card.present(found, subject)

    found, printed = attempt(card.slug, reference, read).read or (None, None)
    return Section(card, found, printed, reference)


def applying(subject: Subject, scope: Scope) -> list[Card]:
    """The cards that this profile has within the scope, in order."""
    return [card for card in CARDS.values() if card.applies(subject, scope)]


def disclosed(subject: Subject, sections: Iterable[Section]) -> tuple[uuid.UUID, ...]:
    """Every person shown, each once: the profile's first, then as the sections name them."""
    return tuple(dict.fromkeys((subject.public_id, *(person for section in sections for person in section.persons))))


def fields(sections: Iterable[Section]) -> tuple[str, ...]:
    """The kinds of data shown: names of the cards that did not fail."""
    return tuple(section.card.slug for section in sections if not section.failed)
