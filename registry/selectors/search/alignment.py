"""One-to-one alignment of the words asked for with those of a name, the rare ones weighing more.

Weights and penalties were tuned on invented names of Brazilian frequencies (docs/search.md measures them).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from registry.selectors.search.typos import similarity
from registry.selectors.search.words import Word
from registry.values import phonetics
from registry.values.names import PARTICLES

_EXTRA_WORD: Final = 0.03
_MOST_EXTRA_WORDS: Final = 4
_SWAPPED: Final = 0.02
_NOT_FIRST: Final = 0.02
_SOUND: Final = 0.96
_TOGETHER: Final = 0.97


class How(StrEnum):
    """In which way two words agree, the surest first."""

    EXACT = "exact"
    SOUND = "sound"
    PREFIX = "prefix"
    TOGETHER = "together"  # one word here, two there
    NEAR = "near"
    INITIAL = "initial"


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the query and the word of the name that answers it."""

    asked: str
    found: str
    how: How


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best of a person's names: its position among them, what agreed, what was asked and is not there."""

    score: float
    position: int
    name: str
    pairs: tuple[Pair, ...]
    missing: tuple[str, ...]
    swapped: bool
    extra: int

    @property
    def is_whole(self) -> bool:
        """True if the name is the one asked for and nothing more."""
        return not (self.missing or self.swapped or self.extra) and all(p.how is How.EXACT for p in self.pairs)

    @property
    def is_exact(self) -> bool:
        """True if every word asked for is there as it was typed."""
        return not self.missing and all(pair.how is How.EXACT for pair in self.pairs)


class _Choice(NamedTuple):
    """A word asked for and the place of the word of the name that answers it; `width` words of the name are taken."""

    asked: int
    found: int
    how: How
    similarity: float
    width: int = 1


class _Seen(NamedTuple):
    """A word of a name: how it agrees with each word asked for, and the first of the two that it is when together."""

    similarities: tuple[float, ...]
    hows: tuple[How, ...]
    joins: int | None


