"""An answer as its page shows it (templates/consulta/search/_results.html)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from consulta.search import labels
from consulta.search.params import NAMES, Params
from consulta.search.rows import Row, row
from registry.selectors.search import FACETS, Criteria, Facet, Narrowing, Precision, Results
from registry.values.names import display
from senappen.lib.paging import pages

_OPEN: Final = frozenset({"situation", "uf", "regime"})
_ASKED: Final = (
    ("full_name", "nome"),
    ("mother", "nome da mãe"),
    ("father", "nome do pai"),
    ("birth", "nascimento"),
    ("documents", "documento"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A filter in use and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value to filter by; `width` is its share of the largest, in percent."""

    value: str
    label: str
    count: int
    selected: bool
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetBox:
    """A facet; its counts are minima where `capped`."""

    name: str
    title: str
    open: bool
    capped: bool
    values: Sequence[FacetValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer of a search."""

    url: str
    export_url: str
    total: int
    capped: bool
    applied: Sequence[Link]
    clear_url: str
    facets: Sequence[FacetBox]
    precision: str
    unit: str
    notes: Sequence[dict[str, str]]
    rows: Sequence[Row]
    pages: dict[str, Any]
    broader_url: str
    described: str


def answer(results: Results, criteria: Criteria, params: Params, base: str, now: datetime) -> Answer:
    """The results as shown at the address `base`."""
    return Answer(
        url=base,
        export_url=params.url(f"{base}exportar/"),
        total=results.total,
        capped=results.truncated,
        applied=list(_applied(params, base)),
        clear_url=Params(precision=params.precision).url(base),
        facets=[_facet(facet, params) for facet in results.facets],
        precision=_value_of(params, "precisao"),
        unit=str(params.filters.unit or ""),
        notes=list(_notes(results, criteria)),
        rows=[row(card, criteria, now) for card in results.cards],
        pages=_pages(results, params, base),
        broader_url=_broader(criteria, params, base),
        described=described(criteria, article="o "),
    )


def described(criteria: Criteria, *, article: str = "") -> str:
    """Which criteria were used, without their values: safe in a list of past searches."""
    asked = [article + words for name, words in _ASKED if getattr(criteria, name)]
    asked += ["filtros"] if criteria.narrowing != Narrowing() else []
    return " e ".join(filter(None, (", ".join(asked[:-1]), asked[-1]))) if asked else ""


def _applied(params: Params, base: str) -> Iterator[Link]:
    for name in FACETS:
        for value in getattr(params.filters, name):
            words = f"{labels.TITLES[name]}: {labels.of(name, value)}"
            yield Link(words, params.without(name, value).url(base))
    if params.filters.unit:
        yield Link("Só em uma unidade", params.without("unit", "").url(base))


def _facet(facet: Facet, params: Params) -> FacetBox:
    chosen = getattr(params.filters, facet.name)
    largest = max((count.persons for count in facet.counts), default=1) or 1
    values = [
        FacetValue(
            value=count.value,
            label=labels.of(facet.name, count.value),
            count=count.persons,
            selected=count.value in chosen,
            width=round(100 * count.persons / largest),
        )
        for count in facet.counts
    ]
    shown_open = facet.name in _OPEN or bool(chosen)
    return FacetBox(
        name=NAMES[facet.name],
        title=labels.TITLES[facet.name],
        open=shown_open,
        capped=facet.truncated,
        values=values,
    )


def _notes(results: Results, criteria: Criteria) -> Iterator[dict[str, str]]:
    if results.truncated:
        yield {
            "tone": "warn",
            "title": "Busca muito ampla.",
            "text": "São mostradas as pessoas mais parecidas entre as primeiras 1.000. Inclua o nome da mãe, o "
            "nascimento ou mais um sobrenome.",
        }
    if criteria.precision is Precision.BROAD and results.total:
        yield {
            "tone": "info",
            "title": "Busca ampla.",
            "text": "Aparecem também pessoas com parte do nome e nascimento até dois anos antes ou depois.",
        }
    if results.dropped and results.total:
        words = ", ".join(f"“{display(word)}”" for word in results.dropped)
        yield {"tone": "info", "title": f"Ninguém tem {words} no nome.", "text": "A busca foi feita sem isso."}
    if not results.total and results.late:
        codes = ", ".join(source.code for source in results.late)
        yield {
            "tone": "warn",
            "title": "Bases atrasadas:",
            "text": f"{codes}. A última carga está fora do prazo: quem entrou depois dela ainda não aparece.",
        }


def _pages(results: Results, params: Params, base: str) -> dict[str, Any]:
    numbered = pages(results.page, results.pages, lambda number: params.url(base, page=number))
    return {"label": "Páginas de resultados", **numbered}


def _broader(criteria: Criteria, params: Params, base: str) -> str:
    if criteria.precision is Precision.BROAD or criteria.documents:
        return ""
    return replace(params, precision=Precision.BROAD).url(base)


def _value_of(params: Params, name: str) -> str:
    query = params.url("").partition("?")[2]
    return next((pair.partition("=")[2] for pair in query.split("&") if pair.startswith(f"{name}=")), "")
