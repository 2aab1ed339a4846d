"""Which persons may be the one asked for: conjunctions of phonetic keys on the GIN index, the rarest words first.

Only as many words are required as keep the answer small; ranking judges the others, so that an error in a word
that was not required costs nothing. `alternatives` looks further where that finds nobody near.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from django.db import connection

from registry.selectors.search.bounds import Bounds
from registry.selectors.search.condition import Condition
from registry.selectors.search.conjunctions import conjunction, estimate
from registry.selectors.search.words import Query, Word

LIMIT: Final = 1000  # persons looked at; beyond it an answer says that it was cut
ENOUGH: Final = 200  # estimated persons from which no further word is required
_PARTICLES: Final = ("", "DA ", "DE ", "DO ", "DOS ")
_COLUMNS: Final = "person_id, names, mothers, fathers, births, sex, kinds, uf, regime, modality, situation"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the search documents."""

    id: int
    names: str
    mothers: str
    fathers: str
    births: tuple[date, ...]
    sex: str
    kinds: tuple[str, ...]
    uf: str
    regime: str
    modality: str
    situation: str


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates in no order. `truncated` if there were more than LIMIT."""

    candidates: tuple[Candidate, ...]
    truncated: bool


def of_words(query: Query, bounds: Bounds) -> Found:
    """Persons with the words of the query: the rarest ones, or all of them where even those are many."""
    words = required(query, bounds)
    if not words:
        return Found((), truncated=False)
    found = read([conjunction(words, query, bounds)], bounds)
    if found.truncated and len(words) < len(query.known):
        found = read([conjunction(query.known, query, bounds)], bounds)
    if found.truncated and query.name:
        # Of many namesakes those with the whole name come first: they must not be among those cut off.
        found = merged(found, read([_whole_name(query, bounds)], bounds))
    return found


def of_ids(persons: Iterable[int], bounds: Bounds) -> Found:
    """These persons, as far as the bounds admit them."""
    return read([Condition("person_id = ANY(%s)", (list(persons),))], bounds)


def of_bounds(bounds: Bounds) -> Found:
    """Everyone within the bounds: a search without a name."""
    return read([bounds.born], bounds)


def merged(first: Found, *others: Found) -> Found:
    """All the candidates, each once; cut if the first were."""
    unique = {candidate.id: candidate for found in (first, *others) for candidate in found.candidates}
    return Found(tuple(unique.values()), first.truncated)


def required(query: Query, bounds: Bounds) -> tuple[Word, ...]:
    """The first words that together leave few enough persons; parents' only where the name's do not suffice."""
    words: tuple[Word, ...] = ()
    for word in query.known:
        if words and estimate(words, query) * bounds.share <= ENOUGH:
            break
        words = (*words, word)
    return words


def _whole_name(query: Query, bounds: Bounds) -> Condition:
    """Persons of whom some record has exactly the words asked for, with or without particles between them; no record
    counts that the viewer may not see."""
    words = [word.text for word in query.name]
    variants = product(*(_PARTICLES for _ in words[1:])) if len(words) <= 4 else [("",) * (len(words) - 1)]
    names = [words[0] + "".join(f" {p}{word}" for p, word in zip(ps, words[1:], strict=True)) for ps in variants]
    named = "SELECT person_id FROM registry_record WHERE name_norm = ANY(%s) AND kind = ANY(%s) LIMIT 500"
    return Condition(f"person_id IN ({named})", (names, list(bounds.kinds)))


def read(arms: Sequence[Condition], bounds: Bounds, most: int | None = None) -> Found:
    """The persons of any of these conditions, at most LIMIT or `most` of each, within the bounds.

    Every search reads its persons here.
    """
    limit = most or LIMIT
    where = " AND ".join(condition.sql for condition in bounds.conditions)
    limits = tuple(value for condition in bounds.conditions for value in condition.values)
    # Only fixed texts of this package are put together here; what was asked goes as parameters.
    selects = [
        f"(SELECT {position}, {_COLUMNS} FROM registry_personsearch WHERE {arm.sql} AND {where} LIMIT {limit + 1})"  # noqa: S608
        for position, arm in enumerate(arms)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), [value for arm in arms for value in (*arm.values, *limits)])
        rows = cursor.fetchall()
    cut = any(size > limit for size in Counter(row[0] for row in rows).values())
    unique = {row[1]: _candidate(*row[1:]) for row in rows}
    return Found(tuple(unique.values())[: limit * len(arms)], truncated=cut)


def _candidate(
    pk: int, names: str, mothers: str, fathers: str, births: list[date], sex: str, kinds: list[str], *place: str
) -> Candidate:
    return Candidate(pk, names, mothers, fathers, tuple(births), sex, tuple(kinds), *place)
