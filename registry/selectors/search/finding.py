"""From criteria to ranked hits: by document, by name, or by what else was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from registry.scope import Scope
from registry.selectors.search import bounds as limits
from registry.selectors.search import candidates, documents, vocabulary
from registry.selectors.search.bounds import Bounds
from registry.selectors.search.candidates import Candidate, Found
from registry.selectors.search.criteria import Criteria, Precision, has_facets
from registry.selectors.search.documents import Hits
from registry.selectors.search.ranking import Ranker
from registry.selectors.search.vocabulary import Query
from registry.values.documents import Guess

_NEAR_ENOUGH: Final = 0.85  # once a name this near is found, no wider search is made
_LEAST_SCORE: Final = {Precision.SOUND: 0.6, Precision.BROAD: 0.4}
_BIRTH_NOT_EXACT: Final = 0.04

Reader = Callable[[Bounds], Found]


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, how near, and the documents that led there."""

    candidate: Candidate
    score: float
    documents: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Hits before the facets filter them, the likeliest first, then by person id.

    `truncated`: persons were cut off, so that counts are minima; `filtered_truncated`: even of those whom the
    filters admit. `ranker` explains a hit. `dropped`: words that nobody has, left out since with them nobody is found.
    """

    hits: tuple[Hit, ...]
    ranker: Ranker
    truncated: bool
    filtered_truncated: bool
    dropped: tuple[str, ...] = ()


def find(criteria: Criteria, scope: Scope) -> Finding:
    """Everyone who answers the criteria, whatever the facets chosen, at most `candidates.LIMIT` of them."""
    exact = criteria.precision is Precision.EXACT
    query = vocabulary.look_up(criteria.full_name, criteria.mother, complete=not exact)
    held: Hits = documents.persons_with(criteria.documents, scope) if criteria.documents else {}
    read = _reader(criteria, query, held)
    bounds = limits.of(criteria, scope)
    found = read(bounds)
    filtered_truncated = found.truncated
    if found.truncated and has_facets(criteria.filters):
        # The persons whom the filters admit may be among those cut off.
        filtered = read(bounds.with_filters(criteria.filters, scope))
        found, filtered_truncated = candidates.merged(found, filtered), filtered.truncated
    ranking = _Ranking(query, criteria, held)
    hits = ranking.hits(found)
    if not (criteria.documents or exact) and query.known and (not hits or hits[0].score < _NEAR_ENOUGH):
        found = candidates.merged(found, candidates.of_alternatives(query, bounds))
        hits = ranking.hits(found)
    dropped = () if hits or criteria.documents or exact else query.unknown
    if dropped:
        ranking = _Ranking(query.without_unknown(), criteria, held)
        hits = ranking.hits(found)
    return Finding(hits, ranking.ranker, found.truncated, filtered_truncated, dropped)


def _reader(criteria: Criteria, query: Query, held: Hits) -> Reader:
    if criteria.documents:
        return lambda bounds: candidates.of_ids(held, bounds)
    if query.name or query.mother:
        return lambda bounds: candidates.of_words(query, bounds)
    return candidates.of_bounds


class _Ranking:
    """Judges candidates against one query."""

    def __init__(self, query: Query, criteria: Criteria, held: Hits) -> None:
        self.ranker = Ranker(query)
        self._criteria = criteria
        self._held = held
        self._typed = criteria.full_name

    def hits(self, found: Found) -> tuple[Hit, ...]:
        """The candidates near enough, in order."""
        hits = map(self._hit, found.candidates)
        return tuple(sorted(filter(self._is_near, hits), key=self._order))

    def _order(self, hit: Hit) -> tuple[float, int, int]:
        """The nearest first; among equals who is called just so, particles included, by main name or by another."""
        main, *others = hit.candidate.names.split("|")
        called = 0 if main == self._typed else 1 if self._typed in others else 2
        return (-hit.score, called, hit.candidate.id)

    def _hit(self, candidate: Candidate) -> Hit:
        score = self.ranker.score(candidate.names, candidate.mothers)
        birth = self._criteria.birth
        if birth and not any(day in birth for day in candidate.births):
            score -= _BIRTH_NOT_EXACT
        return Hit(candidate, round(score, 6), self._held.get(candidate.id, ()))

    def _is_near(self, hit: Hit) -> bool:
        if hit.documents:
            return True
        if self._criteria.precision is Precision.EXACT:
            parts = self.ranker.explain(hit.candidate.names, hit.candidate.mothers)
            return all(part is None or part.is_exact for part in parts)
        return hit.score >= _LEAST_SCORE[self._criteria.precision]
