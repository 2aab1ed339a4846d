"""Everyone linked to a person: page by page, and as a graph that stays readable around a hub."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from registry.models import LinkKind
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.links.criteria import STORED, LinkCriteria
from registry.selectors.links.nodes import Node, nodes
from registry.selectors.links.ties import Tie, among, ties
from registry.selectors.people.subject import Subject
from registry.selectors.sql import select

PAGE: Final = 50
# Nodes of a graph drawn at once, and of one kind: what is beyond stands as one node, a collection.
MOST_NODES: Final = 300
MOST_OF_KIND: Final = 40
# Links of one kind that are read; beyond them only their number is known.
MOST_READ: Final = 5_000


@dataclass(frozen=True, slots=True)
class Collection:
    """Links of one kind that the graph does not draw."""

    kind: LinkKind
    count: int


@dataclass(frozen=True)
class Neighbourhood:
    """The links of `focus`, the strongest first.

    `rows` are those of one page, `drawn` those of the graph, `inner` the links of the drawn persons with each other;
    `nodes` has everyone they name. `counts` are all links by kind; `unread` is how many of them no page has.
    """

    focus: Node
    rows: tuple[Tie, ...]
    drawn: tuple[Tie, ...]
    inner: tuple[Tie, ...]
    nodes: Mapping[int, Node]
    counts: Mapping[LinkKind, int]
    collections: tuple[Collection, ...]
    page: int
    pages: int
    unread: int

    @property
    def total(self) -> int:
        """Links in all; a person linked in two ways counts twice."""
        return sum(self.counts.values())


_COUNTS: Final = f"""
SELECT kind, count(*)::int FROM registry_personlink l
WHERE l.a_id = %(id)s AND l.kind = ANY(%(kinds)s) AND l.strength >= %(strength)s
    AND (%(since)s::date IS NULL OR l.last >= %(since)s) AND (%(until)s::date IS NULL OR l.since <= %(until)s)
    AND {seals.seen("l.b_id")}
GROUP BY kind
"""  # noqa: S608 - composed of fixed texts


def neighbourhood(
    subject: Subject,
    criteria: LinkCriteria,
    scope: Scope,
    *,
    page: int = 1,
    size: int = PAGE,
    drawing: bool = True,
    skip: int = 0,
) -> Neighbourhood | None:
    """The links of a person within the scope; None if no record of the person stands in it.

    `drawing` also chooses the graph: of each kind the MOST_OF_KIND strongest after the first `skip`.
    """
    found = sorted(ties([subject.person.pk], criteria, scope, most=MOST_READ), key=_order)
    counts = _counts(subject.person.pk, criteria, scope, found)
    pages = max(1, -(-len(found) // size))
    page = min(max(1, page), pages)
    rows = found[(page - 1) * size : page * size]
    drawn = _drawn(found, skip) if drawing else []
    known = nodes({subject.person.pk, *(tie.b for tie in (*rows, *drawn))}, scope)
    focus = known.get(subject.person.pk)
    if focus is None:
        return None
    drawn = [tie for tie in drawn if tie.b in known]
    inner = among({tie.b for tie in drawn}, criteria, scope) if drawn else []
    return Neighbourhood(
        focus=focus,
        rows=tuple(tie for tie in rows if tie.b in known),
        drawn=tuple(drawn),
        inner=tuple(inner),
        nodes=known,
        counts=counts,
        collections=_collections(counts, drawn, skip) if drawing else (),
        page=page,
        pages=pages,
        unread=sum(counts.values()) - len(found),
    )


def _order(tie: Tie) -> tuple[int, int, int, str]:
    return -tie.strength, -(tie.last.toordinal() if tie.last else 0), tie.b, tie.kind


def _counts(person: int, criteria: LinkCriteria, scope: Scope, found: Sequence[Tie]) -> dict[LinkKind, int]:
    """How many links there are of each kind: of stored kinds also those that were not read."""
    counts = Counter(tie.kind for tie in found)
    kinds = [kind for kind in criteria.within(scope) if kind in STORED]
    if any(counts[kind] >= MOST_READ for kind in kinds) or sum(counts[kind] for kind in kinds) >= MOST_READ:
        parameters = {
            "id": person, "kinds": [kind.value for kind in kinds], "strength": criteria.strength,
            "since": criteria.since, "until": criteria.until, **seals.bound(scope),
        }  # fmt: skip
        counts |= Counter({LinkKind(kind): count for kind, count in select(_pair, _COUNTS, parameters)})
    return {kind: counts[kind] for kind in LinkKind if counts[kind]}


def _pair(kind: str, count: int) -> tuple[str, int]:
    return kind, count


def _drawn(found: Sequence[Tie], skip: int) -> list[Tie]:
    """The strongest of each kind, as many as a reader can take in; whoever is drawn brings all their links read."""
    chosen: dict[int, None] = {}
    seen: Counter[LinkKind] = Counter()
    for tie in found:
        seen[tie.kind] += 1
        if skip < seen[tie.kind] <= skip + MOST_OF_KIND and len(chosen) < MOST_NODES - 1:
            chosen[tie.b] = None
    return [tie for tie in found if tie.b in chosen]


def _collections(counts: Mapping[LinkKind, int], drawn: Sequence[Tie], skip: int) -> tuple[Collection, ...]:
    shown = Counter(tie.kind for tie in drawn)
    left = {kind: count - skip - shown[kind] for kind, count in counts.items()}
    return tuple(Collection(kind, count) for kind, count in left.items() if count > 0)
