"""Words of a query looked up in the vocabulary of phonetic keys: how frequent each is, and what it may complete to."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection

from registry.models import NameKey
from registry.values import phonetics
from registry.values.names import tokens

_COMPLETIONS: Final = 60
_SHORTEST_PREFIX: Final = 3
_LEAST_WEIGHT: Final = 0.08
_INITIAL_WEIGHT: Final = 0.15
# A smaller base has no statistics worth the name: weights are then those of a base of this size.
_SMALLEST_BASE: Final = 1000

_LOOK_UP: Final = """
SELECT key, id, people, mothers, false,
       (SELECT reltuples FROM pg_class WHERE oid = 'registry_personsearch'::regclass)
  FROM registry_namekey WHERE key = ANY(%s)
"""
_COMPLETE: Final = "SELECT key, id, people, mothers, true, NULL::real FROM registry_namekey WHERE "


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query. `keys` are the ids to look for (negative for a mother's), none if nobody has the word.

    `people` estimates how many persons have one of the keys; `weight` grows with rarity, from 0.08 to about 1.
    `is_prefix` if the word may be the beginning of a longer one.
    """

    text: str
    key: str
    weight: float
    keys: tuple[int, ...] = ()
    people: int = 0
    is_mother: bool = False
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a name and of a mother's name, and the size of the base they were weighed in."""

    name: tuple[Word, ...]
    mother: tuple[Word, ...]
    base: int

    @property
    def known(self) -> tuple[Word, ...]:
        """Words that can be looked for, each once, those of the name first, rarest first."""
        words = {word.keys: word for word in self.name + self.mother if word.keys}.values()
        return tuple(sorted(words, key=lambda word: (word.is_mother, word.people)))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words, initials aside, that nobody in the base has."""
        return tuple(word.text for word in self.name + self.mother if not word.people and len(word.text) > 1)

    def without_unknown(self) -> Query:
        """The query without those words."""
        name, mother = ([w for w in words if w.text not in self.unknown] for words in (self.name, self.mother))
        return Query(tuple(name), tuple(mother), self.base)


@dataclass(frozen=True, slots=True)
class _Entry:
    id: int
    people: int
    mothers: int


def look_up(name: str, mother: str, *, complete: bool) -> Query:
    """Words of both names with their keys, in one round trip; `complete`: the name's last word may be unfinished."""
    words, others = tokens(name), tokens(mother)
    last = words[-1] if complete and words and len(words[-1]) >= _SHORTEST_PREFIX else ""
    keys = {_key(word) for word in words + others if len(word) > 1}
    found, completions, base = _read(keys, last)
    asked = [_word(word, found, base, is_mother=False) for word in words]
    if last:
        asked[-1] = _completed(asked[-1], completions, base)
    return Query(tuple(asked), tuple(_word(word, found, base, is_mother=True) for word in others), base)


def weight(people: int, base: int) -> float:
    """Weight of a word that `people` of `base` persons have: its inverse document frequency, scaled to 1."""
    return max(_LEAST_WEIGHT, math.log((base + 1) / (people + 1)) / math.log(base))


def key_prefixes(beginning: str) -> set[str]:
    """Beginnings of the phonetic keys of the words that begin so.

    The sound of the last letters depends on what follows (FEL·A, FIL·IPE): two usual endings stand for it.
    """
    endings = ("RA", "RARA") if beginning[-1] in "AEIOU" else ("A", "ARA")
    return {
        key[: -len(ending)]
        for ending in endings
        if (key := phonetics.key(beginning + ending)).endswith(ending) and len(key) > len(ending) + 1
    }


def _key(word: str) -> str:
    """The phonetic key as the vocabulary keeps it."""
    return phonetics.key(word)[: NameKey._meta.get_field("key").max_length]


def _read(keys: Iterable[str], last: str) -> tuple[dict[str, _Entry], list[_Entry], int]:
    statement, values = _LOOK_UP, [list(keys)]
    prefixes = sorted(key_prefixes(last)) if last else []
    if prefixes:
        ranges = " OR ".join("key >= %s AND key < %s" for _ in prefixes)
        statement += f" UNION ALL ({_COMPLETE}{ranges} ORDER BY people DESC, id LIMIT {_COMPLETIONS})"
        values += [bound for prefix in prefixes for bound in (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1))]  # type: ignore[misc]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    found = {key: _Entry(pk, people, mothers) for key, pk, people, mothers, longer, _ in rows if not longer}
    completions = [_Entry(pk, people, mothers) for _, pk, people, mothers, longer, _ in rows if longer]
    sizes = [int(size) for *_, size in rows if size]
    return found, completions, max(_SMALLEST_BASE, *sizes, *(row[2] for row in rows), 0)


def _word(text: str, found: dict[str, _Entry], base: int, *, is_mother: bool) -> Word:
    if len(text) == 1:
        return Word(text, text, _INITIAL_WEIGHT, is_mother=is_mother)
    key = _key(text)
    entry = found.get(key)
    people = (entry.mothers if is_mother else entry.people) if entry else 0
    # Counts are refreshed now and then: a key counted for nobody may already be somebody's.
    ids = ((-entry.id if is_mother else entry.id),) if entry else ()
    return Word(text, key, weight(people, base), ids, people, is_mother)


def _completed(word: Word, completions: list[_Entry], base: int) -> Word:
    """The word with the keys it may be the beginning of, unless it is itself a usual one."""
    if word.people > max(5, base / 2000) or not completions:
        return word
    ids = tuple(dict.fromkeys((*word.keys, *(entry.id for entry in completions))))
    people = word.people + sum(entry.people for entry in completions)
    heaviest = weight(max(word.people, completions[0].people), base)
    return Word(word.text, word.key, max(_INITIAL_WEIGHT, 0.8 * heaviest), ids, people, is_prefix=True)
