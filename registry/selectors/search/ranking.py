"""How near a person's names are to the ones asked for: one-to-one alignment of words, the rare ones weighing more.

Weights and penalties were tuned on invented names of Brazilian frequencies (recall@10 0.96 among ten million);
`benchmarks/search.py` measures them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from registry.selectors.search.vocabulary import Query, Word
from registry.values import phonetics
from registry.values.names import PARTICLES

_MOTHERS_SHARE: Final = 0.8
_UNKNOWN_MOTHER: Final = 0.45
_EXTRA_WORD: Final = 0.03
_MOST_EXTRA_WORDS: Final = 4
_SWAPPED: Final = 0.02
_NOT_FIRST: Final = 0.02


class How(StrEnum):
    """In which way two words agree, the surest first."""

    EXACT = "exact"
    SOUND = "sound"
    PREFIX = "prefix"
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


class Ranker:
    """Scores names against one query. Keeps what it learnt of each word, since candidates share most of them."""

    def __init__(self, query: Query) -> None:
        self._name = _Aligner(query.name)
        self._mother = _Aligner(query.mother)

    def score(self, names: str, mothers: str) -> float:
        """Score, at most 1, of comparable names joined by `|`; 1 if no name was asked for."""
        shares = []
        if self._name.total:
            shares.append((self._name.total, self._name.best(names)[0]))
        if self._mother.total:
            known = max(0.0, self._mother.best(mothers)[0]) if mothers else _UNKNOWN_MOTHER
            shares.append((_MOTHERS_SHARE * self._mother.total, known))
        whole = sum(share for share, _ in shares)
        return sum(share * score for share, score in shares) / whole if whole else 1.0

    def explain(self, names: str, mothers: str) -> tuple[Alignment | None, Alignment | None]:
        """What of the name and of the mother's name agrees; None where none was asked for or none is known."""
        return self._name.explain(names), self._mother.explain(mothers)


class _Choice(NamedTuple):
    asked: int
    found: int
    how: How
    similarity: float


class _Aligner:
    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.total = sum(word.weight for word in words)
        self._heaviest_first = sorted(range(len(words)), key=lambda i: -words[i].weight)
        self._known: dict[str, list[tuple[float, How]] | None] = {}

    def best(self, joined: str) -> tuple[float, int]:
        """Score and position of the name that fits best, the first of equals."""
        scores = ((self._score(self._choose(words), words), -at) for at, words in enumerate(_split(joined)))
        score, position = max(scores, default=(0.0, 0))
        return score, -position

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
            pairs=tuple(Pair(self.words[c.asked].text, words[c.found], c.how) for c in chosen),
            missing=tuple(word.text for i, word in enumerate(self.words) if i not in answered),
            swapped=_is_swapped(chosen),
            extra=len(words) - len(chosen),
        )

    def _score(self, chosen: list[_Choice], words: Sequence[str]) -> float:
        score = sum(self.words[choice.asked].weight * choice.similarity for choice in chosen) / self.total
        in_order = sorted(chosen)
        if not in_order or in_order[0].asked or in_order[0].found:
            score -= _NOT_FIRST
        return score - _EXTRA_WORD * min(len(words) - len(chosen), _MOST_EXTRA_WORDS) - _SWAPPED * _is_swapped(in_order)

    def _choose(self, words: Sequence[str]) -> list[_Choice]:
        """A word of the name for each word asked for, heaviest first, the most similar first."""
        rows = [(at, row) for at, word in enumerate(words) if (row := self._similarities(word))]
        chosen = []
        for asked in self._heaviest_first:
            options = [(row[asked][0], -at, index) for index, (at, row) in enumerate(rows) if row[asked][0]]
            if options:
                similarity, _, index = max(options)
                found, row = rows.pop(index)
                chosen.append(_Choice(asked, found, row[asked][1], similarity))
        return chosen

    def _similarities(self, word: str) -> list[tuple[float, How]] | None:
        """How a word of a name agrees with each word asked for; None if with none."""
        if word not in self._known:
            similarities = [compare(asked, word) for asked in self.words]
            self._known[word] = similarities if any(value for value, _ in similarities) else None
        return self._known[word]


def _split(joined: str) -> list[list[str]]:
    """Words of comparable names joined by `|`, without particles."""
    return [[word for word in name.split() if word not in PARTICLES] for name in joined.split("|")]


def _is_swapped(in_order: Sequence[_Choice]) -> bool:
    return any(a.found > b.found for a, b in pairwise(in_order))


def compare(asked: Word, found: str) -> tuple[float, How]:
    """Similarity from 0 to 1 of a word asked for and a word of a name, and in which way they agree."""
    text = asked.text
    if text == found:
        return 1.0, How.EXACT
    if len(text) == 1 or len(found) == 1:
        same = text[0] == found[0]
        return (0.75 if len(text) == 1 else 0.5) * same, How.INITIAL
    if asked.key == phonetics.key(found):
        return 0.96, How.SOUND
    if asked.is_prefix and found.startswith(text):
        return 0.72 + 0.24 * len(text) / len(found), How.PREFIX
    longest = max(len(text), len(found))
    if longest >= 4 and _one_edit_apart(text, found):
        return 1 - 0.9 / longest, How.NEAR
    return 0.0, How.NEAR


def _one_edit_apart(a: str, b: str) -> bool:
    """True if one letter was added, dropped or changed, or two neighbours exchanged."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    if len(a) != len(b):
        shorter, longer = sorted((a, b), key=len)
        return longer[1:] == shorter
    return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
