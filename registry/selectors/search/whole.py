"""All who answer a search, not a page of them: for those who follow it or take it away."""

from typing import Final

from registry.scope import Scope
from registry.selectors.search import cards, facets
from registry.selectors.search.cards import PersonCard
from registry.selectors.search.criteria import Criteria
from registry.selectors.search.finding import Hit, find
from registry.selectors.search.run import sketch

# What a search looks at (`Results.truncated` says when there are more).
MOST: Final = 1_000


def persons_answering(criteria: Criteria, scope: Scope) -> list[int]:
    """Ids of the persons who answer, the likeliest first, at most MOST."""
    return [hit.candidate.id for hit in _admitted(criteria, scope)[:MOST]]


def everyone(criteria: Criteria, scope: Scope, most: int = MOST) -> tuple[tuple[PersonCard, ...], int]:
    """The cards of the `most` likeliest, and how many answer."""
    finding = find(criteria, scope)
    admitted = [hit for hit in finding.hits if facets.admits(criteria.filters, hit.candidate)]
    chosen = [sketch(hit, finding.ranker, criteria) for hit in admitted[:most]]
    return cards.draw(chosen, scope), len(admitted)


def _admitted(criteria: Criteria, scope: Scope) -> list[Hit]:
    return [hit for hit in find(criteria, scope).hits if facets.admits(criteria.filters, hit.candidate)]
