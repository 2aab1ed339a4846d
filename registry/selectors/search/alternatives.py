"""Where nobody near was found: other conjunctions of a query's words, in case that one or two of them are wrong.

For each word, and for each two, that may be wrong, the cheapest conjunction without them; what ranking then finds
best says which they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from registry.selectors.search import candidates, conjunctions
from registry.selectors.search.bounds import Bounds
from registry.selectors.search.candidates import ENOUGH, LIMIT, Found
from registry.selectors.search.conjunctions import conjunction, estimate
from registry.selectors.search.words import Query, Word

_MOST_WORDS: Final = 7
_MOST_REQUIRED: Final = 3
_MOST_ARMS: Final = 8
_COST: Final = 30_000  # entries of the index read for all of them; twice as many where one word is wrong

Chosen = frozenset[int]


@dataclass(frozen=True, slots=True)
class _Option:
    """A conjunction, by the places of its words, and the entries of the index that it reads."""

    words: Chosen
    cost: float


def with_errors(query: Query, bounds: Bounds, done: Sequence[Word]) -> Found:
    """Persons who lack one or two of the words, whichever; `done` is the conjunction already looked at."""
    known = _by_rarity(query)
    chosen = _covering(known, query, bounds, _places(known, done))
    return _read(chosen, known, query, bounds)


def with_near_words(query: Query, bounds: Bounds) -> Found:
    """Persons with all the words or all but one, near ones included however many: the widest look."""
    known = _by_rarity(query)
    size = len(known)
    everything = frozenset(range(size))
    fewer = [_option(frozenset(c), known, query, bounds) for c in combinations(everything, size - 1) if c]
    cheap = [one for one in sorted(fewer, key=lambda one: one.cost) if one.cost <= 6 * _COST]
    return _read([everything, *(one.words for one in cheap)], known, query, bounds)


def _by_rarity(query: Query) -> list[Word]:
    return sorted(query.known, key=lambda word: word.people)[:_MOST_WORDS]


def _places(known: Sequence[Word], words: Iterable[Word]) -> Chosen:
    """Where those words are among the known ones; their keys may have become more since."""
    asked = {(word.text, word.role) for word in words}
    return frozenset(at for at, word in enumerate(known) if (word.text, word.role) in asked)


def _covering(known: Sequence[Word], query: Query, bounds: Bounds, done: Chosen) -> list[Chosen]:
    """Cheap conjunctions such that, whichever one or two words are wrong, one of them does without."""
    everything = frozenset(range(len(known)))
    options = _options(known, query, bounds)
    chosen: list[Chosen] = [everything] if any(len(word.keys) > 1 for word in known) else []
    seen = [done, *chosen]
    spent = 0.0
    for size in (1, 2):
        for wrong in map(frozenset, combinations(everything, size)):
            if wrong == everything or any(not words & wrong for words in seen if words):
                continue
            without = next((option for option in options if not option.words & wrong), None)
            if without and spent + without.cost <= _COST * (2 if size == 1 else 1):
                spent += without.cost
                chosen.append(without.words)
                seen.append(without.words)
    return chosen[:_MOST_ARMS]


def _options(known: Sequence[Word], query: Query, bounds: Bounds) -> list[_Option]:
    """Conjunctions of up to three words that leave few enough persons, the cheapest first."""
    found = []
    for size in range(1, _MOST_REQUIRED + 1):
        for places in combinations(range(len(known)), size):
            words = [known[place] for place in places]
            if size == 1 and len(known) > 2 and words[0].people > ENOUGH:
                continue
            if estimate(words, query) * bounds.share <= LIMIT:
                found.append(_option(frozenset(places), known, query, bounds))
    return sorted(found, key=lambda option: (option.cost, sorted(option.words)))


def _option(places: Chosen, known: Sequence[Word], query: Query, bounds: Bounds) -> _Option:
    words = [known[place] for place in sorted(places)]
    cost = conjunctions.entries(words, query, bounds) + 20 * estimate(words, query) * bounds.share
    return _Option(places, cost)


def _read(chosen: Sequence[Chosen], known: Sequence[Word], query: Query, bounds: Bounds) -> Found:
    arms = [[known[place] for place in sorted(places)] for places in chosen if places]
    if not arms:
        return Found((), truncated=False)
    return candidates.read([conjunction(words, query, bounds) for words in arms], bounds)