class Aligner:
    """The words of one name asked for. Keeps what it learnt of each word, since candidates share most of them."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.total = sum(word.weight for word in words)
        self._heaviest_first = sorted(range(len(words)), key=lambda i: -words[i].weight)
        self._known: dict[str, _Seen | None] = {}
        self._glued = [(at, word) for at, word in enumerate(words) if word.parts]
        self._pairs = {
            phonetics.key(one.text + other.text): at
            for at, (one, other) in enumerate(pairwise(words))
            if not (one.is_initial or other.is_initial)
        }

    def best(self, joined: str) -> tuple[float, int]:
        """Score and position of the name that fits best, the first of equals."""
        scores = [self._score(self._choose(words), len(words)) for words in _split(joined)]
        score = max(scores)
        return score, scores.index(score)

    def explain(self, joined: str) -> Alignment | None:
        """The alignment of the name that fits best."""
        if not self.words or not joined:
            return None
        score, position = self.best(joined)
        words = _split(joined)[position]
        chosen = sorted(self._choose(words))
        answered = {choice.asked for choice in chosen}
        return Alignment(
            score=score,
            position=position,
            name=joined.split("|")[position],
            pairs=tuple(self._pair(choice, words) for choice in chosen if choice.width),
            missing=tuple(word.text for i, word in enumerate(self.words) if i not in answered),
            swapped=_is_swapped(chosen),
            extra=len(words) - sum(choice.width for choice in chosen),
        )

    def _pair(self, choice: _Choice, words: Sequence[str]) -> Pair:
        asked, found = self.words[choice.asked].text, words[choice.found]
        if choice.how is How.TOGETHER and choice.width == 2:
            found = " ".join(words[choice.found : choice.found + 2])
        elif choice.how is How.TOGETHER and not self.words[choice.asked].parts:
            asked = " ".join(word.text for word in self.words[choice.asked : choice.asked + 2])
        return Pair(asked, found, choice.how)

    def _score(self, chosen: list[_Choice], size: int) -> float:
        """The score of a name of so many words; loops, not sums of generators: this is done for every candidate."""
        agreed, extra = 0.0, size
        for asked, _, _, alike, width in chosen:
            agreed += self.words[asked].weight * alike
            extra -= width
        in_order = sorted(chosen)
        score = agreed / self.total - _EXTRA_WORD * min(extra, _MOST_EXTRA_WORDS) - _SWAPPED * _is_swapped(in_order)
        return score - _NOT_FIRST if not in_order or in_order[0].asked or in_order[0].found else score

    def _choose(self, words: Sequence[str]) -> list[_Choice]:
        """A word of the name for each word asked for, heaviest first, the most similar first."""
        rows = [(at, seen) for at, word in enumerate(words) if (seen := self._see(word))]
        chosen = self._together(rows, words)
        answered = {choice.asked for choice in chosen}
        taken = {choice.found + more for choice in chosen for more in range(max(1, choice.width))}
        rows = [row for row in rows if row[0] not in taken]
        for asked in self._heaviest_first:
            if asked in answered:
                continue
            best, place = 0.0, 0
            for at, (_, seen) in enumerate(rows):
                if seen.similarities[asked] > best:
                    best, place = seen.similarities[asked], at
            if best:
                found, seen = rows.pop(place)
                chosen.append(_Choice(asked, found, seen.hows[asked], best))
        return chosen

    def _together(self, rows: Sequence[tuple[int, _Seen]], words: Sequence[str]) -> list[_Choice]:
        """Words asked for as one and written as two, and the other way about."""
        chosen = []
        for asked, word in self._glued:
            found = _place_of(word.parts, words)
            if found is not None:
                chosen.append(_Choice(asked, found, How.TOGETHER, _TOGETHER, len(word.parts)))
        for found, seen in rows:
            if seen.joins is not None:
                chosen.append(_Choice(seen.joins, found, How.TOGETHER, _TOGETHER))
                chosen.append(_Choice(seen.joins + 1, found, How.TOGETHER, _TOGETHER, 0))
        return chosen

    def _see(self, word: str) -> _Seen | None:
        """How a word of a name agrees with the words asked for; None if with none."""
        if word not in self._known:
            similarities, hows = zip(*(compare(asked, word) for asked in self.words), strict=True)
            joins = self._pairs.get(phonetics.key(word)) if self._pairs else None
            agrees = joins is not None or any(similarities)
            self._known[word] = _Seen(similarities, hows, joins) if agrees else None
        return self._known[word]


def compare(asked: Word, found: str) -> tuple[float, How]:
    """Similarity from 0 to 1 of a word asked for and a word of a name, and in which way they agree."""
    text = asked.text
    if text == found:
        return 1.0, How.EXACT
    if len(text) == 1 or len(found) == 1:
        same = text[0] == found[0]
        return (0.75 if len(text) == 1 else 0.5) * same, How.INITIAL
    key = phonetics.key(found)
    if asked.key == key:
        return _SOUND, How.SOUND
    if asked.is_prefix and found.startswith(text):
        return 0.72 + 0.24 * len(text) / len(found), How.PREFIX
    return similarity(text, found, asked.key, key), How.NEAR


def _split(joined: str) -> list[list[str]]:
    """Words of comparable names joined by `|`, without particles."""
    return [[word for word in name.split() if word not in PARTICLES] for name in joined.split("|")]


def _is_swapped(in_order: Sequence[_Choice]) -> bool:
    return any(a.found > b.found for a, b in pairwise(in_order))


def _place_of(parts: Sequence[str], words: Sequence[str]) -> int | None:
    """Where these words stand together in a name, by sound."""
    sounds = [phonetics.key(part) for part in parts]
    heard = [phonetics.key(word) for word in words]
    places = range(len(words) - len(parts) + 1)
    return next((at for at in places if heard[at : at + len(parts)] == sounds), None)
