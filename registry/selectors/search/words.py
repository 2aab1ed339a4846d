"""Words of a query, weighed against the base they are looked for in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NamedTuple

from registry.values import lexemes

_LEAST_WEIGHT: Final = 0.08
INITIAL_WEIGHT: Final = 0.15


class Role(StrEnum):
    """Whose name a word belongs to."""

    NAME = "name"
    MOTHER = "mother"
    FATHER = "father"

    def lexeme(self, key: int) -> int:
        """The number that stands for a phonetic key of this role in a search document."""
        if self is Role.NAME:
            return key
        return lexemes.of_mother(key) if self is Role.MOTHER else lexemes.of_father(key)

    def key(self, lexeme: int) -> int:
        """The phonetic key that a lexeme of this role stands for."""
        if self is Role.NAME:
            return lexeme
        return -lexeme if self is Role.MOTHER else lexeme - lexemes.FATHER_BASE


@dataclass(frozen=True, slots=True)
class Entry:
    """A phonetic key and how many persons have it in their names, their mothers' or their fathers'."""

    id: int
    people: int
    mothers: int
    fathers: int
    paired: bool

    def count(self, role: Role) -> int:
        """How many persons have it in that role."""
        return {Role.NAME: self.people, Role.MOTHER: self.mothers, Role.FATHER: self.fathers}[role]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query. `keys` are the numbers to look for, none if nobody has the word or one like it.

    `exact` counts the persons who have a word of its very sound, `people` estimates those who have one of the keys;
    `weight` grows with rarity, from 0.08 to about 1. `is_prefix` if it may be the beginning of a longer word,
    `is_tolerant` once its typing errors are among the keys; `wide` are those too many for a first look.
    `parts` are the words that it may be when written together.
    """

    text: str
    key: str
    weight: float
    keys: tuple[int, ...] = ()
    exact: int = 0
    people: int = 0
    role: Role = Role.NAME
    is_prefix: bool = False
    is_tolerant: bool = False
    wide: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def is_initial(self) -> bool:
        """True for a single letter, which is looked for in no index."""
        return len(self.text) == 1


class Split(NamedTuple):
    """Keys of a word that have pairs, the others, and how many persons, about, have the word by one of these."""

    paired: tuple[int, ...]
    alone: tuple[int, ...]
    people_alone: int


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a name, of a mother's and of a father's, and the size of the base they were weighed in.

    `lawyers`: names that only lawyers' records tell count too. `paired` are those phonetic keys, by their ids, whose
    pairs with each other, and with years of birth, the documents tell.
    """

    name: tuple[Word, ...] = ()
    mother: tuple[Word, ...] = ()
    father: tuple[Word, ...] = ()
    base: int = 1000
    lawyers: bool = False
    paired: Mapping[int, Entry] = field(default_factory=dict)

    @property
    def words(self) -> tuple[Word, ...]:
        """All of them."""
        return self.name + self.mother + self.father

    @property
    def known(self) -> tuple[Word, ...]:
        """Words that can be looked for, each once, those of the name first, rarest first."""
        words = {word.keys: word for word in self.words if word.keys}.values()
        return tuple(sorted(words, key=lambda word: (word.role is not Role.NAME, word.people)))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words, initials aside, that nobody in the base has, not even as a part of two."""
        return tuple(w.text for w in self.words if not (w.exact or w.is_initial or w.is_prefix or w.parts))

    def without_unknown(self) -> Query:
        """The query without those words."""
        gone = set(self.unknown)
        return self.of(word for word in self.words if word.text not in gone)

    def of(self, words: Iterable[Word]) -> Query:
        """The query with these words in place of its own, in their order."""
        every = list(words)
        name, mother, father = (tuple(word for word in every if word.role is role) for role in Role)
        return replace(self, name=name, mother=mother, father=father)

    def knowing(self, entries: Iterable[Entry]) -> Query:
        """The query with what these keys say of pairs."""
        return replace(self, paired={**self.paired, **{entry.id: entry for entry in entries if entry.paired}})

    def split(self, word: Word) -> Split:
        """The word's keys, those apart whose pairs the documents tell."""
        entries = {key: self.paired.get(word.role.key(key)) for key in word.keys}
        paired = {key: entry.count(word.role) for key, entry in entries.items() if entry}
        alone = tuple(key for key in word.keys if key not in paired)
        return Split(tuple(paired), alone, word.people - sum(paired.values()))


def weight(people: int, base: int) -> float:
    """Weight of a word that `people` of `base` persons have: its inverse document frequency, scaled to 1."""
    return max(_LEAST_WEIGHT, math.log((base + 1) / (people + 1)) / math.log(base))
