"""What a dossier says: the sections chosen of the profile, and whom and what it thereby discloses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone

from consulta.access import Access, Shown
from consulta.photos.marking import Unreadable, marked
from consulta.profile import cards
from consulta.profile.cards import Card, Section
from consulta.profile.present.banner import banner, notes
from consulta.wording import chip
from registry.scope import Scope
from registry.selectors.people.photos import photo_by_id
from registry.selectors.people.situation import Situation
from registry.selectors.people.subject import Subject
from registry.services import photos

# Rows of one section: a document is read, not scrolled.
MOST_ROWS: Final = 60
MOST_PHOTOS: Final = 6
# A wide letter of the drawing behind every page: a tile holds the longer of its lines whole.
MARK_LETTER_MM: Final = 3
PHOTOS: Final = "fotos"
SOURCES: Final = "fontes"
TITLES: Final = {
    "situacao": "Situação atual",
    "identificacao": "Identificação e proveniência",
    "documentos": "Documentos",
    "fotos": "Fotografias, com marca d’água",
    "ligacoes": "Presos ligados a esta pessoa",
    "visitantes": "Visitantes",
    "advogados": "Advogados",
    "processos": "Processos",
    "movimentacoes": "Movimentações",
    "celas": "Companheiros de cela",
    "cruzamentos": "Cruzamentos",
    "rotina": "Trabalho, estudo e faltas",
    "achados": "Achados de qualidade",
}


@dataclass(frozen=True)
class Document:
    """A dossier before it is laid out. `shown` lacks the digest of the file, which is not made yet."""

    html: str
    pictures: dict[str, bytes]
    drawing: bytes
    shown: Shown


def choices(subject: Subject, scope: Scope) -> list[tuple[str, str]]:
    """The sections this person's dossier may have; who says so is always in it."""
    applying = (card.slug for card in cards.applying(subject, scope) if card.slug != SOURCES)
    return [(slug, TITLES.get(slug, slug.replace("-", " ").capitalize())) for slug in applying]


def compose(subject: Subject, access: Access, chosen: Sequence[str], reference: str) -> Document:
    """The document with the sections chosen, in the order of the profile."""
    wanted = [card for card in cards.applying(subject, access.scope) if card.slug in {*chosen, SOURCES}]
    sections = [
        cards.build(card, subject, access.scope, limit=MOST_ROWS, reference=reference)
        for card in wanted
        if card.slug != PHOTOS
    ]
    identity = _found(_always("identificacao", sections, subject, access.scope, reference))
    where = _found(_always("situacao", sections, subject, access.scope, reference))
    pictures = _pictures(identity, access) if PHOTOS in chosen else {}
    now = timezone.localtime()
    context = {
        "access": access,
        "person": banner(subject, identity, where),
        "notes": notes(subject, where if isinstance(where, Situation) else None),
        "sources": [chip(source, subject.now) for source in subject.sources],
        "sections": [_placed(section) for section in sections],
        "chosen": [title for slug, title in choices(subject, access.scope) if slug in chosen],
        "pictures": list(pictures),
        "made_at": f"{now:%d/%m/%Y %H:%M}",
        "most_rows": MOST_ROWS,
    }
    shown = Shown(
        persons=cards.disclosed(subject, sections),
        fields=("dossie", *cards.fields(sections), *([PHOTOS] if pictures else [])),
    )
    html = render_to_string("consulta/work/dossier/document.html", context)
    return Document(html, pictures, _drawing(access), shown)


def _always(slug: str, built: Iterable[Section], subject: Subject, scope: Scope, reference: str) -> Section:
    """A card that the cover needs, built anew when it is not among those chosen."""
    found = next((section for section in built if section.card.slug == slug), None)
    card: Card = cards.CARDS[slug]
    return found or cards.build(card, subject, scope, limit=MOST_ROWS, reference=reference)


def _found(section: Section) -> Any:
    return None if section.failed else section.found


def _placed(section: Section) -> dict[str, Any]:
    total, read = section.card.size(section.found) if section.card.size and not section.failed else (0, 0)
    context = section.context(url="", whole=True)
    return {
        "id": section.card.slug,
        "template": section.card.template,
        "section": context,
        "cut": total - read if total > read else 0,
    }


def _pictures(identity: Any, access: Access) -> dict[str, bytes]:
    """Up to MOST_PHOTOS photographs within the scope, by their digest, each marked with who took them away."""
    user, found = access.user, {}
    moment = f"{timezone.localtime():%d/%m/%Y %H:%M}"
    lines = (f"{user.full_name} - {user.agency}", f"{moment} {str(access.receipt)[:8]}")
    for photo in identity.photos[:MOST_PHOTOS] if identity else ():
        stored = photo_by_id(photo.pk, access.scope)
        if stored is None:
            continue
        try:
            found[stored.sha256] = marked(photos.read(stored.sha256), lines)
        except (FileNotFoundError, Unreadable):
            continue  # the profile, too, shows the drawing that there is none
    return found


def _drawing(access: Access) -> bytes:
    user = access.user
    lines = (f"{user.full_name} · {user.agency} · {timezone.localtime():%d/%m/%Y %H:%M}", str(access.receipt))
    context = {"lines": lines, "width": MARK_LETTER_MM * max(map(len, lines))}
    return render_to_string("consulta/work/dossier/mark.svg", context).encode()
