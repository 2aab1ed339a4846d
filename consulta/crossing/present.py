"""From crossings to what the templates print."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from consulta.crossing.forms import SLUGS, CrossingForm, query_of
from consulta.search.labels import situation_tag
from consulta.wording import KINDS, chips, named
from registry.models import RecordKind
from registry.selectors.crossing import LAWYERS, CrossingCriteria, Crossings, CrossingSeen, PersonBrief, Tally
from registry.selectors.crossing.crowds import Crowds
from registry.values.names import legible
from senappen.lib.paging import pages
from senappen.lib.wording import count, day, tag, thousands

TITLES: Final[Mapping[str, str]] = {
    "visitor-prisoner": "Visitante que é ou foi preso",
    "visitor-of-many": "Visitante de muitos presos",
    "contact": "Telefone ou endereço em comum",
    "fraud": "Indícios de fraude ou de erro de cadastro",
    "lawyer-visitor": "Advogado que também é visitante",
    "lawyer-prisoner": "Advogado que é ou foi preso",
    "lawyer-of-many": "Advogado de muitos presos",
}
EXPLAINED: Final[Mapping[str, str]] = {
    "visitor-prisoner": "A mesma pessoa tem cadastro de visitante e de preso, neste ou em outro estado.",
    "visitor-of-many": "Uma pessoa cadastrada para visitar, ou que visitou, vários presos que não são ela mesma.",
    "contact": "Duas pessoas sem ligação conhecida, direta ou por um terceiro, que informaram o mesmo contato.",
    "fraud": "Documento ou fotografia em duas pessoas, ou uma pessoa em duas celas. Pode ser erro de digitação.",
    "lawyer-visitor": "A mesma pessoa tem cadastro de advogado e de visitante.",
    "lawyer-prisoner": "A mesma pessoa tem cadastro de advogado e de preso.",
    "lawyer-of-many": "Advogado com muitos presos. Ter muitos clientes é exercício regular da profissão.",
}
_GRAVITY: Final = (None, tag("notável", "warn"), tag("grave", "danger", "exclamation-triangle"))
_NONE: Final = "Nenhum cruzamento com esses filtros"


def overview(found: Mapping[str, tuple[Tally, ...]], crowds: tuple[Crowds, ...]) -> dict[str, Any]:
    """The context of `overview.html`."""
    lists = [_entry(slug, found[of]) for slug, of in SLUGS.items() if of in found]
    return {
        "lists": [entry for entry in lists if not entry["lawyers"]],
        "lawyer_lists": [entry for entry in lists if entry["lawyers"]],
        "crowds": [_crowd(one) for one in crowds],
        "active": "crossings",
    }


def listing(slug: str, criteria: CrossingCriteria, found: Crossings, form: CrossingForm, reason: str) -> dict[str, Any]:
    """The context of `list.html` and `_list.html`; `reason` is the id of the reason that opened a list of lawyers."""
    base = reverse("consulta:crossing-list", args=[slug])
    query = query_of(criteria) | ({"motivo": reason} if criteria.of in LAWYERS else {})
    shown = "mais de " if found.capped else ""
    return {
        "title": TITLES[criteria.of],
        "explained": EXPLAINED[criteria.of],
        "form": form,
        "reason": query.get("motivo", ""),
        "base": base,
        "clear_url": f"{base}?{urlencode({'motivo': query['motivo']})}" if "motivo" in query else base,
        "total": f"{shown}{count(found.total, 'cruzamento', 'cruzamentos')}",
        "capped": found.capped,
        "tallies": [_tally(one) for one in found.tallies] if len(found.tallies) > 1 else [],
        "rows": [row(one) for one in found.rows],
        "pages": pages(found.page, found.pages, lambda n: f"{base}?{urlencode({**query, 'pagina': n})}"),
        "late": ", ".join(source.code for source in found.sources if source.late),
        "none": _NONE,
        "active": "crossings",
    }


def row(one: CrossingSeen) -> dict[str, Any]:
    """A crossing as a row of a list."""
    return {
        "kind": one.kind.label,
        "gravity": _GRAVITY[one.gravity],
        "person": brief(one.person),
        "other": brief(one.other) if one.other else None,
        "named": [named(ref) for ref in one.named],
        "reasons": list(one.reasons),
        "states": ", ".join(one.ufs),
        "units": ", ".join(one.units),
        "last": day(one.last_on),
    }


def brief(person: PersonBrief) -> dict[str, Any]:
    """A person of a crossing."""
    return {
        "name": legible(person.name),
        "url": reverse("consulta:profile", args=[person.public_id]),
        "kinds": ", ".join(KINDS[RecordKind(kind)].lower() for kind in person.kinds),
        "birth": day(person.birth),
        "situation": situation_tag(person.situation) if RecordKind.PRISONER in person.kinds else None,
        "unit": person.unit,
        "sources": chips(person.sources),
    }


def _entry(slug: str, found: tuple[Tally, ...]) -> dict[str, Any]:
    of = SLUGS[slug]
    return {
        "title": TITLES[of],
        "text": EXPLAINED[of],
        "url": reverse("consulta:crossing-list", args=[slug]),
        "total": _number(sum(one.total for one in found), any(one.capped for one in found)),
        "tallies": [_tally(one) for one in found] if len(found) > 1 else [],
        "lawyers": of in LAWYERS,
    }


def _tally(one: Tally) -> dict[str, str]:
    return {"label": one.kind.label, "value": _number(one.total, one.capped)}


def _number(total: int, capped: bool) -> str:
    return f"{thousands(total)}+" if capped else thousands(total)


def _crowd(one: Crowds) -> str:
    what = ("telefone", "telefones") if one.kind == "T" else ("endereço", "endereços")
    states = f", em {', '.join(one.ufs)}" if one.ufs else ""
    return f"{count(one.contacts, *what)}; o mais comum, de {count(one.most, 'pessoa', 'pessoas')}{states}"
