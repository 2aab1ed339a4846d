"""How near a person is to the one asked for, by the names of the person and of both parents.

Shares were tuned on invented names of Brazilian frequencies; `benchmarks/search.py` measures them again.
"""

from __future__ import annotations

from typing import Final

from registry.selectors.search.alignment import Aligner, Alignment
from registry.selectors.search.words import Query

_MOTHERS_SHARE: Final = 0.8
_FATHERS_SHARE: Final = 0.6  # registers name him less often, and less surely
_UNKNOWN_PARENT: Final = 0.45


class Ranker:
    """Scores names against one query. Keeps what it learnt of each word, since candidates share most of them."""

    def __init__(self, query: Query) -> None:
        self._name, self._mother, self._father = map(Aligner, (query.name, query.mother, query.father))

    def score(self, names: str, mothers: str, fathers: str = "") -> float:
        """Score, at most 1, of comparable names joined by `|`; 1 if no name was asked for."""
        shares = []
        if self._name.total:
            shares.append((self._name.total, self._name.best(names)[0]))
        parents = ((self._mother, mothers, _MOTHERS_SHARE), (self._father, fathers, _FATHERS_SHARE))
        for asked, held, share in parents:
            if asked.total:
                shares.append((share * asked.total, max(0.0, asked.best(held)[0]) if held else _UNKNOWN_PARENT))
        whole = sum(share for share, _ in shares)
        return sum(share * score for share, score in shares) / whole if whole else 1.0

    def explain(self, names: str, mothers: str, fathers: str = "") -> tuple[Alignment | None, ...]:
        """What agrees of the name, the mother's and the father's; None where none was asked for or none is known."""
        return self._name.explain(names), self._mother.explain(mothers), self._father.explain(fathers)
