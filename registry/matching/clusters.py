"""Clusters of records under constraints, and components without any."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

Pair = tuple[int, int]


def cluster(edges: Iterable[Pair], apart: Iterable[Pair]) -> dict[int, int]:
    """Each record that shares a cluster, with the lowest record of that cluster.

    `edges` come strongest first. An edge joins the clusters of its two records unless the joined one would hold a
    pair of `apart`: the weaker edge loses, whatever chain of others leads there. Records alone are left out.
    """
    forest = _Forest(apart)
    for a, b in edges:
        forest.join(a, b)
    return forest.leads()


class _Forest:
    """Union-find; each root knows its members, its lowest one and the records its cluster must not hold."""

    def __init__(self, apart: Iterable[Pair]) -> None:
        self._parent: dict[int, int] = {}
        self._size: dict[int, int] = defaultdict(lambda: 1)
        self._lead: dict[int, int] = {}
        self._enemies: dict[int, set[int]] = defaultdict(set)
        for a, b in apart:
            self._enemies[a].add(b)
            self._enemies[b].add(a)

    def join(self, a: int, b: int) -> None:
        """Join two clusters unless a constraint forbids it."""
        root, other = self._root(a), self._root(b)
        if root == other or self._are_apart(root, other):
            return
        if self._size[root] < self._size[other]:
            root, other = other, root
        self._parent[other] = root
        self._size[root] += self._size[other]
        self._lead[root] = min(self._lead[root], self._lead[other])
        if other in self._enemies:
            self._enemies[root] |= self._enemies.pop(other)

    def leads(self) -> dict[int, int]:
        """The lowest record of every record's cluster."""
        leads = {record: self._lead[self._root(record)] for record in self._parent}
        return {record: lead for record, lead in leads.items() if self._size[self._root(record)] > 1}

    def _are_apart(self, root: int, other: int) -> bool:
        fewer, against = sorted((root, other), key=lambda one: len(self._enemies.get(one, ())))
        return any(self._root(enemy) == against for enemy in self._enemies.get(fewer, ()))

    def _root(self, record: int) -> int:
        path = []
        while (parent := self._parent.setdefault(record, record)) != record:
            path.append(record)
            record = parent
        for passed in path:
            self._parent[passed] = record
        self._lead.setdefault(record, record)
        return record


class Components:
    """The connected components of records whose ids are at most `highest`, by union-find.

    Nine bytes for each id, whatever joins them: for the pairs of a nation, which come in any order and are not kept.
    """

    def __init__(self, highest: int) -> None:
        self._parent = array("q", range(highest + 1))

    def join(self, a: int, b: int) -> None:
        """Put two records into one component."""
        root, other = sorted((self._root(a), self._root(b)))
        self._parent[other] = root

    def leads(self) -> Iterator[tuple[int, int]]:
        """Each record that shares a component, with the lowest record of it. Records alone are left out."""
        told = bytearray(len(self._parent))
        for record in range(len(self._parent)):
            if (lead := self._root(record)) != record:
                if not told[lead]:
                    told[lead] = True
                    yield lead, lead
                yield record, lead

    def _root(self, record: int) -> int:
        parent = self._parent
        while (up := parent[record]) != record:
            parent[record] = record = parent[up]
        return record
