"""From scored pairs to persons: thresholds, vetoes, what humans decided, and clusters under all of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from registry.matching.clusters import Pair, cluster
from registry.matching.edges import Edge
from registry.matching.vetoes import SURELY_TWO


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Match weights. A pair joins at `join`; once joined it stays until it falls below `keep` (hysteresis); what does
    not join is shown to a human from `review` on. Raises ValueError out of order."""

    join: float
    keep: float
    review: float

    def __post_init__(self) -> None:
        if not self.review <= self.keep <= self.join:
            raise ValueError("review <= keep <= join")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What holds before this run: pairs that humans judged, and those that an earlier run of a model joined."""

    same: Collection[Pair] = ()
    different: Collection[Pair] = ()
    joined: Collection[Pair] = frozenset()


NOTHING: Final = Standing()


@dataclass(frozen=True)
class Resolved:
    """Records that share a person, with the lowest of them; pairs that joined; pairs that a human should see.

    `contradicted` are pairs a human judged the same that other judgements keep apart: they need one too.
    """

    leads: dict[int, int]
    joins: list[Edge] = field(default_factory=list)
    review: list[Edge] = field(default_factory=list)
    contradicted: list[Pair] = field(default_factory=list)


def resolve(edges: Iterable[Edge], thresholds: Thresholds, standing: Standing = NOTHING) -> Resolved:
    """Build persons: humans' judgements first, then the strongest edge; none may bring together what is kept apart.

    Pairs with a veto are kept apart too, unless a human judged them the same.
    """
    same, different = set(standing.same), set(standing.different)
    undecided = [edge for edge in edges if (edge.a, edge.b) not in same | different]
    strong = sorted(
        (edge for edge in undecided if _joins(edge, thresholds, standing)), key=lambda e: (-e.score, e.a, e.b)
    )
    apart = different | {(edge.a, edge.b) for edge in undecided if edge.vetoes}
    leads = cluster([*sorted(same), *((edge.a, edge.b) for edge in strong)], apart)
    joined = {(edge.a, edge.b) for edge in strong if _together(leads, edge.a, edge.b)}
    return Resolved(
        leads,
        [edge for edge in strong if (edge.a, edge.b) in joined],
        [edge for edge in undecided if _asks(edge, thresholds) and not _together(leads, edge.a, edge.b)],
        sorted(pair for pair in same if not _together(leads, *pair)),
    )


def _joins(edge: Edge, thresholds: Thresholds, standing: Standing) -> bool:
    if edge.vetoes:
        return False
    least = thresholds.keep if (edge.a, edge.b) in standing.joined else thresholds.join
    return edge.score >= least


def _asks(edge: Edge, thresholds: Thresholds) -> bool:
    return edge.score >= thresholds.review and SURELY_TWO not in edge.vetoes


def _together(leads: dict[int, int], a: int, b: int) -> bool:
    return a in leads and leads[a] == leads.get(b)
