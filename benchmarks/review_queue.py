"""The queue of *Duplicatas* with many open pairs: its page, narrowed or not, and the next pair."""

import sys
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, Final

from django.db import connection, connections, transaction

from audit.events import Actor, Channel
from benchmarks import timing
from benchmarks.name_base import build
from benchmarks.result import Result
from registry.models import Review, ReviewCause
from registry.scope import Scope
from registry.selectors.reviewing import queue as queues
from registry.services.reviewing.claiming import claim_next, reviewer

NAME = "review_queue"
CLAIM = "The queue of pairs opens as quickly with many pairs as with few, but for counting them."

SCOPE: Final = Scope()
BY: Final = Actor(username="revisora", channel=Channel.PAGE)
REPEATS: Final = 12
_FEW: Final = 1_000
# A pair for every two people of the base, of neighbours in number; one in twenty has a first vote.
_OPEN: Final = """
INSERT INTO registry_review (a_id, b_id, cause, judge, score, reasons, vetoes, impact, outcome, needs_second)
SELECT n, n + 1, (ARRAY['score', 'score', 'veto', 'refused'])[1 + n %% 4], 'model:benchmark', (n * 37 %% 1600) / 100.0,
    '[]', '{}', n * 13 %% 8, '', n %% 20 = 1
FROM generate_series(%(first)s::bigint, %(last)s::bigint, 2) n
"""
_VOTE: Final = """
INSERT INTO registry_vote (review_id, verdict, voter, note, cast_at)
SELECT id, 'same', 'user:revisor' || id %% 30, '', now() FROM registry_review r
WHERE needs_second AND NOT EXISTS (SELECT FROM registry_vote v WHERE v.review_id = r.id)
"""


def run(people: int) -> Iterator[Result]:
    """Measure a queue of 1,000 pairs, then one of half as many as there are people, on the same base."""
    build(people)
    # The records are of six states, as those of a nation's queue are.
    for number, uf in enumerate(("BA", "MG", "PE", "RS", "SP"), 2):
        _state(number, uf)
    _fill(1, 2 * _FEW)
    few = _measured()
    _fill(2 * _FEW + 1, people - 1)
    many = _measured()
    pairs = Review.objects.count()
    for name, value in many.items():
        yield Result(
            name=f"review_queue.{name}", value=value, unit="ms", baseline=few[name], ratio=value / few[name],
            conditions=f"p50 of {REPEATS}; {pairs} open pairs of {people} records; baseline: {_FEW} open pairs",
        )  # fmt: skip


def _measured() -> dict[str, float]:
    """Milliseconds of each question, p50."""
    voter = reviewer(BY)
    asked: dict[str, Callable[[Any], Any]] = {
        "page": lambda _: queues.queue(SCOPE, queues.Filters(), voter),
        "last_page": lambda _: queues.queue(SCOPE, queues.Filters(), voter, 10**9),
        "page_of_state": lambda _: queues.queue(SCOPE, queues.Filters(uf="MG"), voter),
        "page_of_mine": lambda _: queues.queue(SCOPE, queues.Filters(mine=True), voter),
        "next": lambda _: _next(queues.Filters()),
        "next_of_state": lambda _: _next(queues.Filters(uf="MG")),
        "next_second": lambda _: _next(queues.Filters(second=True)),
    }
    return {name: median(timing.each(ask, range(REPEATS))) for name, ask in asked.items()}


def _next(filters: queues.Filters) -> None:
    if claim_next(among=queues.narrowed(SCOPE, filters, reviewer(BY)), by=BY) is None:
        raise LookupError(filters)


def _state(number: int, uf: str) -> None:
    """Give a sixth of the records to another state."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_origin SELECT (jsonb_populate_record(o, %s::jsonb)).* FROM registry_origin o"
            " WHERE uf = 'AL' RETURNING id",
            [f'{{"id": {number + 100}, "code": "{uf}", "uf": "{uf}", "name": "{uf}"}}'],
        )
        cursor.execute("UPDATE registry_record SET origin_id = %s WHERE id %% 6 = %s", [number + 100, number % 6])


def _fill(first: int, last: int) -> None:
    print(f"opening pairs {first} to {last}…", file=sys.stderr)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_OPEN, {"first": first, "last": last})
        cursor.execute(_VOTE, [])
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registry_review, registry_vote, registry_record")
    if Review.objects.exclude(cause__in=ReviewCause.values).exists():
        raise LookupError("cause")
