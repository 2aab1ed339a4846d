"""The query string of an answer: filters, precision and page, none of which identifies anybody."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from registry.selectors.search import FACETS, Filters, Precision

# Names in the address, in the language of who reads it.
NAMES: Final[Mapping[str, str]] = {
    "situation": "situacao",
    "uf": "uf",
    "regime": "regime",
    "modality": "modalidade",
    "sex": "sexo",
    "kind": "tipo",
}
PRECISIONS: Final = {"exata": Precision.EXACT, "fonetica": Precision.SOUND, "ampla": Precision.BROAD}
_MOST_VALUES: Final = 40
_LONGEST_VALUE: Final = 40


@dataclass(frozen=True, slots=True)
class Params:
    """What the address asks of an answer. `precision` is None where the address leaves it to the search itself."""

    filters: Filters = field(default_factory=Filters)
    precision: Precision | None = None
    page: int = 1

    def url(self, base: str, *, page: int = 1) -> str:
        """The address of a page of the answer."""
        pairs = [(NAMES[name], value) for name in FACETS for value in getattr(self.filters, name)]
        if self.filters.unit:
            pairs.append(("unidade", str(self.filters.unit)))
        if self.precision:
            pairs.append(("precisao", next(text for text, one in PRECISIONS.items() if one is self.precision)))
        if page > 1:
            pairs.append(("pagina", str(page)))
        return f"{base}?{urlencode(pairs)}" if pairs else base

    def without(self, name: str, value: str) -> "Params":
        """The same with one value of a filter taken away."""
        if name == "unit":
            return replace(self, filters=replace(self.filters, unit=None), page=1)
        kept: dict[str, Any] = {name: tuple(other for other in getattr(self.filters, name) if other != value)}
        return replace(self, filters=replace(self.filters, **kept), page=1)


def read(query: QueryDict) -> Params:
    """The parameters of an address; what is not understood is ignored, since addresses are shared and edited."""
    chosen = {name: _values(query, NAMES[name]) for name in FACETS}
    return Params(
        filters=Filters(unit=_uuid(query.get("unidade", "")), **chosen),
        precision=PRECISIONS.get(query.get("precisao", "")),
        page=_number(query.get("pagina", "")),
    )


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    values = (
        value
        for value in query.getlist(name)[:_MOST_VALUES]
        if 0 < len(value) <= _LONGEST_VALUE and value.isprintable()
    )
    return tuple(dict.fromkeys(values))


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 1
