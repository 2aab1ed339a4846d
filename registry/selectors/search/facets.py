"""How many of the persons found have each situation, state, regime, sex and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.models import RecordKind
from registry.scope import Scope
from registry.selectors.search.candidates import Candidate
from registry.selectors.search.criteria import FACETS, Filters


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet and the persons who have it. A value chosen by the viewer stays, even with nobody."""

    value: str
    persons: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The counts of one filter, the largest first, among the persons whom the other filters admit.

    `truncated`: only some of the persons were looked at, and each count is a minimum.
    """

    name: str
    counts: tuple[Count, ...]
    truncated: bool


def admits(filters: Filters, candidate: Candidate, *, but: str = "") -> bool:
    """True if the filters, except the one named `but`, let the candidate through."""
    return all(
        not chosen or not chosen.isdisjoint(_values(candidate, name))
        for name in FACETS
        if name != but and (chosen := set(getattr(filters, name))) is not None
    )


def count(candidates: Sequence[Candidate], filters: Filters, scope: Scope, *, truncated: bool) -> tuple[Facet, ...]:
    """Every facet of the candidates, who are not yet filtered."""
    return tuple(Facet(name, _counts(candidates, filters, name, scope), truncated) for name in FACETS)


def _counts(candidates: Iterable[Candidate], filters: Filters, name: str, scope: Scope) -> tuple[Count, ...]:
    counter: Counter[str] = Counter(dict.fromkeys(getattr(filters, name), 0))
    for candidate in candidates:
        if admits(filters, candidate, but=name):
            counter.update(_values(candidate, name))
    hidden = "" if scope.lawyers or name != "kind" else RecordKind.LAWYER.value
    shown = [Count(value, persons) for value, persons in counter.items() if value and value != hidden]
    return tuple(sorted(shown, key=lambda count: (-count.persons, count.value)))


def _values(candidate: Candidate, name: str) -> tuple[str, ...]:
    return candidate.kinds if name == "kind" else (getattr(candidate, name),)
