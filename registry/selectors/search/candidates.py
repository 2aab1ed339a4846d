"""Which persons may be the one asked for: conjunctions of phonetic keys on the GIN index, the rarest words first.

Only as many words are required as keep the answer small; ranking judges the others, so that an error in a word
that was not required costs nothing. Where that finds nobody near, each required word is left out in turn.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from registry.models import RecordKind
from registry.scope import Scope
from registry.selectors.search.criteria import FACETS, Criteria, Filters, Precision
from registry.selectors.search.vocabulary import Query, Word
from registry.values import dates
from registry.values.dates import BirthRange

LIMIT: Final = 1000  # persons looked at; beyond it an answer says that it was cut
_ENOUGH: Final = 200  # estimated persons from which no further word is required
_MOST_ALTERNATIVES: Final = 8
_LIMIT_OF_ALTERNATIVE: Final = 300
_BROAD_YEARS: Final = timedelta(days=2 * 366)
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


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a WHERE clause and its parameters."""

    sql: str
    values: tuple[Any, ...] = ()


def of_words(query: Query, bounds: Sequence[Condition], birth: BirthRange | None) -> Found:
    """Persons with the words of the query: the rarest ones, or all of them where even those are many."""
    words = _required(query.known, query.base, birth)
    if not words:
        return Found((), truncated=False)
    found = _read([_conjunction(words)], bounds, LIMIT)
    if found.truncated and len(words) < len(query.known):
        found = _read([_conjunction(query.known)], bounds, LIMIT)
    if found.truncated:
        # Of many namesakes the whole name comes first: it must not be among those cut off.
        whole = _read([_whole_name(query)], bounds, LIMIT)
        found = merged(found, whole)
    return found


def of_alternatives(query: Query, bounds: Sequence[Condition], birth: BirthRange | None) -> Found:
    """Persons who lack one of the words that `of_words` required, or have only the name or only the mother."""
    required = _required(query.known, query.base, birth)
    options = [[other for other in query.known if other is not word] for word in required]
    options += [[w for w in query.known if w.is_mother is mother] for mother in (False, True)]
    arms = {}
    for option in options:
        words = _required(tuple(option), query.base, birth)
        if words and words != required and _estimate(words, query.base, birth) <= 10 * _ENOUGH:
            arms[words] = _conjunction(words)
    if not arms:
        return Found((), truncated=False)
    return _read(list(arms.values())[:_MOST_ALTERNATIVES], bounds, _LIMIT_OF_ALTERNATIVE)


def of_ids(persons: Iterable[int], bounds: Sequence[Condition]) -> Found:
    """These persons, as far as the bounds admit them."""
    return _read([Condition("person_id = ANY(%s)", (list(persons),))], bounds, LIMIT)


def of_bounds(bounds: Sequence[Condition]) -> Found:
    """Everyone within the bounds: a search without a name."""
    return _read([Condition("true")], bounds, LIMIT)


def merged(first: Found, *others: Found) -> Found:
    """All the candidates, each once; cut if the first were."""
    unique = {candidate.id: candidate for found in (first, *others) for candidate in found.candidates}
    return Found(tuple(unique.values()), first.truncated)


def bounds(criteria: Criteria, scope: Scope) -> list[Condition]:
    """What every candidate must satisfy: the viewer's scope, the unit and the date of birth."""
    conditions = [Condition("kinds && %s::varchar[]", (_kinds(scope),))]
    if criteria.filters.unit:
        unit = "unit_id = (SELECT id FROM registry_unit WHERE public_id = %s)"
        conditions.append(Condition(unit, (criteria.filters.unit,)))
    if criteria.birth:
        conditions.append(_born(criteria.birth, criteria.precision))
    return conditions


def facet_bounds(filters: Filters, scope: Scope) -> list[Condition]:
    """What the filters with facets ask of a candidate."""
    conditions = []
    for name in FACETS:
        chosen = list(getattr(filters, name))
        if chosen and name == "kind":
            conditions.append(
                Condition("kinds && %s::varchar[]", ([kind for kind in chosen if kind in _kinds(scope)],))
            )
        elif chosen:
            conditions.append(Condition(f"{name} = ANY(%s)", (chosen,)))
    return conditions


def days_meant(birth: BirthRange) -> tuple[date, ...]:
    """Other days a register may hold for one day of birth: day and month exchanged, 1 January for the year alone."""
    if birth.first != birth.last:
        return ()
    others = (dates.swapped(birth.first), birth.first.replace(month=1, day=1))
    return tuple(day for day in others if day and day != birth.first)


def _born(birth: BirthRange, precision: Precision) -> Condition:
    margin = _BROAD_YEARS if precision is Precision.BROAD else timedelta()
    others = [] if precision is Precision.EXACT else list(days_meant(birth))
    sql = "EXISTS (SELECT FROM unnest(births) AS born WHERE born BETWEEN %s AND %s OR born = ANY(%s::date[]))"
    return Condition(sql, (birth.first - margin, birth.last + margin, others))


def _kinds(scope: Scope) -> list[str]:
    return [kind.value for kind in RecordKind if scope.lawyers or kind is not RecordKind.LAWYER]


def _required(known: Sequence[Word], base: int, birth: BirthRange | None) -> tuple[Word, ...]:
    """The first words that together leave few enough persons; the mother's only where the name's do not suffice."""
    words: tuple[Word, ...] = ()
    for word in known:
        if words and _estimate(words, base, birth) <= _ENOUGH:
            break
        words = (*words, word)
    return words


def _estimate(words: Sequence[Word], base: int, birth: BirthRange | None) -> float:
    """Persons expected to have all the words. Names go together more often than chance: twice for each."""
    together = base * math.prod(2 * word.people / base for word in words) / 2
    years = ((birth.last - birth.first).days + 1) / 365 if birth else 40.0
    return min(together, *(word.people for word in words), base) * min(1.0, years / 40)


def _conjunction(words: Iterable[Word]) -> Condition:
    parts, values = [], []
    for word in words:
        single = len(word.keys) == 1
        parts.append("keys @> %s::int[]" if single else "keys && %s::int[]")
        values.append(list(word.keys))
    return Condition(" AND ".join(parts), tuple(values))


def _whole_name(query: Query) -> Condition:
    """Persons whose record has exactly the name asked for, particles aside when none was typed."""
    name = " ".join(word.text for word in query.name)
    return Condition("person_id IN (SELECT person_id FROM registry_record WHERE name_norm = %s LIMIT 500)", (name,))


def _read(arms: Sequence[Condition], bounds: Sequence[Condition], limit: int) -> Found:
    where = " AND ".join(bound.sql for bound in bounds)
    limits = tuple(value for bound in bounds for value in bound.values)
    # Only fixed texts of this module are put together here; what was asked goes as parameters.
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
