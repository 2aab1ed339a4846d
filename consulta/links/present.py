"""Links as the templates print them and as the graph draws them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from consulta.wording import KINDS, named
from registry.labels import label
from registry.models import LinkKind
from registry.selectors.links import Ending, LinkCriteria, Neighbourhood, Node, Path, Paths, Tie
from registry.selectors.links.nodes import MOST_COUNTED
from registry.selectors.links.path import STEPS
from registry.values.communities import communities
from registry.values.names import legible
from senappen.lib.paging import pages
from senappen.lib.wording import count, day, thousands

AMOUNTS: Final = {
    LinkKind.KIN: ("visita", "visitas"),
    LinkKind.VISIT: ("visita", "visitas"),
    LinkKind.LAWYER: ("atendimento", "atendimentos"),
    LinkKind.CELL: ("dia juntos", "dias juntos"),
    LinkKind.CASE: ("processo em comum", "processos em comum"),
    LinkKind.PHONE: ("telefone em comum", "telefones em comum"),
    LinkKind.ADDRESS: ("endereço em comum", "endereços em comum"),
    LinkKind.SHARED_VISITOR: ("visitante em comum", "visitantes em comum"),
    LinkKind.SHARED_LAWYER: ("advogado em comum", "advogados em comum"),
}
# Found by crossing facts, not written down by a state as a pair: drawn dashed.
INFERRED: Final = frozenset(LinkKind) - {LinkKind.KIN, LinkKind.VISIT, LinkKind.LAWYER}


def page(found: Neighbourhood, criteria: LinkCriteria, query: list[tuple[str, str]], base: str) -> dict[str, Any]:
    """The context of `_results.html`."""
    return {
        "focus": person(found.focus),
        "rows": [_row(tie, found.nodes) for tie in found.rows],
        "total": found.total,
        "counts": [{"label": kind.label, "count": thousands(number)} for kind, number in found.counts.items()],
        "unread": found.unread,
        "drawn": len({tie.b for tie in found.drawn}),
        "collections": [
            {"label": f"{kind.kind.label}: mais {thousands(kind.count)}", "kind": kind.kind.value}
            for kind in found.collections
        ],
        "pages": pages(found.page, found.pages, lambda n: f"{base}?{urlencode([*query, ('pagina', str(n))])}"),
        "path_url": reverse("consulta:links-path", args=[found.focus.public_id]),
        "export_url": reverse("consulta:links-export", args=[found.focus.public_id]),
        "keep_url": reverse("consulta:diagram-keep", args=[found.focus.public_id]),
        "restricted": bool(criteria.asked),
        "graph": graph(found),
    }


def graph(found: Neighbourhood, skip: int = 0) -> dict[str, Any]:
    """The drawn part for the browser: nodes by public id, edges between them, and collections of what is not drawn."""
    ids = list(dict.fromkeys([found.focus.id, *(tie.b for tie in found.drawn)]))
    return {
        "focus": str(found.focus.public_id),
        **dots(ids, (*found.drawn, *found.inner), found.nodes),
        "collections": [
            {
                "id": f"{found.focus.public_id}:{one.kind.value}",
                "of": str(found.focus.public_id),
                "kind": one.kind.value,
                "label": f"+{thousands(one.count)} {one.kind.label.lower()}",
                "skip": skip + sum(tie.kind == one.kind for tie in found.drawn),
            }
            for one in found.collections
        ],
    }


def dots(ids: Sequence[int], ties: Sequence[Tie], nodes: Mapping[int, Node]) -> dict[str, Any]:
    """Persons and the links between them for the browser, each with the group its links put it in (0 to 5)."""
    groups = communities(ids, ((tie.a, tie.b, float(tie.strength)) for tie in ties if tie.kind not in INFERRED))
    return {
        "nodes": [{**_dot(nodes[one]), "group": groups[one] % 6} for one in ids],
        "edges": [edge(tie, nodes) for tie in ties],
    }


def edge(tie: Tie, nodes: Mapping[int, Node]) -> dict[str, Any]:
    """A link for the browser; its id is the same from whichever end it was read."""
    ends = sorted((str(nodes[tie.a].public_id), str(nodes[tie.b].public_id)))
    return {
        "id": f"{ends[0]}:{ends[1]}:{tie.kind.value}",
        "source": ends[0],
        "target": ends[1],
        "kind": tie.kind.value,
        "label": relation(tie),
        "strength": tie.strength,
        "inferred": tie.kind in INFERRED,
    }


def drawn_persons(found: Neighbourhood) -> tuple[uuid.UUID, ...]:
    """Whom the graph shows, the focus first."""
    ids = dict.fromkeys([found.focus.id, *(tie.b for tie in found.drawn)])
    return tuple(found.nodes[one].public_id for one in ids)


def page_persons(found: Neighbourhood) -> tuple[uuid.UUID, ...]:
    """Whom the page shows: the focus, its table, its graph."""
    listed = (found.nodes[tie.b].public_id for tie in found.rows)
    return tuple(dict.fromkeys([found.focus.public_id, *listed, *drawn_persons(found)]))


def person(node: Node) -> dict[str, Any]:
    """A person of a table: a link, what they are, and their reach."""
    many = "mais de " if node.degree >= MOST_COUNTED else ""
    states = f" em {len(node.ufs)} estados" if len(node.ufs) > 1 else ""
    reach = f"{many}{count(node.degree, 'pessoa ligada', 'pessoas ligadas')}{states}" if node.degree else ""
    return {
        **named(node.ref),
        "kinds": ", ".join(KINDS[kind] for kind in node.kinds),
        "reach": reach,
        "links_url": reverse("consulta:links", args=[node.public_id]),
        "ufs": list(node.ufs),
    }


def relation(tie: Tie) -> str:
    """`Mãe`, `Visita`, `Advogado`, `Mesma cela`…: the kinship where a state told one."""
    return ", ".join(str(label("parentesco", code)) for code in tie.kinships) or tie.kind.label


def amount(tie: Tie) -> str:
    """`12 visitas`, `40 dias juntos`."""
    return count(tie.amount, *AMOUNTS[tie.kind])


def term(tie: Tie) -> str:
    """`03/02/2025 a 10/05/2026`, or one of them."""
    return " a ".join(dict.fromkeys(day(moment) for moment in (tie.since, tie.last) if moment)) or "sem data"


def path(found: Paths) -> dict[str, Any]:
    """The context of `_path.html`."""
    return {
        "ending": found.ending.value,
        "steps": STEPS,
        "cut": found.cut,
        "paths": [_chain(one, found.nodes) for one in found.paths],
        "graph": path_graph(found) if found.ending == Ending.FOUND else None,
    }


def path_graph(found: Paths) -> dict[str, Any]:
    """The paths for the browser, to be drawn into the graph; the first is the route."""
    ids = list(dict.fromkeys(one for each in found.paths for tie in each.ties for one in (tie.a, tie.b)))
    edges = {each["id"]: each for one in found.paths for each in (edge(tie, found.nodes) for tie in one.ties)}
    return {
        "nodes": [{**_dot(found.nodes[one]), "group": 0} for one in ids],
        "edges": list(edges.values()),
        "route": [edge(tie, found.nodes)["id"] for tie in found.paths[0].ties],
    }


def path_persons(found: Paths, ends: Iterable[uuid.UUID]) -> tuple[uuid.UUID, ...]:
    """Whom an answer about a path shows: both ends, found or not, and everyone between."""
    between = (found.nodes[one].public_id for each in found.paths for tie in each.ties for one in (tie.a, tie.b))
    return tuple(dict.fromkeys([*ends, *between]))


def _chain(one: Path, nodes: Mapping[int, Node]) -> dict[str, Any]:
    first = one.ties[0].a
    steps = [
        {**person(nodes[tie.b]), "relation": relation(tie), "amount": amount(tie), "term": term(tie)}
        for tie in one.ties
    ]
    return {"length": len(one.ties), "strength": one.strength, "first": person(nodes[first]), "steps": steps}


def _row(tie: Tie, nodes: Mapping[int, Node]) -> dict[str, Any]:
    validity = f"validade {day(tie.valid_until)}" if tie.valid_until else ""
    status = str(label("situacao_vinculo", tie.status)) if tie.status not in ("", "ATIVO") else ""
    return {
        **person(nodes[tie.b]),
        "kind": tie.kind.label,
        "relation": relation(tie) if tie.kinships else "",
        "notes": " · ".join(part for part in (status, validity) if part),
        "amount": amount(tie),
        "term": term(tie),
        "strength": tie.strength,
    }


def _dot(node: Node) -> dict[str, Any]:
    return {
        "id": str(node.public_id),
        "label": legible(node.name),
        "kind": node.kinds[0].value,
        "degree": node.degree,
        "url": reverse("consulta:profile", args=[node.public_id]),
        "expand": reverse("consulta:links-expand", args=[node.public_id]),
    }
