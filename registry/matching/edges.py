"""What scoring says of a pair."""

from dataclasses import dataclass

from registry.matching.rules import Reasons


@dataclass(frozen=True, slots=True)
class Edge:
    """A scored pair, `a` < `b`. `score` is a match weight: log2 of the odds that the two are one person."""

    a: int
    b: int
    score: float
    vetoes: tuple[str, ...]
    reasons: Reasons
