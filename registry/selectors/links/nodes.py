"""Persons as ends of links: a name, in which capacity, and how many others a state links them to."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from registry.models import Origin, RecordKind
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef
from registry.selectors.sql import select

MOST_COUNTED: Final = 5_000


@dataclass(frozen=True, slots=True)
class Node:
    """A person. `degree` counts those whom visits or mandates link to them, up to MOST_COUNTED, in the states `ufs`."""

    id: int
    public_id: uuid.UUID
    name: str
    kinds: tuple[RecordKind, ...]
    degree: int
    ufs: tuple[str, ...]

    @property
    def ref(self) -> PersonRef:
        return PersonRef(self.public_id, self.name)


class _Row(NamedTuple):
    id: int
    public_id: uuid.UUID
    name: str
    kinds: list[str]
    degree: int
    origins: list[int] | None


_NODES: Final = f"""
SELECT p.id, p.public_id, who.name, who.kinds, near.degree, near.origins
FROM unnest(%(ids)s::bigint[]) n (id) JOIN registry_person p ON p.id = n.id
CROSS JOIN LATERAL (
    SELECT (array_agg(r.name ORDER BY r.kind <> 'P', r.origin_updated_at DESC, r.id))[1] AS name,
        array_agg(DISTINCT r.kind) AS kinds
    FROM registry_record r WHERE r.person_id = n.id AND r.removed_at IS NULL AND (%(lawyers)s OR r.kind <> 'L')
        AND {seals.seen("n.id")}) who
CROSS JOIN LATERAL (
    SELECT count(DISTINCT b_id)::int AS degree, array_agg(DISTINCT origin) AS origins FROM (
        SELECT b_id, origins FROM registry_personlink l
        WHERE l.a_id = n.id AND (%(lawyers)s OR l.kind <> 'L') AND {seals.seen("l.b_id")} LIMIT %(most)s) l
        LEFT JOIN LATERAL unnest(l.origins) origin ON true) near
WHERE who.name IS NOT NULL
"""  # noqa: S608 - composed of fixed texts


def nodes(ids: Iterable[int], scope: Scope) -> Mapping[int, Node]:
    """The persons with a record in the scope that its state still has, by id."""
    parameters = {"ids": sorted(set(ids)), "lawyers": scope.lawyers, "most": MOST_COUNTED, **seals.bound(scope)}
    ufs = dict(Origin.objects.values_list("pk", "uf"))
    return {row.id: _node(row, ufs) for row in select(_Row, _NODES, parameters)}


def _node(row: _Row, ufs: Mapping[int, str]) -> Node:
    states = tuple(sorted({ufs[origin] for origin in row.origins or () if origin in ufs}))
    kinds = tuple(RecordKind(kind) for kind in "PVL" if kind in row.kinds)
    return Node(row.id, row.public_id, row.name, kinds, row.degree, states)
