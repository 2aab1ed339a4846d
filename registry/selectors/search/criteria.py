"""What is searched for: values only, readable again from the JSON that is stored and audited."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

from registry.selectors.search import narrowing
from registry.selectors.search.narrowing import Narrowing
from registry.values.dates import BirthRange
from registry.values.documents import Guess, classify_query
from registry.values.names import normalise, tokens

_NAME: Final = "NOME"
_TEXTS: Final = ("text", "name", "mother", "father", "document")


class Precision(StrEnum):
    """How much a name may differ from the one asked for."""

    EXACT = "exact"  # every word as it was typed, accents aside
    SOUND = "sound"  # same sound, a letter or two off, initials, a word missing
    BROAD = "broad"  # half of the name is enough; birth dates within two years


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows an answer and identifies nobody. Values of one field are alternatives; empty means any.

    `uf`, `unit`, `regime` and `modality` are those of the present custody.
    """

    situation: tuple[str, ...] = ()
    uf: tuple[str, ...] = ()
    regime: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    unit: uuid.UUID | None = None


FACETS: Final = ("situation", "uf", "regime", "modality", "sex", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """One search. `text` is the single box, where a name or any document may be typed.

    Personal data stays out of repr, which may reach a log.
    """

    text: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    mother: str = field(default="", repr=False)
    father: str = field(default="", repr=False)
    birth: BirthRange | None = field(default=None, repr=False)
    document: str = field(default="", repr=False)
    precision: Precision = Precision.SOUND
    filters: Filters = Filters()
    narrowing: Narrowing = field(default_factory=Narrowing)

    @property
    def documents(self) -> tuple[tuple[Guess, ...], ...]:
        """For each box in which a document was typed, the documents it may be."""
        boxes = (_documents_of(self.text), _documents_of(self.document))
        return tuple(guesses for guesses in boxes if guesses)

    @property
    def full_name(self) -> str:
        """The comparable name asked for, from its own field and from the single box."""
        typed = "" if _documents_of(self.text) else self.text
        return normalise(f"{typed} {self.name}")

    @property
    def is_selective(self) -> bool:
        """True if somebody in particular is asked for, not everyone of a state or a regime."""
        words = (*tokens(self.full_name), *tokens(self.mother), *tokens(self.father))
        narrowed = self.filters.unit or self.narrowing.is_selective
        return bool(self.documents or self.birth or narrowed or any(len(word) > 1 for word in words))

    @property
    def has_unread_document(self) -> bool:
        """True if the document box holds a text that is no document."""
        return bool(self.document.strip()) and not _documents_of(self.document)


def has_facets(filters: Filters) -> bool:
    """True if some filter with a facet is in use."""
    return any(getattr(filters, name) for name in FACETS)


def to_json(criteria: Criteria) -> dict[str, Any]:
    """The criteria as JSON types, empty ones left out: what is kept and what the audit records."""
    told: dict[str, Any] = {name: getattr(criteria, name) for name in _TEXTS}
    if criteria.birth:
        told["birth"] = [criteria.birth.first.isoformat(), criteria.birth.last.isoformat()]
    told["precision"] = criteria.precision.value
    told["filters"] = filters_to_json(criteria.filters)
    told["narrowing"] = narrowing.to_json(criteria.narrowing)
    return {name: value for name, value in told.items() if value}


def from_json(told: dict[str, Any]) -> Criteria:
    """The criteria that `to_json` wrote."""
    birth = told.get("birth")
    return Criteria(
        **{name: told.get(name, "") for name in _TEXTS},
        birth=BirthRange(*map(date.fromisoformat, birth)) if birth else None,
        precision=Precision(told.get("precision", Precision.SOUND)),
        filters=_filters_from_json(told.get("filters", {})),
        narrowing=narrowing.from_json(told.get("narrowing", {})),
    )


def filters_to_json(filters: Filters) -> dict[str, Any]:
    """The filters in use, as JSON types."""
    told = {name: list(getattr(filters, name)) for name in FACETS}
    unit = {"unit": str(filters.unit)} if filters.unit else {}
    return {name: value for name, value in {**told, **unit}.items() if value}


def _filters_from_json(told: dict[str, Any]) -> Filters:
    unit = uuid.UUID(told["unit"]) if told.get("unit") else None
    names = {option.name for option in fields(Filters)} - {"unit"}
    return Filters(unit=unit, **{name: tuple(told.get(name, ())) for name in names})


def _documents_of(text: str) -> tuple[Guess, ...]:
    return tuple(guess for guess in classify_query(text) if guess.kind != _NAME)
