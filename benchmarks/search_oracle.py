"""What no search could find: everybody within a query's bounds judged by the search's own ranking, one after the other.

Whoever is not among the first ten here is behind namesakes who answer the query as well; what the search loses beyond
that, it loses by not looking at everybody.
"""

import heapq
import time
from collections.abc import Iterator, Sequence
from typing import Final

from django.db import connection

from benchmarks.search_queries import Query
from registry.scope import Scope
from registry.selectors.search import bounds, candidates, typos, vocabulary
from registry.selectors.search.condition import Condition
from registry.selectors.search.finding import Hit, Ranking

SECONDS: Final = 30.0  # for the queries of one kind
_AT_ONCE: Final = 20_000
_SCOPE: Final = Scope(lawyers=True)


def first_ten(query: Query) -> list[int]:
    """The ids of the ten persons nearest to the query, of all within its bounds."""
    criteria = query.criteria
    words = typos.all_tolerant(vocabulary.look_up(criteria, _SCOPE))
    ranking = Ranking(words, criteria, {}, {})
    nearest: list[Hit] = []
    for found in _everybody(bounds.of(criteria, _SCOPE)):
        nearest = heapq.nsmallest(10, [*nearest, *ranking.hits(found)], key=ranking.order)
    return [hit.candidate.id for hit in nearest]


def asked_in_time(queries: Sequence[Query]) -> list[tuple[Query, list[int]]]:
    """As many of these queries as SECONDS allow, at least one, each with its first ten."""
    started, answers = time.monotonic(), []
    for query in queries:
        answers.append((query, first_ten(query)))
        if time.monotonic() - started > SECONDS:
            break
    return answers


def _everybody(within: bounds.Bounds) -> Iterator[candidates.Found]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(person_id), 0) FROM registry_personsearch")
        (last,) = cursor.fetchone()
    for first in range(0, last + 1, _AT_ONCE):
        these = Condition("person_id >= %s AND person_id < %s", (first, first + _AT_ONCE))
        yield candidates.read([these], within, most=_AT_ONCE * 2)
