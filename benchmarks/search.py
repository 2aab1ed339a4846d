"""The search of persons by name, right and wrong in every usual way, against what others make of the same rows."""

import gc
import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import quantiles
from typing import Final

from django.db import connections

from benchmarks import search_oracle, search_pages, search_rivals
from benchmarks.cost import cost
from benchmarks.result import Result
from benchmarks.search_base import build
from benchmarks.search_queries import KINDS, Query
from registry.scope import Scope
from registry.selectors.search.finding import find

NAME = "search"
CLAIM = "Finds a person by a name however written, faster than a scan that finds it only as written."

SAMPLE: Final = 60  # queries of each kind
SCANNED: Final = 2  # of which the scan answers so many, since it takes that long
CLIENTS: Final = 4
SLOW: Final = frozenset({"pg_trgm with GIN"})  # of these, in a large base, one query in TENTH
TENTH: Final = 10


@dataclass
class Measured:
    """Milliseconds of each query, and of how many the person meant was among the first ten.

    `processor` is what all of them took of it, in milliseconds: of this process and its database session.
    """

    times: list[float] = field(default_factory=list)
    found: int = 0
    processor: float = 0.0

    def at(self, percent: int) -> float:
        """The time that so many queries in a hundred do not exceed."""
        return quantiles(self.times, n=100)[percent - 1]

    @property
    def recall(self) -> float:
        return self.found / len(self.times)


def run(people: int) -> Iterator[Result]:
    """Build a base of invented people and ask for some of them in each way."""
    humans = build(people)
    gc.freeze()  # the people live in this process only here: collecting over them would be measured as ours
    rng = Random(20)
    asked = {kind: [corrupt(rng, human) for human in rng.sample(humans, SAMPLE)] for kind, corrupt in KINDS.items()}
    every = [query for queries in asked.values() for query in queries]
    measure(every, _ours)  # so that nobody pays for a cold cache
    ours = {kind: measure(queries, _ours) for kind, queries in asked.items()}
    for kind, queries in asked.items():
        plain = measure(queries[:SCANNED], search_rivals.scan)
        yield from _compared(kind, people, ours[kind], plain, "a LIKE for each word")
    all_ours = _together(ours.values())
    for name, ask in _rivals(people).items():
        if name in SLOW and people > 1_000_000:
            few = every[::TENTH]
            mine, theirs = measure(few, _ours), measure(few, ask)
        else:
            mine, theirs = all_ours, measure(every, ask)
        yield from _compared("all", people, mine, theirs, name)
        yield _processor(people, mine, theirs, name)
    yield _against_everybody(every, people)
    yield from _clients(every, people, all_ours)
    yield from search_pages.measured(every, people, all_ours.at(95))
    yield _index_size(people)


def measure(queries: Sequence[Query], ask: Callable[[Query], Iterable[int]]) -> Measured:
    """Ask each once."""
    measured = Measured()

    def ask_each() -> None:
        for query in queries:
            start = time.perf_counter()
            answer = list(ask(query))
            measured.times.append(1000 * (time.perf_counter() - start))
            measured.found += query.wanted in answer[:10]

    measured.processor = 1000 * cost(ask_each).processor
    return measured


def _together(parts: Iterable[Measured]) -> Measured:
    every = list(parts)
    times = [ms for one in every for ms in one.times]
    return Measured(times, sum(one.found for one in every), sum(one.processor for one in every))


def _rivals(people: int) -> dict[str, search_rivals.Ask]:
    rivals: dict[str, search_rivals.Ask] = {"tsvector 'simple' with GIN, ts_rank": search_rivals.full_text}
    if trigrams := search_rivals.trigrams():
        rivals["pg_trgm with GIN"] = trigrams
    rivals["tantivy, fuzzy and phonetic"] = search_rivals.tantivy(people)
    return rivals


def _compared(kind: str, people: int, ours: Measured, plain: Measured, against: str) -> Iterator[Result]:
    about = f"{people} persons, warm, one client, {len(ours.times)} queries; against {against} ({len(plain.times)})"
    for percent in (50, 95, 99):
        value, baseline = ours.at(percent), plain.at(percent)
        yield Result(
            name=f"search.{kind}.p{percent}", value=value, unit="ms", baseline=baseline, ratio=baseline / value,
            conditions=f"{about}; ratio baseline/ours",
        )  # fmt: skip
    yield Result(
        name=f"search.{kind}.recall@10", value=ours.recall, unit="share", baseline=plain.recall,
        ratio=ours.recall - plain.recall, conditions=f"{about}; ratio: difference",
    )  # fmt: skip


def _processor(people: int, ours: Measured, theirs: Measured, against: str) -> Result:
    value, baseline = (one.processor / len(one.times) for one in (ours, theirs))
    return Result(
        name="search.all.processor", value=value, unit="ms/query", baseline=baseline, ratio=baseline / value,
        conditions=f"{people} persons, warm, one client, processor time of client and database session; against"
        f" {against}; ratio baseline/ours",
        target=">= 60 at 1 M" if "trgm" in against else "",
    )  # fmt: skip


def _against_everybody(queries: list[Query], people: int) -> Result:
    """How many more a comparison with everybody finds, of the same queries."""
    answers = search_oracle.asked_in_time(queries)
    best = sum(query.wanted in ten for query, ten in answers) / len(answers)
    ours = measure([query for query, _ in answers], _ours).recall
    return Result(
        name="search.everybody.recall@10", value=ours, unit="share", baseline=best, ratio=ours - best,
        conditions=f"{people} persons, {len(answers)} queries of all kinds; baseline: everybody within the query's"
        " bounds judged by the same ranking; ratio: difference",
        target=">= -0.01",
    )  # fmt: skip


def _clients(queries: Sequence[Query], people: int, alone: Measured) -> Iterator[Result]:
    """Four processes ask at once, each its share of the queries."""
    connections.close_all()
    shares = [list(queries[start::CLIENTS]) for start in range(CLIENTS)]
    with multiprocessing.get_context("fork").Pool(CLIENTS) as pool:
        times = [ms for each in pool.map(_one_client, shares, chunksize=1) for ms in each]
    together = Measured(times)
    for percent in (50, 95):
        yield Result(
            name=f"search.four_clients.p{percent}", value=together.at(percent), unit="ms", baseline=alone.at(percent),
            ratio=together.at(percent) / alone.at(percent), target="<= 80 ms p95 at 10 M" if percent == 95 else "",
            conditions=f"{people} persons, warm, {CLIENTS} clients at once; baseline: one client",
        )  # fmt: skip


def _one_client(queries: list[Query]) -> list[float]:
    connections.close_all()
    measure(queries[:20], _ours)
    return measure(queries, _ours).times


def _index_size(people: int) -> Result:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('search_keys'), pg_relation_size('name_key_near'), count(*)"
                       " FROM registry_namekey")  # fmt: skip
        keys, near, words = cursor.fetchone()
    return Result(
        name="search.index_bytes", value=keys / people, unit="B/person", baseline=near / people, ratio=words / people,
        conditions=f"{people} persons: GIN of the documents; baseline: GIN of near words; ratio: keys/persons",
        target="value <= 70",
    )  # fmt: skip


def _ours(query: Query) -> Iterable[int]:
    return [hit.candidate.id for hit in find(query.criteria, Scope(lawyers=True)).hits]
