"""People, places and sources in the words of the screen."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from django.urls import reverse

from registry.matching.features import explain
from registry.models import Halt, RecordKind
from registry.selectors.people.subject import PersonRef
from registry.selectors.provenance import Source
from registry.values import cpf
from registry.values.names import legible
from senappen.lib.wording import ago

KINDS = {RecordKind.PRISONER: "Preso", RecordKind.VISITOR: "Visitante", RecordKind.LAWYER: "Advogado"}
# Outcomes that the exact rules have and the model has not.
RULE_OUTCOMES = {"compatible": "compatível", "missing": "ausente"}

_NOBODY: Final = str(UUID(int=0))


def chip(source: Source, now: datetime | None = None) -> dict[str, object]:
    """A source for `components/source_chip.html`; with `now`, also how old its last load is."""
    if now is None:
        return {"code": source.code, "freshness": "", "stale": False}
    freshness = ago(source.loaded_at, now) if source.loaded_at else "sem carga"
    halted = f" · {Halt(source.halt).label.lower()}" if source.halt else ""
    return {"code": source.code, "freshness": f"{freshness}{halted}", "stale": source.late}


def chips(sources: Iterable[Source]) -> list[dict[str, object]]:
    """Sources beside a fact: their codes alone."""
    return [chip(source) for source in sources]


def masked_cpf(number: str) -> str:
    """A CPF with all but its ends hidden, also when it is not eleven digits long; empty stays empty."""
    if len(number) == cpf.LENGTH and number.isdigit():
        return cpf.mask(number)
    return f"{number[:2]}•••{number[-2:]}" if len(number) > 4 else "•" * len(number)


def named(person: PersonRef) -> dict[str, str]:
    """A person as a link: a legible name and where their profile is."""
    return {"name": legible(person.name), "url": _profile_of().replace(_NOBODY, str(person.public_id))}


@cache
def _profile_of() -> str:
    """The address of nobody's profile: resolving one for each of 11,000 people would take half a second."""
    return reverse("consulta:profile", args=[_NOBODY])


def compared(feature: str, outcome: str) -> tuple[str, str]:
    """What was compared of two records and how it came out: (`Nome`, `soa igual`). What no longer is compared shows
    by its own name."""
    try:
        label, text = explain(feature, outcome)
    except KeyError:
        return feature, RULE_OUTCOMES.get(outcome, outcome)
    return label, RULE_OUTCOMES.get(outcome, text)


def place(wing: str, cell: str) -> str:
    """`Pavilhão 2 · Cela 14`, without the parts there are not; a bare number gets its word."""
    named = (f"Pavilhão {wing}" if wing.isdigit() else wing, f"Cela {cell}" if cell[:1].isdigit() else cell)
    return " · ".join(part for part in named if part)
