"""What no search could find: everybody within a query's bounds judged by the search's own ranking, one after the other.

Whoever is not among the first ten here is behind namesakes who answer the query as well; what the search loses beyond
that, it loses by not looking at everybody.
"""

import heapq
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from django.db import connection

from benchmarks.search_queries import Query
from registry.scope import Scope
from registry.selectors.search import bounds, candidates, typos, vocabulary
from registry.selectors.search.bounds import Bounds
from registry.selectors.search.candidates import Found
from registry.selectors.search.condition import Condition
from registry.selectors.search.finding import Hit, Ranking

SECONDS: Final = 900.0  # for the queries that name a year; a third of it for the others
_AT_ONCE: Final = 20_000
_MOST_BORN: Final = 1_000_000  # in a year
_SCOPE: Final = Scope(lawyers=True)

Answer = tuple[Query, list[int]]


def asked_in_time(queries: Sequence[Query]) -> list[Answer]:
    """As many of these queries as time allows, drawn at random, each with the ids of the ten persons nearest to it.

    Of a year everybody born then is read once, for all the queries that name it.
    """
    rng, by_year, undated = Random(5), defaultdict(list), []
    for query in queries:
        if query.year:
            by_year[query.year].append(query)
        else:
            undated.append(query)
    years = sorted(by_year)
    rng.shuffle(years)
    rng.shuffle(undated)
    dated = (answer for year in years for answer in _of_one_year(by_year[year]))
    whole = ((query, _nearest(query, _everybody(_bounds(query)))) for query in undated)
    return [*_in_time(dated, SECONDS), *_in_time(whole, SECONDS / 3)]


def _in_time(answers: Iterator[Answer], seconds: float) -> Iterator[Answer]:
    until = time.monotonic() + seconds
    for answer in answers:
        yield answer
        if time.monotonic() > until:
            break


def _of_one_year(queries: Sequence[Query]) -> Iterator[Answer]:
    within = _bounds(queries[0])
    born = candidates.read([within.born], within, most=_MOST_BORN)
    for query in queries:
        yield query, _nearest(query, [born])


def _bounds(query: Query) -> Bounds:
    return bounds.of(query.criteria, _SCOPE)


def _nearest(query: Query, people: Iterator[Found] | Sequence[Found]) -> list[int]:
    words = typos.all_tolerant(vocabulary.look_up(query.criteria, _SCOPE))
    ranking = Ranking(words, query.criteria, {}, {})
    nearest: list[Hit] = []
    for found in people:
        nearest = heapq.nsmallest(10, [*nearest, *ranking.hits(found)], key=ranking.order)
    return [hit.candidate.id for hit in nearest]


def _everybody(within: Bounds) -> Iterator[Found]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(person_id), 0) FROM registry_personsearch")
        (last,) = cursor.fetchone()
    for first in range(0, last + 1, _AT_ONCE):
        these = Condition("person_id >= %s AND person_id < %s", (first, first + _AT_ONCE))
        yield candidates.read([these], within, most=_AT_ONCE * 2)
