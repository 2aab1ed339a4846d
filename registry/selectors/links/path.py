"""How two persons are connected: the shortest chains of links, searched from both ends at once.

Each step reads the links of a whole frontier in sets. The search has a budget of links and of time; when one of them
ends it, the answer says so and never that there is no path.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Final

from django.db import OperationalError, connection, transaction

from registry.scope import Scope
from registry.selectors.links.criteria import DIRECT, STORED, LinkCriteria
from registry.selectors.links.nodes import Node, nodes
from registry.selectors.links.ties import Tie, ties

STEPS: Final = 4
MOST_PATHS: Final = 3
MOST_TIES: Final = 60_000
# Of one person in one step: whoever has more is not crossed in full.
MOST_OF_PERSON: Final = 4_000
# Cells, cases and contacts are looked up for frontiers up to these; larger ones go on by stored links alone.
MOST_LIVE: Final = 400
SECONDS: Final = 2.0
_MOST_COMBINED: Final = 500


class Ending(StrEnum):
    """Why a search ended."""

    FOUND = "found"
    NONE = "none"  # no chain of STEPS links or fewer
    LIMIT = "limit"  # the budget ended first: nothing is known


@dataclass(frozen=True)
class Path:
    """A chain of links: each begins where the one before ends. `strength` is that of its weakest link."""

    ties: tuple[Tie, ...]

    @property
    def strength(self) -> int:
        return min((tie.strength for tie in self.ties), default=0)


@dataclass(frozen=True)
class Paths:
    """The shortest paths found, the strongest first. `cut`: a limit was met, there may be others as short."""

    ending: Ending
    paths: tuple[Path, ...] = ()
    nodes: Mapping[int, Node] = field(default_factory=dict)
    cut: bool = False


class _OverBudget(Exception):
    """No more links may be read."""


@dataclass
class _Side:
    """One end of the search: how far each person is from it, and by which links they were reached."""

    start: int
    depth: int = 0
    depths: dict[int, int] = field(default_factory=dict)
    reached_by: dict[int, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    frontier: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.depths[self.start] = 0
        self.frontier = [self.start]

    def advance(self, found: Sequence[Tie]) -> None:
        """Take the links of the frontier: whoever is new is the next one."""
        self.depth += 1
        for tie in found:
            if self.depths.setdefault(tie.b, self.depth) == self.depth:
                self.reached_by[tie.b].append(tie)
        self.frontier = sorted({tie.b for tie in found if self.depths[tie.b] == self.depth})

    def chains(self, node: int) -> Iterator[tuple[Tie, ...]]:
        """The chains from the start to a node, each between two persons by their strongest link."""
        if node == self.start:
            yield ()
            return
        strongest: dict[int, Tie] = {}
        for tie in self.reached_by[node]:
            if tie.a not in strongest or tie.strength > strongest[tie.a].strength:
                strongest[tie.a] = tie
        for tie in sorted(strongest.values(), key=lambda tie: (-tie.strength, tie.a)):
            yield from ((*chain, tie) for chain in self.chains(tie.a))


class _Search:
    """A search under way."""

    def __init__(self, criteria: LinkCriteria, scope: Scope, seconds: float) -> None:
        kinds = tuple(kind for kind in criteria.kinds if kind in DIRECT)
        self.criteria = LinkCriteria(
            kinds=kinds, strength=criteria.strength, since=criteria.since, until=criteria.until
        )
        self.scope = scope
        self.deadline = time.monotonic() + seconds
        self.left = MOST_TIES
        self.cut = False

    def links_of(self, frontier: Sequence[int]) -> list[Tie]:
        """The links of a frontier. Raises _OverBudget."""
        milliseconds = int(1000 * (self.deadline - time.monotonic()))
        if milliseconds <= 0 or self.left <= 0:
            raise _OverBudget
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(milliseconds)])
        found = ties(frontier, self._of(frontier), self.scope, most=MOST_OF_PERSON)
        self.left -= len(found)
        counted: dict[int, int] = defaultdict(int)
        for tie in found:
            counted[tie.a] += tie.kind in STORED
        self.cut |= any(count >= MOST_OF_PERSON for count in counted.values())
        return found

    def _of(self, frontier: Sequence[int]) -> LinkCriteria:
        if len(frontier) <= MOST_LIVE:
            return self.criteria
        kinds = tuple(kind for kind in self.criteria.kinds if kind in STORED)
        self.cut |= kinds != self.criteria.kinds
        return LinkCriteria(
            kinds=kinds, strength=self.criteria.strength, since=self.criteria.since, until=self.criteria.until
        )


def paths(a: int, b: int, criteria: LinkCriteria, scope: Scope, *, seconds: float = SECONDS) -> Paths:
    """The shortest paths between two different persons (ids), at most MOST_PATHS of STEPS links or fewer.

    Only links between two persons count, none that rests on a third: whoever shares a visitor is two steps away.
    """
    search = _Search(criteria, scope, seconds)
    try:
        with transaction.atomic():
            found = _meet(_Side(a), _Side(b), search)
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except (_OverBudget, OperationalError):
        return Paths(Ending.LIMIT, cut=True)
    if not found:
        return Paths(Ending.LIMIT if search.cut else Ending.NONE, cut=search.cut)
    known = nodes({a, *(tie.b for path in found for tie in path.ties)}, scope)
    return Paths(Ending.FOUND, tuple(found), known, search.cut)


def _meet(left: _Side, right: _Side, search: _Search) -> list[Path]:
    while left.depth + right.depth < STEPS and left.frontier and right.frontier:
        near, far = (left, right) if len(left.frontier) <= len(right.frontier) else (right, left)
        near.advance(search.links_of(near.frontier))
        meeting = [node for node in near.frontier if far.depths.get(node) == far.depth]
        if meeting:
            return _best(left, right, meeting)
    return []


def _best(left: _Side, right: _Side, meeting: Sequence[int]) -> list[Path]:
    """The strongest of the chains through the persons where both sides met."""
    combined = (
        Path((*head, *(_turned(tie) for tie in reversed(tail))))
        for node in meeting
        for head in left.chains(node)
        for tail in right.chains(node)
    )
    ranked = sorted(islice(combined, _MOST_COMBINED), key=_rank)
    return ranked[:MOST_PATHS]


def _rank(path: Path) -> tuple[int, int, tuple[int, ...]]:
    return -path.strength, -sum(tie.strength for tie in path.ties), tuple(tie.b for tie in path.ties)


def _turned(tie: Tie) -> Tie:
    """The same link from its other end."""
    way = (tie.way & 1) * 2 + (tie.way & 2) // 2
    return Tie(
        tie.b, tie.a, tie.kind, tie.strength, tie.amount, tie.since, tie.last, way, tie.kinships, tie.status,
        tie.valid_until, tie.origins,
    )  # fmt: skip
