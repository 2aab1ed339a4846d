"""From criteria to ranked hits: by document, by name, or by what else was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from registry.scope import Scope
from registry.selectors.search import alternatives, candidates, documents, typos, vocabulary
from registry.selectors.search import bounds as limits
from registry.selectors.search.bounds import Bounds
from registry.selectors.search.candidates import Candidate, Found
from registry.selectors.search.criteria import Criteria, Precision, has_facets
from registry.selectors.search.documents import Hits
from registry.selectors.search.ranking import Ranker
from registry.selectors.search.words import Query
from registry.values.documents import Guess

_GOOD: Final = 0.88  # once a name this near is found, no wider search is made
_FAIR: Final = 0.76  # nor, once errors were allowed for, from here
_SURE: Final = 0.8
_MARGIN: Final = 1.02
_LEAST_SCORE: Final = {Precision.SOUND: 0.6, Precision.BROAD: 0.4}
_BIRTH_NOT_EXACT: Final = 0.04
_NEAR_DOCUMENT: Final = 0.8

Reader = Callable[[Bounds], Found]


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found, how near, and the documents that led there, exact or one typing error away."""

    candidate: Candidate
    score: float
    documents: tuple[Guess, ...] = ()
    near_documents: tuple[Guess, ...] = ()


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
    search = _Search(criteria, scope)
    found = search.first_look()
    if search.may_widen and search.is_poor(_GOOD):
        found = search.with_errors()
        if search.is_poor(_FAIR):
            found = search.with_near_words()
    dropped = () if search.hits or criteria.documents or search.is_exact else search.query.unknown
    if dropped:
        search.rank(found, search.query.without_unknown())
    return Finding(search.hits, search.ranker, found.truncated, search.filtered_truncated, dropped)


class _Search:
    """One search on its way: what was looked up, found and judged so far."""

    def __init__(self, criteria: Criteria, scope: Scope) -> None:
        self.criteria, self.scope = criteria, scope
        self.is_exact = criteria.precision is Precision.EXACT
        query = vocabulary.look_up(criteria, scope)
        self.query = query if self.is_exact or criteria.documents else typos.suspects(query)
        self.held: Hits = documents.persons_with(criteria.documents, scope) if criteria.documents else {}
        self.nearly_held: Hits = {}
        if criteria.documents and not (self.held or self.is_exact):
            self.nearly_held = documents.persons_near(criteria.documents, scope)
        self.bounds = limits.of(criteria, scope)
        self.required = candidates.required(self.query, self.bounds)
        self.may_widen = bool(self.query.known) and not (criteria.documents or self.is_exact)

    def first_look(self) -> Found:
        """Persons with the rarest words, or with the documents, or within the bounds."""
        read = _reader(self.criteria, self.query, self.held or self.nearly_held)
        found = read(self.bounds)
        self.filtered_truncated = found.truncated
        if found.truncated and has_facets(self.criteria.filters):
            # The persons whom the filters admit may be among those cut off.
            filtered = read(self.bounds.with_filters(self.criteria.filters, self.scope))
            found, self.filtered_truncated = candidates.merged(found, filtered), filtered.truncated
        return self.rank(found, self.query)

    def with_errors(self) -> Found:
        """Also those who lack a word or two, or have them mistyped."""
        query = typos.all_tolerant(self.query)
        more = alternatives.with_errors(query, self.bounds, self.required)
        return self.rank(candidates.merged(self.found, more), query)

    def with_near_words(self) -> Found:
        """Also those with words so usual that their near ones were left out."""
        query = typos.widened(self.query)
        more = alternatives.with_near_words(query, self.bounds)
        return self.rank(candidates.merged(self.found, more), query)

    def rank(self, found: Found, query: Query) -> Found:
        """Judge the candidates by the words of the query; both are kept."""
        self.found, self.query = found, query
        ranking = Ranking(query, self.criteria, self.held, self.nearly_held)
        self.ranker, self.hits = ranking.ranker, ranking.hits(found)
        return found

    def is_poor(self, good: float) -> bool:
        """True if nobody found is so near that looking further could find nobody nearer.

        Where the typing errors of every required word were among its keys, whoever was not found lacks one of them:
        no score of theirs exceeds what its weight leaves.
        """
        if not self.hits:
            return True
        total = sum(word.weight for word in self.query.words)
        if self.required and total and all(word.is_tolerant for word in self.required):
            lightest = min(word.weight for word in self.required)
            good = min(good, max(_SURE, _MARGIN - lightest / total))
        return self.hits[0].score < good


def _reader(criteria: Criteria, query: Query, held: Hits) -> Reader:
    if criteria.documents:
        return lambda bounds: candidates.of_ids(held, bounds)
    if query.words:
        return lambda bounds: candidates.of_words(query, bounds)
    return candidates.of_bounds


class Ranking:
    """Judges candidates against one query."""

    def __init__(self, query: Query, criteria: Criteria, held: Hits, nearly_held: Hits) -> None:
        self.ranker = Ranker(query)
        self._criteria = criteria
        self._held, self._nearly_held = held, nearly_held
        self._typed = criteria.full_name

    def hits(self, found: Found) -> tuple[Hit, ...]:
        """The candidates near enough, in order."""
        hits = map(self._hit, found.candidates)
        return tuple(sorted(filter(self._is_near, hits), key=self.order))

    def order(self, hit: Hit) -> tuple[float, int, int]:
        """The nearest first; among equals who is called just so, particles included, by main name or by another."""
        main, *others = hit.candidate.names.split("|")
        called = 0 if main == self._typed else 1 if self._typed in others else 2
        return (-hit.score, called, hit.candidate.id)

    def _hit(self, candidate: Candidate) -> Hit:
        score = self.ranker.score(candidate.names, candidate.mothers, candidate.fathers)
        birth = self._criteria.birth
        if birth and not any(day in birth for day in candidate.births):
            score -= _BIRTH_NOT_EXACT
        near = self._nearly_held.get(candidate.id, ())
        if near:
            score = min(score, _NEAR_DOCUMENT)
        return Hit(candidate, round(score, 6), self._held.get(candidate.id, ()), near)

    def _is_near(self, hit: Hit) -> bool:
        if hit.documents or hit.near_documents:
            return True
        if self._criteria.precision is Precision.EXACT:
            parts = self.ranker.explain(hit.candidate.names, hit.candidate.mothers, hit.candidate.fathers)
            return all(part is None or part.is_exact for part in parts)
        return hit.score >= _LEAST_SCORE[self._criteria.precision]
