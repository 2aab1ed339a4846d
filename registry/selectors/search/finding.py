"""From criteria to ranked hits: by document, by name, or by what else was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from registry.scope import Scope
from registry.selectors.search import bounds as limits
from registry.selectors.search import candidates, documents, vocabulary
from registry.selectors.search.bounds import Bounds
from registry.selectors.search.candidates import Candidate, Found
from registry.selectors.search.criteria import Criteria, Precision, has_facets
from registry.selectors.search.documents import Hits
from registry.selectors.search.ranking import Alignment, Ranker
from registry.selectors.search.vocabulary import Query
from registry.values.documents import Guess

_NEAR_ENOUGH: Final = 0.85  # once a name this near is found, no wider search is made
_LEAST_SCORE: Final = {Precision.EXACT: 0.0, Precision.SOUND: 0.6, Precision.BROAD: 0.4}
_BIRTH_NOT_EXACT: Final = 0.04

Reader = Callable[[Bounds], Found]


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, how near, and what agreed."""

    candidate: Candidate
    score: float
    name: Alignment | None
    mother: Alignment | None
    documents: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Hits before the facets filter them, the likeliest first, then by person id.

    `truncated`: persons were cut off, so that counts are minima; `filtered_truncated`: even of those whom the
    filters admit. `dropped`: words that nobody has, left out because they alone kept everybody out.
    """

    hits: tuple[Hit, ...]
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
    hits = _ranked(found.candidates, query, criteria, held)
    if criteria.documents or exact or not query.known:
        return Finding(tuple(hits), found.truncated, filtered_truncated)
    if not hits or hits[0].score < _NEAR_ENOUGH:
        wider = candidates.of_alternatives(query, bounds)
        found = candidates.merged(found, wider)
        hits = _ranked(found.candidates, query, criteria, held)
    dropped = () if hits else query.unknown
    if dropped:
        hits = _ranked(found.candidates, query.without_unknown(), criteria, held)
    return Finding(tuple(hits), found.truncated, filtered_truncated, dropped)


def _reader(criteria: Criteria, query: Query, held: Hits) -> Reader:
    if criteria.documents:
        return lambda bounds: candidates.of_ids(held, bounds)
    if query.name or query.mother:
        return lambda bounds: candidates.of_words(query, bounds)
    return candidates.of_bounds


def _ranked(found: Iterable[Candidate], query: Query, criteria: Criteria, held: Hits) -> list[Hit]:
    ranker = Ranker(query)
    hits = (_hit(candidate, ranker, criteria, held) for candidate in found)
    kept = (hit for hit in hits if hit.documents or _is_near(hit, criteria))
    return sorted(kept, key=lambda hit: (-hit.score, hit.candidate.id))


def _hit(candidate: Candidate, ranker: Ranker, criteria: Criteria, held: Hits) -> Hit:
    score, name, mother = ranker.score(candidate.names, candidate.mothers)
    if criteria.birth and not any(birth in criteria.birth for birth in candidate.births):
        score -= _BIRTH_NOT_EXACT
    return Hit(candidate, round(score, 6), name, mother, held.get(candidate.id, ()))


def _is_near(hit: Hit, criteria: Criteria) -> bool:
    if criteria.precision is Precision.EXACT:
        return all(part is None or part.is_exact for part in (hit.name, hit.mother))
    return hit.score >= _LEAST_SCORE[criteria.precision]
