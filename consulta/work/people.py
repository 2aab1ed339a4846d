"""Persons in the lists of kept work: enough to know whom one means, and the way to the profile."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from consulta.search import labels
from consulta.search.rows import held
from consulta.wording import KINDS, chips
from registry.models import RecordKind
from registry.selectors.search import PersonCard
from senappen.lib.wording import day

FIELDS: Final = ("nome", "nascimento", "mae", "situacao")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person of a list; `note` is what the list itself says of them."""

    id: UUID
    url: str
    name: str
    situation: dict[str, str] | None
    kinds: str
    birth: str
    mother: str
    place: str
    sources: list[dict[str, object]]
    note: str


def line(card: PersonCard, note: str = "") -> PersonLine:
    """The line of a card."""
    where = held(card.place)
    return PersonLine(
        id=card.public_id,
        url=reverse("consulta:profile", args=[card.public_id]),
        name=card.name,
        situation=labels.situation_tag(card.situation),
        kinds=", ".join(KINDS[RecordKind(kind)] for kind in card.kinds if kind != RecordKind.PRISONER),
        birth=day(card.birth),
        mother=card.mother,
        place=" · ".join(part for part in (where["state"], where["place"]) if part),
        sources=chips(card.sources),
        note=note,
    )


def as_json(lines: Iterable[PersonLine]) -> list[dict[str, Any]]:
    """The lines for programs."""
    return [
        {
            "id": str(one.id),
            "name": one.name,
            "situation": one.situation["label"] if one.situation else "",
            "birth": one.birth,
            "mother": one.mother,
            "place": one.place,
            "note": one.note,
        }
        for one in lines
    ]
