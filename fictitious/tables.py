"""The condensed tables of public facts under `data/`, and drawing from them by weight."""

import csv
from bisect import bisect
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

DATA = Path(__file__).parent / "data"


def read(name: str) -> list[dict[str, str]]:
    """The rows of data/<name>.csv; lines that begin with # name the source."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def states() -> dict[str, dict[str, str]]:
    """UF → its facts (data/states.csv)."""
    return {row["uf"]: row for row in read("states")}


@cache
def cities(uf: str) -> tuple["City", ...]:
    """Municipalities of a state, the capital first."""
    return tuple(City(row["ibge"], row["name"], uf) for row in read("municipalities") if row["uf"] == uf)


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of data/words.csv."""
    return tuple(next(row["items"] for row in read("words") if row["list"] == name).split(";"))


class City:
    """A municipality by its IBGE code."""

    __slots__ = ("ibge", "name", "uf")

    def __init__(self, ibge: str, name: str, uf: str) -> None:
        self.ibge, self.name, self.uf = ibge, name, uf


class Weighted(Generic[T]):
    """A table to draw from, each item as often as its weight says."""

    __slots__ = ("items", "limits", "total")

    def __init__(self, pairs: Iterable[tuple[T, float]]) -> None:
        kept = [(item, weight) for item, weight in pairs if weight > 0]
        self.items = [item for item, _ in kept]
        self.limits = list(accumulate(weight for _, weight in kept))
        self.total = self.limits[-1]

    def draw(self, rng: Random) -> T:
        return self.items[bisect(self.limits, rng.random() * self.total)]


# A small number per state, stable as long as the table of states is.
UF_NUMBER = {uf: number for number, uf in enumerate(states())}
