"""Paths between any two people of a nation: cells, cases and links of as many as are asked, and nothing else."""

from collections.abc import Iterator

from benchmarks import life_base, link_graph, timing
from benchmarks.result import Result
from registry.models import Person

NAME = "paths"
CLAIM = "How two people of ten million with fifty million links are connected is answered within a second."

REPEATS = 20


def run(people: int) -> Iterator[Result]:
    """Write who there is, where they were held and their cases, link them by lot, and search."""
    life_base.build(people, sparse=True)
    link_graph.write(people)
    row = timing.each(lambda pk: Person.objects.get(pk=pk), [1 + i for i in range(REPEATS)])
    yield from link_graph.searched(people, row)
