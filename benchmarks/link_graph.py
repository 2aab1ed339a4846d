"""A graph of links between any two people, as dense as a nation's, and the paths found in it."""

import sys
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Final

from django.db import connection, connections, transaction

from benchmarks import timing
from benchmarks.result import Result
from registry.models import PersonLink
from registry.scope import Scope
from registry.selectors.links import LinkCriteria, paths

SCOPE: Final = Scope(lawyers=True)
PATHS: Final = 200
# Links of a person, one side counted: 50 million of 10 million people.
DEGREE: Final = 5
# In the order of the key, so that its index grows at one end and each pair comes once.
_GRAPH: Final = """
INSERT INTO registry_personlink (a_id, kind, b_id, way, strength, contacts, since, last, status, kinships, origins)
SELECT DISTINCT ON (one, other) one, 'V', other, side, strength, n, current_date - 700, current_date - 10, 'ATIVO',
    '{}', ARRAY[1]
FROM (
    SELECT CASE side WHEN 1 THEN a ELSE b END AS one, CASE side WHEN 1 THEN b ELSE a END AS other, side,
        30 + (a + n) %% 60 AS strength, n
    FROM generate_series(1, %(people)s::bigint) a, generate_series(1, %(degree)s) n,
        LATERAL (SELECT 1 + abs(hashint8(a * 31 + n)::bigint) %% %(people)s AS b) o, generate_series(1, 2) side
    WHERE a <> b) every
ORDER BY one, other ON CONFLICT DO NOTHING
"""


def write(people: int) -> None:
    """Link each of the people 1 to `people` to so many others, and analyse."""
    print(f"writing a graph of {people} people…", file=sys.stderr)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '1GB'")
        cursor.execute(_GRAPH, {"people": people, "degree": DEGREE})
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registry_personlink")


def searched(people: int, row: list[float]) -> Iterator[Result]:
    """Paths between people drawn by lot; each pair is asked once."""
    made, chance, endings = PersonLink.objects.count(), Random(7), Counter[str]()

    def search(pair: tuple[int, int]) -> None:
        endings[paths(*pair, LinkCriteria(), SCOPE).ending.value] += 1

    pairs = [(chance.randint(1, people), chance.randint(1, people)) for _ in range(PATHS)]
    times = timing.each(search, [(a, b) for a, b in pairs if a != b])
    outcome = ", ".join(f"{ending} {count}" for ending, count in sorted(endings.items()))
    about = f"{len(times)} random pairs of {people} people, {made} sides of links; {outcome}"
    yield from timing.told("links.path", times, row, about, target="<= 1000 at 10 M")
