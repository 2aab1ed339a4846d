"""Links in the API."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from consulta.links.present import relation
from registry.models import LinkKind
from registry.selectors.links import EVERY, LinkCriteria, Neighbourhood, Node, Path, Paths, Tie

PAGE_HELP = "página de 50 vínculos, os mais fortes primeiro"


class LinkCriteriaSerializer(serializers.Serializer[Any]):
    """Which links: kinds (all by default), least strength, dates of evidence."""

    kinds = serializers.MultipleChoiceField(choices=LinkKind.choices, required=False)
    strength = serializers.IntegerField(min_value=0, max_value=100, default=0)
    since = serializers.DateField(required=False, allow_null=True, default=None)
    until = serializers.DateField(required=False, allow_null=True, default=None)
    page = serializers.IntegerField(min_value=1, max_value=1_000, default=1, help_text=PAGE_HELP)

    @property
    def criteria(self) -> LinkCriteria:
        """The links meant; call it on valid data."""
        read = self.validated_data
        kinds = tuple(kind for kind in EVERY if kind in read.get("kinds", ())) or EVERY
        return LinkCriteria(kinds=kinds, strength=read["strength"], since=read["since"], until=read["until"])


class PathCriteriaSerializer(LinkCriteriaSerializer):
    """The same, and the other person's id."""

    other = serializers.UUIDField()


class LinkedSerializer(serializers.Serializer[Any]):
    """A person as an end of links; `degree` counts those whom visits or mandates link to them."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())
    degree = serializers.IntegerField()
    ufs = serializers.ListField(child=serializers.CharField())


class TieSerializer(serializers.Serializer[Any]):
    """A link: `way` has bit 1 when the first visits or defends the other, 2 when the other does."""

    person = LinkedSerializer()
    kind = serializers.CharField()
    relation = serializers.CharField()
    way = serializers.IntegerField()
    amount = serializers.IntegerField()
    since = serializers.DateField(allow_null=True)
    last = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    strength = serializers.IntegerField()


class NeighbourhoodSerializer(serializers.Serializer[Any]):
    """A page of a person's links."""

    person = LinkedSerializer()
    rows = TieSerializer(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    total = serializers.IntegerField()
    unread = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.", required=False)


class ChainSerializer(serializers.Serializer[Any]):
    """A path: from `first`, each link leads to its `person`."""

    first = LinkedSerializer()
    links = TieSerializer(many=True)
    strength = serializers.IntegerField()


class PathsSerializer(serializers.Serializer[Any]):
    """The shortest paths. `ending`: found, none (none of 4 links or fewer) or limit (cut: unknown)."""

    ending = serializers.ChoiceField(choices=["found", "none", "limit"])
    cut = serializers.BooleanField()
    paths = ChainSerializer(many=True)
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.", required=False)


def links(found: Neighbourhood) -> dict[str, Any]:
    """The answer of a neighbourhood."""
    counts = {kind.value: count for kind, count in found.counts.items()}
    body = {name: getattr(found, name) for name in ("total", "unread", "page", "pages")}
    rows = [_link(tie, found.nodes) for tie in found.rows]
    return dict(NeighbourhoodSerializer({"person": _person(found.focus), "rows": rows, "counts": counts, **body}).data)


def path(found: Paths) -> dict[str, Any]:
    """The answer of a path."""
    chains = [_chain(one, found.nodes) for one in found.paths]
    return dict(PathsSerializer({"ending": found.ending.value, "cut": found.cut, "paths": chains}).data)


def _chain(one: Path, nodes: Mapping[int, Node]) -> dict[str, Any]:
    first = _person(nodes[one.ties[0].a])
    return {"first": first, "links": [_link(tie, nodes) for tie in one.ties], "strength": one.strength}


def _link(tie: Tie, nodes: Mapping[int, Node]) -> dict[str, Any]:
    told = {name: getattr(tie, name) for name in ("way", "amount", "since", "last", "valid_until", "strength")}
    return {"person": _person(nodes[tie.b]), "kind": tie.kind.value, "relation": relation(tie), **told}


def _person(node: Node) -> dict[str, Any]:
    kinds = [kind.value for kind in node.kinds]
    return {"id": node.public_id, "name": node.name, "kinds": kinds, "degree": node.degree, "ufs": node.ufs}
