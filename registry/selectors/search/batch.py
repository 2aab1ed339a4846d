"""Many searches at once, each by what a line of a list says: who answers it, and whether that is one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry.scope import Scope
from registry.selectors.search import cards
from registry.selectors.search.cards import PersonCard, Sketch
from registry.selectors.search.criteria import Criteria
from registry.selectors.search.finding import Finding, Hit, find
from registry.selectors.search.run import sketch

MOST_SHOWN: Final = 5  # persons of each line
_ANSWERS: Final = 0.85  # from here a name is the one asked for, errors of typing included


class Outcome(StrEnum):
    """What a line found."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """The persons who answer one line, the likeliest first, at most MOST_SHOWN of `total`.

    `truncated`: there are more than `total`. `by_document` if the line named a document: then one person found is that
    document's holder; of a name alone, one person found may still be a namesake of the one meant.
    """

    cards: tuple[PersonCard, ...]
    total: int
    truncated: bool
    by_document: bool

    @property
    def outcome(self) -> Outcome:
        """One, several or none."""
        if not self.total:
            return Outcome.NONE
        return Outcome.ONE if self.total == 1 and not self.truncated else Outcome.SEVERAL


def look_up_all(asked: Sequence[Criteria], scope: Scope) -> tuple[Match, ...]:
    """What each of the criteria finds, in their order; the cards of all of them are read together."""
    findings = [find(criteria, scope) for criteria in asked]
    answering = [tuple(_answering(finding)) for finding in findings]
    sketches = [
        _sketches(hits, finding, criteria) for hits, finding, criteria in zip(answering, findings, asked, strict=True)
    ]
    drawn = iter(cards.draw_each([one for line in sketches for one in line], scope))
    return tuple(
        Match(
            cards=tuple(card for card in (next(drawn) for _ in line) if card),
            total=len(hits),
            truncated=finding.truncated and not criteria.documents,
            by_document=bool(criteria.documents),
        )
        for line, hits, finding, criteria in zip(sketches, answering, findings, asked, strict=True)
    )


def _answering(finding: Finding) -> Iterator[Hit]:
    """Those near enough; of a line in a list nothing is left out to find somebody."""
    return (hit for hit in finding.hits if not finding.dropped and (hit.documents or hit.score >= _ANSWERS))


def _sketches(hits: Sequence[Hit], finding: Finding, criteria: Criteria) -> list[Sketch]:
    return [sketch(hit, finding.ranker, criteria) for hit in hits[:MOST_SHOWN]]
