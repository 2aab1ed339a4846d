"""One search, from criteria to a page of cards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from registry.models import Origin
from registry.scope import Scope
from registry.selectors.provenance import Source, source_of
from registry.selectors.search import cards, facets, reasons
from registry.selectors.search.cards import PersonCard, Sketch
from registry.selectors.search.criteria import Criteria
from registry.selectors.search.facets import Facet
from registry.selectors.search.finding import Hit, find
from registry.selectors.search.ranking import Ranker
from registry.values import phonetics

PAGE_SIZE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of an answer. `truncated`: there are more persons than `total`, which counts those looked at.
    `dropped` are words of the query that nobody has, left out so that the others find somebody.

    `sources` are all the origins searched: to find nobody means no more than the last load of each.
    """

    cards: tuple[PersonCard, ...]
    total: int
    truncated: bool
    facets: tuple[Facet, ...]
    page: int
    pages: int
    sources: tuple[Source, ...]
    dropped: tuple[str, ...] = ()

    @property
    def late(self) -> tuple[Source, ...]:
        """Origins whose last load is older than agreed."""
        return tuple(source for source in self.sources if source.late)


def search(criteria: Criteria, scope: Scope, page: int = 1) -> Results:
    """The persons who answer the criteria, the likeliest first, equal ones by their ids; a page beyond is the last."""
    finding = find(criteria, scope)
    admitted = [hit for hit in finding.hits if facets.admits(criteria.filters, hit.candidate)]
    pages = max(1, -(-len(admitted) // PAGE_SIZE))
    page = min(max(1, page), pages)
    shown = admitted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    everyone = [hit.candidate for hit in finding.hits]
    namesakes = Counter(_heard(hit) for hit in finding.hits)
    return Results(
        cards=cards.draw([sketch(hit, finding.ranker, criteria, namesakes[_heard(hit)] - 1) for hit in shown], scope),
        total=len(admitted),
        truncated=finding.filtered_truncated,
        facets=facets.count(everyone, criteria.filters, scope, truncated=finding.truncated),
        page=page,
        pages=pages,
        sources=origins(),
        dropped=finding.dropped,
    )


def origins() -> tuple[Source, ...]:
    """Every origin of the base, and how old its data is."""
    now = timezone.now()
    return tuple(source_of(origin, now) for origin in Origin.objects.all())


def sketch(hit: Hit, ranker: Ranker, criteria: Criteria, homonyms: int = 0) -> Sketch:
    """What the search knows of a hit: the situation, what answered, and why."""
    candidate = hit.candidate
    name, mother, father = ranker.explain(candidate.names, candidate.mothers, candidate.fathers)
    why = (
        *reasons.of_documents(hit.documents),
        *reasons.of_near_documents(hit.near_documents),
        *reasons.of_name(name),
        *reasons.of_mother(mother, asked=bool(criteria.mother.strip()), known=bool(candidate.mothers)),
        *reasons.of_father(father, asked=bool(criteria.father.strip()), known=bool(candidate.fathers)),
        *reasons.of_birth(candidate.births, criteria.birth),
    )
    births = tuple(birth for birth in candidate.births if criteria.birth and birth in criteria.birth)
    answering = mother.name if mother and mother.pairs else ""
    return Sketch(candidate.id, candidate.situation, answering, births, why, hit.score, homonyms)


def _heard(hit: Hit) -> tuple[str, ...]:
    """The main name by sound."""
    return phonetics.keys(hit.candidate.names.partition("|")[0])
