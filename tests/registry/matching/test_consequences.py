"""Persons as a dry run would have them: those of one clustering of everything, without holding everything."""

import tracemalloc
from collections.abc import Iterable
from random import Random

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from registry.matching.clusters import cluster
from registry.services import bulk
from registry.services.resolution import consequences, pairs

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

Pair = tuple[int, int]


def find(cursor: CursorWrapper, same: Iterable[tuple[int, int, float]], apart: Iterable[Pair] = ()) -> None:
    """As if a model had scored these pairs so."""
    bulk.temporary(cursor, "settling_found", pairs.COLUMNS)
    columns = ("a", "b", "score", "verdict", "vetoes")
    bulk.copy(cursor, "settling_found", columns, ((a, b, score, "same", []) for a, b, score in same))
    bulk.copy(cursor, "settling_found", columns, ((a, b, 0.0, "unsure", ["cpf"]) for a, b in apart))


def leads(cursor: CursorWrapper) -> dict[int, int]:
    consequences.cluster_as_if(cursor)
    cursor.execute("SELECT record_id, lead_id FROM rebuilt")
    rows = cursor.fetchall()
    assert len(dict(rows)) == len(rows)
    return dict(rows)


def some(dice: Random) -> Pair:
    a, b = sorted(dice.sample(range(1, 80), 2))
    return a, b


@pytest.mark.parametrize("seed", range(5))
def test_groups_told_one_by_one_are_those_of_one_clustering(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consequences, "_GROUPS_AT_ONCE", 2)
    dice = Random(seed)
    joined = {some(dice) for _ in range(75)}
    found = [(a, b, dice.choice([9.0, 12.0, 20.5])) for a, b in sorted(joined)]
    apart = sorted({some(dice) for _ in range(60)} - joined)
    strongest = sorted(found, key=lambda one: (-one[2], one[0], one[1]))

    with connection.cursor() as cursor:
        find(cursor, found, apart)
        told = leads(cursor)

    assert told == cluster([(a, b) for a, b, _ in strongest], apart)
    assert told != cluster([(a, b) for a, b, _ in strongest], [])


def test_memory_does_not_grow_with_the_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FETCH", 1_000)
    monkeypatch.setattr(consequences, "_GROUPS_AT_ONCE", 20)
    with connection.cursor() as cursor:
        peaks = [_peak(cursor, count) for count in (5_000, 25_000)]
    # Nine bytes an id, and what is fetched at once.
    assert peaks[1] - peaks[0] < 2 * 9 * 20_000


def _peak(cursor: CursorWrapper, count: int) -> int:
    """Bytes that Python holds at most while chains of twenty are clustered, each with a pair kept apart."""
    find(
        cursor,
        ((n, n + 1, 9.0) for n in range(1, count) if n % 20),
        ((n + 1, n + 3) for n in range(1, count, 20)),
    )
    tracemalloc.start()
    consequences.cluster_as_if(cursor)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    cursor.execute("SELECT count(*) FROM rebuilt")
    assert cursor.fetchone() == (count,)
    return peak
