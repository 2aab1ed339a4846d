"""Persons somebody chose and every link between them: what a diagram that was kept shows when it is opened again."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.links.criteria import STORED, LinkCriteria
from registry.selectors.links.nodes import Node, nodes
from registry.selectors.links.ties import Tie, among, ties


@dataclass(frozen=True)
class Drawing:
    """`nodes` by the id each was asked under; two ids of one human being have the same node. `ties` between them."""

    nodes: Mapping[uuid.UUID, Node]
    ties: tuple[Tie, ...]

    @property
    def by_id(self) -> Mapping[int, Node]:
        """The same persons by the registry's id."""
        return {node.id: node for node in self.nodes.values()}


def drawing(public_ids: Iterable[uuid.UUID], criteria: LinkCriteria, scope: Scope) -> Drawing:
    """The persons these ids lead to now, within the scope, and the links among them; other ids are left out."""
    # Every record has a home person, and leads to whom it is judged to be (ADR 3): merges and their undoing follow.
    homes = seals.records(scope).filter(home__public_id__in=list(public_ids)).order_by("pk")
    current = dict(homes.values_list("home__public_id", "person_id"))
    known = nodes(current.values(), scope)
    return Drawing(
        nodes={home: known[person] for home, person in current.items() if person in known},
        ties=tuple(_between(known, criteria, scope)),
    )


def _between(known: Mapping[int, Node], criteria: LinkCriteria, scope: Scope) -> Iterable[Tie]:
    """Each link once, whichever end it was found from: a crowded cell may tell of it from one end only."""
    yield from among(known, criteria, scope)
    live = replace(criteria, kinds=tuple(kind for kind in criteria.kinds if kind not in STORED))
    found = (tie for tie in ties(sorted(known), live, scope, most=0) if tie.b in known)
    yield from {(min(tie.a, tie.b), max(tie.a, tie.b), tie.kind): tie for tie in found}.values()
