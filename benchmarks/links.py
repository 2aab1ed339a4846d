"""Links: the neighbourhood of a hub and paths between any two people, from the database alone.

Links are written as facts and derived (`services.links`), to say what a rebuild costs; the larger graph that
paths are searched in is written straight into the table of links, as the 50 million of a national base would be.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from statistics import median, quantiles
from typing import Final

from django.db import connection, connections, transaction

from benchmarks import timing
from benchmarks.life_base import build
from benchmarks.result import Result
from registry.models import Person, PersonLink
from registry.scope import Scope
from registry.selectors.links import LinkCriteria, neighbourhood, paths
from registry.selectors.people.subject import open_subject
from registry.services import links

NAME = "links"
CLAIM = "A hub of thousands opens in a fraction of a second, and so does a path between two people."

SCOPE: Final = Scope(lawyers=True)
PATHS: Final = 200
REPEATS: Final = 20
# Links of a person in the graph that paths are searched in, one side counted; and how far ids lie apart.
DEGREE: Final = 5
_GRAPH: Final = """
INSERT INTO registry_personlink (a_id, kind, b_id, way, strength, contacts, since, last, status, kinships, origins)
SELECT CASE side WHEN 1 THEN a ELSE b END, 'V', CASE side WHEN 1 THEN b ELSE a END, side, 30 + (a + n) %% 60, n,
    current_date - 700, current_date - 10, 'ATIVO', '{}', ARRAY[1]
FROM generate_series(1, %(people)s::bigint) a, generate_series(1, %(degree)s) n,
    LATERAL (SELECT 1 + abs(hashint8(a * 31 + n)::bigint) %% %(people)s AS b) o, generate_series(1, 2) side
WHERE a <> b ON CONFLICT DO NOTHING
"""


def run(people: int) -> Iterator[Result]:
    """Build a base of invented lives, derive its links, open the hub, then search paths in a denser graph."""
    base = build(people)
    start = time.perf_counter()
    links.rebuild_all()
    seconds = time.perf_counter() - start
    made = PersonLink.objects.count()
    yield _result(
        "links.rebuild",
        1e6 * seconds / people,
        1.0,
        "µs/person",
        f"{made} sides of links of {people} people, all at once",
    )
    row = timing.each(lambda pk: Person.objects.get(pk=pk), [1 + i for i in range(REPEATS)])
    hub = Person.objects.get(pk=base.prisoners + base.visitors + base.lawyers)
    for name, person in (("hub", hub), ("most_connected", Person.objects.get(pk=1))):
        times = timing.each(_around, [person] * REPEATS)
        degree = PersonLink.objects.filter(a=person).count()
        yield from _both(f"links.{name}", times, row, f"{degree} stored links, table page and graph, {people} people")
    yield from _paths(people, row)


def _paths(people: int, row: list[float]) -> Iterator[Result]:
    print("writing a denser graph…", file=sys.stderr)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_GRAPH, {"people": people, "degree": DEGREE})
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registry_personlink")
    made, chance, endings = PersonLink.objects.count(), Random(7), Counter[str]()

    def search(pair: tuple[int, int]) -> None:
        endings[paths(*pair, LinkCriteria(), SCOPE).ending.value] += 1

    pairs = [(chance.randint(1, people), chance.randint(1, people)) for _ in range(PATHS)]
    times = timing.each(search, [(a, b) for a, b in pairs if a != b])
    told = ", ".join(f"{ending} {count}" for ending, count in sorted(endings.items()))
    yield from _both("links.path", times, row, f"{len(times)} random pairs, {made} sides of links; {told}")


def _around(person: Person) -> None:
    subject = open_subject(person.public_id, SCOPE)
    if subject is None or neighbourhood(subject, LinkCriteria(), SCOPE) is None:
        raise LookupError(person.pk)


def _both(name: str, times: list[float], row: list[float], about: str) -> Iterator[Result]:
    for figure, value in (("p50", median(times)), ("p95", quantiles(times, n=20)[-1])):
        yield _result(f"{name}.{figure}", value, median(row), "ms", f"{about}; baseline: one person's row, p50")


def _result(name: str, value: float, baseline: float, unit: str, about: str) -> Result:
    return Result(name=name, value=value, unit=unit, baseline=baseline, ratio=value / baseline, conditions=about)
