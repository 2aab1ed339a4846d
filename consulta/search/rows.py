"""A card of the search as the row of a list: words, marks and addresses (templates/consulta/search/_row.html)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from consulta.search import labels
from consulta.wording import KINDS, chip, masked_cpf, place
from registry.models import RecordKind
from registry.selectors.search import Criteria, PersonCard, Place
from registry.values import oab, phonetics, rji
from registry.values.dates import age_on
from registry.values.identity_strength import IdentityStrength
from registry.values.names import tokens
from senappen.lib.wording import count

STRENGTHS: Final = {
    IdentityStrength.STRONG: "forte: número nacional, mãe e nascimento",
    IdentityStrength.FAIR: "média: confira o que falta",
    IdentityStrength.WEAK: "fraca: pouco a distingue de outra pessoa",
}
_HIGH: Final = 85
_MIDDLE: Final = 70


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; `match` if it answers the search and is to be marked."""

    text: str
    match: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What _row.html shows of a person."""

    url: str
    name: str
    name_segments: Sequence[Segment]
    photo: dict[str, str] | None
    kind: str
    situation: dict[str, str] | None
    nickname: str
    other_names: str
    mother: str
    mother_segments: Sequence[Segment]
    birth: str
    birth_segments: Sequence[Segment]
    age: int | None
    cpf: str
    rji: str
    oab: str
    state: str
    place: str
    since: str
    reasons: Sequence[str]
    warning: str
    score: int
    score_tone: str
    sources: Sequence[dict[str, object]]
    copy_text: str
    preview_url: str


def row(card: PersonCard, criteria: Criteria, now: datetime) -> Row:
    """The row of a card."""
    percent = max(0, min(100, round(100 * card.score)))
    return Row(
        url=reverse("consulta:profile", args=[card.public_id]),
        name=card.name_index,
        name_segments=marked(card.name_index, criteria.full_name),
        photo={"url": reverse("consulta:photo", args=[card.photo])} if card.photo else None,
        kind=", ".join(KINDS[RecordKind(kind)] for kind in card.kinds),
        situation=labels.situation_tag(card.situation),
        nickname=", ".join(f"“{name}”" for name in card.nicknames),
        other_names=", ".join(card.other_names),
        mother=card.mother,
        mother_segments=marked(card.mother, criteria.mother) if card.mother else (),
        **_birth(card.birth, criteria, now),
        **_numbers(card),
        **held(card.place),
        reasons=[reason.label for reason in card.reasons],
        warning=_homonyms(card),
        score=percent,
        score_tone="high" if percent >= _HIGH else "middle" if percent >= _MIDDLE else "low",
        sources=[chip(source, now) for source in card.sources],
        copy_text=_copied(card),
        preview_url=reverse("consulta:profile-preview", args=[card.public_id]),
    )


def _homonyms(card: PersonCard) -> str:
    """What to mind before asserting who it is, or nothing."""
    if not card.homonyms:
        return ""
    namesakes = count(card.homonyms, "homônimo", "homônimos")
    return f"{namesakes} nesta busca · identidade {STRENGTHS[card.strength]}"


def marked(text: str, asked: str) -> tuple[Segment, ...]:
    """The text in pieces, with the words that sound as one of those asked for marked."""
    sounds = {phonetics.key(word) for word in tokens(asked) if len(word) > 1}
    pieces: list[Segment] = []
    for position, word in enumerate(text.split(" ")):
        found = tokens(word)
        match = bool(found) and all(phonetics.key(part) in sounds for part in found)
        if position:
            pieces.append(Segment(" ", match=False))
        pieces.append(Segment(word, match))
    return tuple(pieces)


def _birth(birth: date | None, criteria: Criteria, now: datetime) -> dict[str, Any]:
    if birth is None:
        return {"birth": "", "birth_segments": (), "age": None}
    asked = criteria.birth
    day, year = f"{birth:%d/%m/}", f"{birth:%Y}"
    whole = asked is not None and asked.first == asked.last == birth
    same_year = asked is not None and asked.first.year <= birth.year <= asked.last.year
    return {
        "birth": day + year,
        "birth_segments": (Segment(day, whole), Segment(year, whole or same_year)) if asked else (),
        "age": age_on(birth, timezone.localtime(now).date()),
    }


def _numbers(card: PersonCard) -> dict[str, Any]:
    return {
        "cpf": masked_cpf(card.cpf),
        "rji": rji.display(card.rji) if card.rji else "",
        "oab": oab.display(card.oab) if oab.is_valid(card.oab) else card.oab,
    }


def held(where: Place | None) -> dict[str, Any]:
    """Where the person is or was held, in words: `state`, `place` and `since`, empty where unknown."""
    if where is None:
        return {"state": "", "place": "", "since": ""}
    return {"state": where.uf, "place": _place(where), "since": _since(where)}


def _copied(card: PersonCard) -> str:
    parts = (card.name, rji.display(card.rji) if card.rji else "", card.place.unit if card.place else "")
    return " · ".join(part for part in parts if part)


def _place(held: Place) -> str:
    if not held.is_present:
        return f"Última unidade: {held.unit}"
    parts = (held.unit, place(held.wing, held.cell), str(held.regime))
    return " · ".join(part for part in parts if part)


def _since(held: Place) -> str:
    if held.is_present:
        return f"desde {held.since:%d/%m/%Y}"
    return f"saída em {held.until:%d/%m/%Y}" if held.until else ""
