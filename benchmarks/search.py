"""The search of persons by name against what a plain application does: every word LIKE, or full-text search."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median, quantiles
from typing import Any

from django.db import connection

from benchmarks.name_base import Human, build
from benchmarks.result import Result
from registry.scope import Scope
from registry.selectors.search import Criteria, search
from registry.selectors.search.finding import find
from registry.values.dates import parse_birth_query

NAME = "search"
CLAIM = "Finds a person by a name however written, faster than a scan that finds it only as written."

SAMPLE = 60  # queries of each kind


@dataclass(frozen=True)
class Query:
    """What an agent types and whom it means."""

    criteria: Criteria
    year: int | None
    wanted: int


@dataclass
class Measured:
    """Milliseconds of each query, and of how many the person meant was among the first ten."""

    times: list[float] = field(default_factory=list)
    found: int = 0

    @property
    def p50(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return quantiles(self.times, n=20)[-1]

    @property
    def recall(self) -> float:
        return self.found / len(self.times)


def run(people: int) -> Iterator[Result]:
    """Build a base of invented people and ask for some of them in six ways."""
    humans = build(people)
    gc.freeze()  # the people live in this process only here: collecting over them would be measured as ours
    rng = Random(20)
    asked = {kind: [corrupt(rng, human) for human in rng.sample(humans, SAMPLE)] for kind, corrupt in KINDS.items()}
    for kind, queries in asked.items():
        yield from _compared(kind, people, _measure(queries, _ours), _measure(queries, _scan), "a LIKE for each word")
    every = [query for queries in asked.values() for query in queries]
    ours, plain = _measure(every, _ours), _measure(every, _full_text)
    yield from _compared("all_against_full_text", people, ours, plain, "tsvector 'simple' with GIN, ts_rank")
    page, scan = _measure(asked["exact"], _whole_page), _measure(asked["exact"], _scan)
    yield Result(
        name="search.page.p95", value=page.p95, unit="ms", baseline=scan.p95, ratio=scan.p95 / page.p95,
        conditions=f"{people} persons, warm: finding, facets, reasons and 20 cards; baseline: ids alone, by LIKE",
    )  # fmt: skip


def _compared(kind: str, people: int, ours: Measured, plain: Measured, against: str) -> Iterator[Result]:
    about = f"{people} persons, warm, one client, {len(ours.times)} queries; against {against}"
    for name, value, baseline in (("p50", ours.p50, plain.p50), ("p95", ours.p95, plain.p95)):
        yield Result(
            name=f"search.{kind}.{name}", value=value, unit="ms", baseline=baseline, ratio=baseline / value,
            conditions=f"{about}; ratio baseline/ours",
        )  # fmt: skip
    yield Result(
        name=f"search.{kind}.recall@10", value=ours.recall, unit="share", baseline=plain.recall,
        ratio=ours.recall / max(plain.recall, 1 / SAMPLE), conditions=f"{about}; ratio ours/baseline",
    )  # fmt: skip


def _measure(queries: Sequence[Query], ask: Callable[[Query], Iterable[int]]) -> Measured:
    measured = Measured()
    for query in queries:
        ask(query)  # once before, so that neither side pays for a cold cache
        start = time.perf_counter()
        answer = list(ask(query))
        measured.times.append(1000 * (time.perf_counter() - start))
        measured.found += query.wanted in answer[:10]
    return measured


def _ours(query: Query) -> Iterable[int]:
    return [hit.candidate.id for hit in find(query.criteria, Scope(lawyers=True)).hits]


def _whole_page(query: Query) -> Iterable[int]:
    return [len(search(query.criteria, Scope(lawyers=True)).cards)]


def _scan(query: Query) -> Iterable[int]:
    words = query.criteria.name.split()
    conditions = ["names LIKE %s"] * len(words) + ["mothers LIKE %s"] * len(query.criteria.mother.split())
    values: list[Any] = [f"%{word}%" for word in (*words, *query.criteria.mother.split())]
    return _answer("SELECT person_id FROM registry_personsearch WHERE", conditions, values, query, "names, person_id")


def _full_text(query: Query) -> Iterable[int]:
    source = "SELECT person_id FROM registry_personsearch, plainto_tsquery('simple', %s) AS asked WHERE"
    words = f"{query.criteria.name} {query.criteria.mother}"
    return _answer(source, ["words @@ asked"], [words], query, "ts_rank(words, asked) DESC, person_id")


def _answer(source: str, conditions: list[str], values: list[Any], query: Query, order: str) -> Iterable[int]:
    if query.year:
        conditions, values = [*conditions, "extract(year FROM births[1]) = %s"], [*values, query.year]
    with connection.cursor() as cursor:
        cursor.execute(f"{source} {' AND '.join(conditions)} ORDER BY {order} LIMIT 10", values)
        return [row[0] for row in cursor.fetchall()]


def _query(human: Human, name: str, *, mother: str = "", year: int | None = None) -> Query:
    birth = parse_birth_query(str(year)) if year else None
    criteria = Criteria(name=name, mother=mother, birth=birth)
    return Query(criteria, year, human.id)


def _exact(rng: Random, human: Human) -> Query:
    return _query(human, human.name)


def _any_order(rng: Random, human: Human) -> Query:
    words = human.words
    return _query(human, " ".join(rng.sample(words, len(words))), year=human.birth.year)


def _phonetic(rng: Random, human: Human) -> Query:
    name = human.name
    for written, heard in RESPELLINGS:
        if rng.random() < 0.7:
            name = name.replace(written, heard)
    return _query(human, name)


def _partial(rng: Random, human: Human) -> Query:
    return _query(human, f"{human.words[0]} {human.words[-1]}", year=human.birth.year)


def _mother_and_year(rng: Random, human: Human) -> Query:
    mother = human.mother.split()
    return _query(human, human.words[0], mother=f"{mother[0]} {mother[-1]}", year=human.birth.year)


def _mistyped(rng: Random, human: Human) -> Query:
    words = list(human.words)
    at = max(range(len(words)), key=lambda i: len(words[i]))
    cut = rng.randrange(1, len(words[at]))
    words[at] = words[at][:cut] + words[at][cut + 1 :]
    return _query(human, " ".join(words), year=human.birth.year)


RESPELLINGS = (
    ("SOUZA", "SOUSA"), ("LUIZ", "LUIS"), ("TH", "T"), ("PH", "F"), ("Y", "I"), ("W", "V"), ("CARLOS", "KARLOS"),
    ("NN", "N"), ("LL", "L"), ("ISABEL", "IZABEL"), ("XA", "CHA"), ("QUEIROZ", "KEIROS"), ("SSA", "ÇA"),
)  # fmt: skip
KINDS: dict[str, Callable[[Random, Human], Query]] = {
    "exact": _exact,
    "any_order": _any_order,
    "phonetic": _phonetic,
    "partial": _partial,
    "mother_and_year": _mother_and_year,
    "mistyped": _mistyped,
}
