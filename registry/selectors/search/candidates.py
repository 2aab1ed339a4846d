"""Which persons may be the one asked for: conjunctions of phonetic keys on the GIN index, the rarest words first.

Only as many words are required as keep the answer small; ranking judges the others, so that an error in a word
that was not required costs nothing. Where that finds nobody near, each required word is left out in turn.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from django.db import connection

from registry.selectors.search.bounds import Bounds, Condition
from registry.selectors.search.vocabulary import Query, Word

LIMIT: Final = 1000  # persons looked at; beyond it an answer says that it was cut
_ENOUGH: Final = 200  # estimated persons from which no further word is required
_MANY: Final = 300  # from which the years of birth are worth looking up in the index
_MOST_ALTERNATIVES: Final = 8
_LIMIT_OF_ALTERNATIVE: Final = 300
_PARTICLES: Final = ("", "DA ", "DE ", "DO ", "DOS ")
_COLUMNS: Final = "person_id, names, mothers, births, sex, kinds, uf, regime, situation"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the search documents."""

    id: int
    names: str
    mothers: str
    births: tuple[date, ...]
    sex: str
    kinds: tuple[str, ...]
    uf: str
    regime: str
    situation: str


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates in no order. `truncated` if there were more than LIMIT."""

    candidates: tuple[Candidate, ...]
    truncated: bool


def of_words(query: Query, bounds: Bounds) -> Found:
    """Persons with the words of the query: the rarest ones, or all of them where even those are many."""
    words = _required(query.known, query, bounds)
    if not words:
        return Found((), truncated=False)
    found = _read([_conjunction(words, query, bounds)], bounds, LIMIT)
    if found.truncated and len(words) < len(query.known):
        found = _read([_conjunction(query.known, query, bounds)], bounds, LIMIT)
    if found.truncated and query.name:
        # Of many namesakes those with the whole name come first: they must not be among those cut off.
        found = merged(found, _read([_whole_name(query)], bounds, LIMIT))
    return found


def of_alternatives(query: Query, bounds: Bounds) -> Found:
    """Persons who lack one of the words that `of_words` required, or have only the name or only the mother."""
    required = _required(query.known, query, bounds)
    options = [[other for other in query.known if other is not word] for word in required]
    options += [[word for word in query.known if word.is_mother is mother] for mother in (False, True)]
    arms = {}
    for option in options:
        words = _required(tuple(option), query, bounds)
        if words and words != required and _estimate(words, query) * bounds.share <= 10 * _ENOUGH:
            arms[words] = _conjunction(words, query, bounds)
    if not arms:
        return Found((), truncated=False)
    return _read(list(arms.values())[:_MOST_ALTERNATIVES], bounds, _LIMIT_OF_ALTERNATIVE)


def of_ids(persons: Iterable[int], bounds: Bounds) -> Found:
    """These persons, as far as the bounds admit them."""
    return _read([Condition("person_id = ANY(%s)", (list(persons),))], bounds, LIMIT)


def of_bounds(bounds: Bounds) -> Found:
    """Everyone within the bounds: a search without a name."""
    return _read([bounds.years or Condition("true")], bounds, LIMIT)


def merged(first: Found, *others: Found) -> Found:
    """All the candidates, each once; cut if the first were."""
    unique = {candidate.id: candidate for found in (first, *others) for candidate in found.candidates}
    return Found(tuple(unique.values()), first.truncated)


def _required(known: Sequence[Word], query: Query, bounds: Bounds) -> tuple[Word, ...]:
    """The first words that together leave few enough persons; the mother's only where the name's do not suffice."""
    words: tuple[Word, ...] = ()
    for word in known:
        if words and _estimate(words, query) * bounds.share <= _ENOUGH:
            break
        words = (*words, word)
    return words


def _estimate(words: Sequence[Word], query: Query) -> float:
    """Persons of any age expected to have all the words. Names go together more often than chance: twice for each."""
    together = query.base * math.prod(2 * word.people / query.base for word in words) / 2
    return min(together, query.base, *(word.people for word in words))


def _conjunction(words: Sequence[Word], query: Query, bounds: Bounds) -> Condition:
    parts = [
        Condition("keys @> %s::int[]" if len(word.keys) == 1 else "keys && %s::int[]", (list(word.keys),))
        for word in words
    ]
    if bounds.years and _estimate(words, query) > _MANY:
        parts.append(bounds.years)
    return Condition(" AND ".join(part.sql for part in parts), tuple(value for part in parts for value in part.values))


def _whole_name(query: Query) -> Condition:
    """Persons of whom some record has exactly the words asked for, with or without particles between them."""
    words = [word.text for word in query.name]
    variants = product(*(_PARTICLES for _ in words[1:])) if len(words) <= 4 else [("",) * (len(words) - 1)]
    names = [words[0] + "".join(f" {p}{word}" for p, word in zip(ps, words[1:], strict=True)) for ps in variants]
    return Condition(
        "person_id IN (SELECT person_id FROM registry_record WHERE name_norm = ANY(%s) LIMIT 500)", (names,)
    )


def _read(arms: Sequence[Condition], bounds: Bounds, limit: int) -> Found:
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
    pk: int, names: str, mothers: str, births: list[date], sex: str, kinds: list[str], *place: str
) -> Candidate:
    return Candidate(pk, names, mothers, tuple(births), sex, tuple(kinds), *place)
