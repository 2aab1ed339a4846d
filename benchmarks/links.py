"""Links: the neighbourhood of a hub and paths between any two people, from the database alone.

Links are written as facts and derived (`services.links`), to say what a rebuild costs; the denser graph that
paths are searched in is written straight into the table of links (`benchmarks.link_graph`).
"""

import time
from collections.abc import Iterator
from typing import Final

from benchmarks import link_graph, timing
from benchmarks.life_base import build
from benchmarks.result import Result
from registry.models import Person, PersonLink
from registry.scope import Scope
from registry.selectors.links import LinkCriteria, neighbourhood
from registry.selectors.people.subject import open_subject
from registry.services import links

NAME = "links"
CLAIM = "A hub of thousands opens in a fraction of a second, and so does a path between two people."

SCOPE: Final = Scope(lawyers=True)
REPEATS: Final = 20


def run(people: int) -> Iterator[Result]:
    """Build a base of invented lives, derive its links, open the hub, then search paths in a denser graph."""
    base = build(people)
    start = time.perf_counter()
    links.rebuild_all()
    seconds = time.perf_counter() - start
    made = PersonLink.objects.count()
    each = 1e6 * seconds / people
    yield Result(
        name="links.rebuild", value=each, unit="µs/person", baseline=1.0, ratio=each,
        conditions=f"{made} sides of links of {people} people, all at once",
    )  # fmt: skip
    row = timing.each(lambda pk: Person.objects.get(pk=pk), [1 + i for i in range(REPEATS)])
    hub = Person.objects.get(pk=base.prisoners + base.visitors + base.lawyers)
    for name, person in (("hub", hub), ("most_connected", Person.objects.get(pk=1))):
        times = timing.each(_around, [person] * REPEATS)
        degree = PersonLink.objects.filter(a=person).count()
        yield from timing.told(
            f"links.{name}", times, row, f"{degree} stored links, table page and graph, {people} people"
        )
    link_graph.write(people)
    yield from link_graph.searched(people, row)


def _around(person: Person) -> None:
    subject = open_subject(person.public_id, SCOPE)
    if subject is None or neighbourhood(subject, LinkCriteria(), SCOPE) is None:
        raise LookupError(person.pk)
