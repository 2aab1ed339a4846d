"""A diagram as its page and the API show it: to its owner, within their scope, as things are known now."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.urls import reverse

from consulta.access import Access
from consulta.links import present
from consulta.models import SavedDiagram
from consulta.profile.grounds import ReasonRequired
from registry.models import RecordKind
from registry.selectors.links import Drawing, LinkCriteria, Node, Tie, drawing


@dataclass(frozen=True)
class Opened:
    """A diagram drawn anew; `places` by the id each person has now.

    Whoever left the viewer's sight is not there, and nothing says that somebody is missing: a seal would show (ADR 17).
    """

    diagram: SavedDiagram
    found: Drawing
    places: Mapping[uuid.UUID, tuple[int, int]]

    @property
    def persons(self) -> tuple[uuid.UUID, ...]:
        """Whom it shows."""
        return tuple(self.places)


def draw(diagram: SavedDiagram, access: Access, asked: Mapping[str, object]) -> Opened:
    """The diagram as of now. Raises ReasonRequired where it began with a lawyer and what is asked carries no reason."""
    kept = diagram.places
    found = drawing(kept, LinkCriteria(), access.scope)
    focus = found.nodes.get(diagram.focus)
    if focus and RecordKind.LAWYER in focus.kinds and "reason" not in asked:
        raise ReasonRequired(focus.public_id)
    # Whoever was merged since stands once, where the first of them stood.
    places: dict[uuid.UUID, tuple[int, int]] = {}
    for home, place in kept.items():
        if home in found.nodes:
            places.setdefault(found.nodes[home].public_id, place)
    return Opened(diagram, found, places)


def graph(opened: Opened) -> dict[str, Any]:
    """For the browser: what it draws, and where."""
    nodes = opened.found.by_id
    focus = opened.found.nodes.get(opened.diagram.focus)
    return {
        "focus": str(focus.public_id) if focus else "",
        **present.dots(sorted(nodes), opened.found.ties, nodes),
        "places": {str(person): place for person, place in opened.places.items()},
    }


def table(opened: Opened) -> dict[str, Any]:
    """The same in words: persons by name, then links, the strongest first."""
    nodes = opened.found.by_id
    persons = sorted((present.person(node) for node in nodes.values()), key=itemgetter("name"))
    ties = sorted(opened.found.ties, key=lambda tie: (-tie.strength, tie.a, tie.b, tie.kind))
    return {"persons": persons, "ties": [_row(tie, nodes) for tie in ties]}


def _row(tie: Tie, nodes: Mapping[int, Node]) -> dict[str, Any]:
    return {
        "a": present.person(nodes[tie.a]),
        "b": present.person(nodes[tie.b]),
        "kind": present.relation(tie),
        "amount": present.amount(tie),
        "term": present.term(tie),
        "strength": tie.strength,
    }


def address(diagram: SavedDiagram) -> str:
    """Where it is opened."""
    return reverse("consulta:diagram", args=[diagram.pk])
