"""Words of the vocabulary that a query's word may be a typing error of: at most two letters off, by sound."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final, NamedTuple

from django.db import connection
from rapidfuzz.distance import OSA

from registry.selectors.search.vocabulary import PAIRED, counted
from registry.selectors.search.words import Entry, Query, Word, weight

LEAST_SIMILAR: Final = 0.6
_MOST: Final = 30  # near words looked for in place of one
_SHORTEST: Final = 3
_RARE: Final = 50  # persons below which a word may be nobody's, but for its near ones
_FARTHEST: Final = 2  # letters
_SURELY: Final = 0.8
_STRONG: Final = 0.72
_MUCH_MORE: Final = 30

# Lengths of words that two letters may be taken from: of shorter ones nothing telling is left, longer ones are glued.
_LOSE_TWO: Final = range(5, 15)

# What is left of the words is written out by Python: `registry_deletions` would need a third of the statement's time.
_NEAR: Final = """
WITH asked AS MATERIALIZED (
    SELECT word, (SELECT array_agg(hashtext(variant)) FROM string_to_table(left_over, ' ') AS variant) AS variants
      FROM unnest(%s::text[], %s::text[]) AS each_one (word, left_over))
SELECT asked.word, k.key, k.id, {people}, k.mothers, k.fathers, {paired}
  FROM asked JOIN registry_namekey k ON k.deletions && asked.variants
 WHERE k.key <> asked.word AND abs(length(k.key) - length(asked.word)) <= 2
"""


class Neighbour(NamedTuple):
    """A phonetic key near the one asked for."""

    similarity: float
    entry: Entry


def similarity(a: str, b: str, key_a: str, key_b: str) -> float:
    """From 0.6 to 1 for two words at most two letters apart, by spelling or by sound; 0 for others."""
    return max(_apart(a, b, 1.0), 0.96 if key_a == key_b else _apart(key_a, key_b, 0.96))


def deletions(word: str) -> set[str]:
    """The word and what one or two letters less leave of it: `registry_deletions(word, 5)` has their hashes."""
    cut = {word[:at] + word[at + 1 :] for at in range(len(word))} if len(word) > 2 else set()
    pairs = combinations(range(len(word)), 2) if len(word) in _LOSE_TWO else ()
    return {word, *cut, *(word[:a] + word[a + 1 : b] + word[b + 1 :] for a, b in pairs)}


def suspects(query: Query) -> Query:
    """The query with the near words of those so rare that they may be typing errors."""
    few = max(20, query.base / 4000)
    return _tolerant(query, [word for word in query.words if word.exact < few])


def all_tolerant(query: Query) -> Query:
    """The query with the near words of every word."""
    return _tolerant(query, query.words)


def widened(query: Query) -> Query:
    """The tolerant query with also the near words that are too many for a first look."""
    return query.of(replace(word, keys=(*word.keys, *word.wide), wide=()) for word in query.words)


def _tolerant(query: Query, words: Iterable[Word]) -> Query:
    chosen = {id(word) for word in words if not word.is_tolerant and len(word.key) >= _SHORTEST}
    if not chosen:
        return query
    near = _read({word.key for word in query.words if id(word) in chosen}, lawyers=query.lawyers)
    entries = (one.entry for found in near.values() for one in found)
    return query.knowing(entries).of(
        _with_near(word, near[word.key], query.base) if id(word) in chosen else word for word in query.words
    )


def _read(keys: Iterable[str], *, lawyers: bool) -> dict[str, list[Neighbour]]:
    near: dict[str, list[Neighbour]] = defaultdict(list)
    words = sorted(keys)
    with connection.cursor() as cursor:
        statement = _NEAR.format(people=counted(lawyers=lawyers), paired=PAIRED)
        cursor.execute(statement, [words, [" ".join(deletions(word)) for word in words]])
        for asked, key, *counts in cursor.fetchall():
            if (alike := _apart(asked, key, 0.96)) > 0:
                near[asked].append(Neighbour(alike, Entry(*counts)))
    return near


def _with_near(word: Word, near: Sequence[Neighbour], base: int) -> Word:
    """The word with the keys of its likeliest neighbours; of a word that is known for sure, only of the far more
    frequent ones, the others being kept for a wider look.
    """
    of_role = [one for one in near if one.entry.count(word.role)]
    likeliest = sorted(of_role, key=lambda one: -one.similarity * math.log(one.entry.count(word.role) + 2))[:_MOST]
    is_sure = word.exact >= max(20, base / 4000)
    taken = [one for one in likeliest if not is_sure or _outweighs(one, word)]
    lexemes = [word.role.lexeme(one.entry.id) for one in taken]
    return replace(
        word,
        keys=tuple(dict.fromkeys((*word.keys, *lexemes))),
        wide=tuple(word.role.lexeme(one.entry.id) for one in likeliest if one not in taken),
        people=word.people + sum(one.entry.count(word.role) for one in taken),
        weight=_weight(word, likeliest, base),
        is_tolerant=True,
    )


def _outweighs(one: Neighbour, word: Word) -> bool:
    return one.similarity >= _STRONG and one.entry.count(word.role) > _MUCH_MORE * word.exact


def _weight(word: Word, near: Sequence[Neighbour], base: int) -> float:
    """A word that hardly anybody has weighs as much as the one it is probably meant to be."""
    if word.exact >= _RARE or word.is_prefix or word.parts or not near:
        return word.weight
    best = max((one.similarity >= _SURELY, one.entry.count(word.role)) for one in near)
    return weight(best[1], base) if word.exact * 20 < best[1] else word.weight


def _apart(a: str, b: str, same: float) -> float:
    if abs(len(a) - len(b)) > _FARTHEST:
        return 0.0
    distance = OSA.distance(a, b, score_cutoff=_FARTHEST)
    alike = same - 0.9 * distance / max(len(a), len(b)) if distance <= _FARTHEST else 0.0
    return alike if alike >= LEAST_SIMILAR else 0.0
