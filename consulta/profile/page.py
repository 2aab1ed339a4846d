"""The profile page put together from its cards."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from consulta.access import Shown
from consulta.profile import cards
from consulta.profile.cards import BRIEF, WHOLE, Card, Section
from consulta.profile.present.banner import banner, notes
from registry.scope import Scope
from registry.selectors.people.identity import Identity
from registry.selectors.people.situation import Situation
from registry.selectors.people.subject import Subject

# Which card stands in which column of the page, top to bottom; photographs have their own page.
COLUMNS: Final = (
    ("situacao", "achados", "identificacao", "documentos"),
    ("ligacoes", "visitantes", "advogados", "cruzamentos", "celas", "processos", "rotina"),
    ("movimentacoes",),
)
WIDE: Final = ("comparacao", "fontes")


@dataclass(frozen=True)
class Page:
    """A rendered-to-be page: its context and what it discloses."""

    context: dict[str, Any]
    shown: Shown


def whole_page(subject: Subject, scope: Scope, reference: str) -> Page:
    """The banner and every card that applies, each in brief."""
    placed = {slug for column in (*COLUMNS, WIDE) for slug in column}
    applying = [card for card in cards.applying(subject, scope) if card.slug in placed]
    built = {c.slug: cards.build(c, subject, scope, limit=BRIEF, reference=reference) for c in applying}
    identity, situation = _read(built.get("identificacao")), _read(built.get("situacao"))
    columns = [[_place(built[slug], subject) for slug in column if slug in built] for column in COLUMNS]
    context = {
        **_head(subject, identity, situation),
        "columns": [column for column in columns if column],
        "wide": [_place(built[slug], subject) for slug in WIDE if slug in built],
        "active": "search",
    }
    sections = built.values()
    return Page(context, Shown(persons=cards.disclosed(subject, sections), fields=("perfil", *cards.fields(sections))))


def card_page(card: Card, subject: Subject, scope: Scope, reference: str) -> Page:
    """One card with all its rows; the template decides whether alone or within a page."""
    section = cards.build(card, subject, scope, limit=WHOLE, reference=reference)
    context = {
        "person": banner(subject, None, None),
        "template": card.template,
        "section": section.context(url=card_url(subject, card), whole=True),
        "card_id": card.slug,
        "active": "search",
    }
    return Page(context, Shown(persons=cards.disclosed(subject, [section]), fields=cards.fields([section])))


def summary(subject: Subject, scope: Scope, reference: str) -> Page:
    """The side panel of the results: banner and situation."""
    chosen = [cards.CARDS["identificacao"], cards.CARDS["situacao"]]
    built = [cards.build(c, subject, scope, limit=BRIEF, reference=reference) for c in chosen]
    context = {
        **_head(subject, _read(built[0]), _read(built[1])),
        "situation": built[1].context(url="", whole=True),
    }
    return Page(context, Shown(persons=(subject.public_id,), fields=("resumo",)))


def card_url(subject: Subject, card: Card) -> str:
    """The address of one card."""
    return reverse("consulta:profile-card", args=[subject.public_id, card.slug])


def _head(subject: Subject, identity: Any, situation: Any) -> dict[str, Any]:
    who = identity if isinstance(identity, Identity) else None
    where = situation if isinstance(situation, Situation) else None
    person = banner(subject, who, where)
    if who and len(who.photos) > 1:
        person["photos_url"] = card_url(subject, cards.CARDS["fotos"])
    return {"person": person, "notes": notes(subject, where)}


def _read(section: Section | None) -> Any:
    return section.found if section and not section.failed else None


def _place(section: Section, subject: Subject) -> dict[str, Any]:
    return {
        "id": section.card.slug,
        "template": section.card.template,
        "section": section.context(url=card_url(subject, section.card)),
    }
