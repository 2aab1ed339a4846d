"""Words as conditions on the index of keys, and how much of the index they read.

A list of the index is as long as its key is common, and two of them cost what the longer one does where both are long.
So of keys that many carry the documents also tell pairs (`lexemes.pairs`), whose lists are as short as the answer: a
word of the name with each year asked for, and, where no year is asked for, two words of one name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from registry.selectors.search.bounds import Bounds
from registry.selectors.search.condition import Condition
from registry.selectors.search.words import Query, Role, Split, Word
from registry.values import lexemes

_MANY: Final = 300  # persons from which the years of birth are worth looking up in the index
_FEW_YEARS: Final = 8  # up to which a word is looked for with each of them
_LOOSE: Final = 200  # persons found by other spellings of two words, whom their pair cannot tell


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists of the index of which a person must be in one, and about how many entries they have; `dated` if all of
    them are of one year of birth.
    """

    lexemes: tuple[int, ...]
    entries: float
    dated: bool = False

    @property
    def condition(self) -> Condition:
        sql = "keys @> %s::int[]" if len(self.lexemes) == 1 else "keys && %s::int[]"
        return Condition(sql, (list(self.lexemes),))


def conjunction(words: Sequence[Word], query: Query, bounds: Bounds) -> Condition:
    """Persons who have a key of each word; some more, whom ranking tells from them."""
    every = list(_lists(words, query, bounds))
    parts = [lists.condition for lists in every]
    if bounds.years and not any(lists.dated for lists in every) and estimate(words, query) > _MANY:
        parts.append(bounds.born)
    return Condition(" AND ".join(part.sql for part in parts), tuple(value for part in parts for value in part.values))


def entries(words: Sequence[Word], query: Query, bounds: Bounds) -> float:
    """Entries of the index that the conjunction reads, about: of each word as many as the shortest lists have."""
    every = list(_lists(words, query, bounds))
    return min(lists.entries * (1 + len(lists.lexemes) / 10) for lists in every) * len(every)


def estimate(words: Sequence[Word], query: Query) -> float:
    """Persons of any age expected to have all the words. Names go together more often than chance: twice for each,
    and a surname that is also the mother's much more often.
    """
    together, heard = 2.0 * query.base, set[str]()
    for word in words:
        together *= 0.6 if word.key in heard else min(1.0, 2 * max(word.people, 1) / query.base)
        heard.add(word.key)
    return min(together / 2, query.base, *(max(word.people, 1) for word in words))


def _lists(words: Sequence[Word], query: Query, bounds: Bounds) -> Iterator[_Lists]:
    for role in Role:
        of_role = [word for word in words if word.role is role]
        if role is Role.NAME and 0 < len(bounds.years) <= _FEW_YEARS:
            yield from (_dated(word, query, bounds) for word in of_role)
        else:
            yield from _by_two(of_role, query)


def _plain(word: Word) -> _Lists:
    return _Lists(word.keys, word.people)


def _dated(word: Word, query: Query, bounds: Bounds) -> _Lists:
    """The word with each of the years; keys that have no pairs stay as they are."""
    keys = query.split(word)
    if not keys.paired:
        return _plain(word)
    paired = (lexemes.of_pair(key, year) for key, year in product(keys.paired, bounds.years))
    people = (word.people - keys.people_alone) * bounds.share + keys.people_alone
    return _Lists((*paired, *keys.alone), people, dated=not keys.alone)


def _by_two(words: Sequence[Word], query: Query) -> Iterator[_Lists]:
    """Words of one name, two by two where both have pairs; what is left over goes with the first of them."""
    common = []
    for word in words:
        keys = query.split(word)
        if keys.paired and keys.people_alone <= _LOOSE:
            common.append((word, keys))
        else:
            yield _plain(word)
    if len(common) == 1:
        yield _plain(common[0][0])
        return
    for one, other in zip(common[::2], common[1::2], strict=False):
        yield _together(one, other, query)
    if len(common) % 2:
        yield _together(common[0], common[-1], query)


def _together(one: tuple[Word, Split], other: tuple[Word, Split], query: Query) -> _Lists:
    (first, its), (second, others) = one, other
    # A key of both is enough: it is what the two are when written together.
    pairs = (a if a == b else lexemes.of_pair(a, b) for a, b in product(its.paired, others.paired))
    found = dict.fromkeys((*pairs, *its.alone, *others.alone))
    return _Lists(tuple(found), estimate((first, second), query))
