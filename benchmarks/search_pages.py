"""What a whole page of an answer costs beside finding: its counts, its cards, and the way through the gate."""

import time
from collections.abc import Callable, Iterator, Sequence
from statistics import quantiles
from typing import Any

from django.urls import reverse

from benchmarks import browser
from benchmarks.result import Result
from benchmarks.search_queries import Query
from consulta.search import queries as kept
from credentialing.models import Purpose
from registry.scope import Scope
from registry.selectors.search import facets, search
from registry.selectors.search.finding import find

_SCOPE = Scope(lawyers=True)


def measured(queries: Sequence[Query], people: int, finding: float) -> Iterator[Result]:
    """The slow end (ms, p95) of counting facets, of a page drawn, and of a page as a browser gets it."""
    yield _result("facets", _facets(queries), finding, people, "counting facets alone", "<= 15")
    drawn = [_timed(search, query.criteria, _SCOPE) for query in queries]
    yield _result("page", drawn, finding, people, "finding, facets, reasons and 20 cards", "<= 150")
    about = "by the test client: session, gate, audit, finding, facets, reasons, 20 cards, templates"
    yield _result("page.audited", _visits(queries), finding, people, about, "<= 150")


def _facets(queries: Sequence[Query]) -> list[float]:
    times = []
    for query in queries:
        found = find(query.criteria, _SCOPE)
        everyone = [hit.candidate for hit in found.hits]
        times.append(_timed(facets.count, everyone, query.criteria.filters, _SCOPE, truncated=found.truncated))
    return times


def _visits(queries: Sequence[Query]) -> list[float]:
    agent = browser.agent()
    purpose = Purpose.objects.get()
    addresses = [reverse("consulta:results", args=[kept.keep(query.criteria, purpose).pk]) for query in queries]
    browser.visit(agent, addresses[0])  # templates are read once
    return [_timed(browser.visit, agent, address) for address in addresses]


def _timed(work: Callable[..., object], *given: Any, **named: Any) -> float:
    start = time.perf_counter()
    work(*given, **named)
    return 1000 * (time.perf_counter() - start)


def _result(name: str, times: list[float], finding: float, people: int, about: str, target: str) -> Result:
    slow = quantiles(times, n=100)[94]
    return Result(
        name=f"search.{name}.p95", value=slow, unit="ms", baseline=finding, ratio=slow,
        conditions=f"{people} persons, warm, {len(times)} queries: {about}; baseline: finding alone; ratio: ours",
        target=target,
    )  # fmt: skip
