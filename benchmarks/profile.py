"""The profile of a person, from the database alone and through the gate with its audit."""

import gc
from collections.abc import Iterator
from random import Random
from statistics import median, quantiles

from benchmarks import browser, timing
from benchmarks.life_base import MOST_CONNECTED, Base, build
from benchmarks.result import Result
from consulta.profile import cards
from registry.models import Person
from registry.scope import Scope
from registry.selectors.people.subject import open_subject

NAME = "profile"
CLAIM = "Shows all that is known of a person at once, for a small multiple of reading the person's row."

SAMPLE = 150
REPEATS = 30
SCOPE = Scope(lawyers=True)


def run(people: int) -> Iterator[Result]:
    """Build a base of invented lives and open some of them."""
    base = build(people)
    gc.freeze()
    everyone = list(Person.objects.order_by("id")[: base.prisoners])
    sample = Random(20).sample(everyone, min(SAMPLE, len(everyone)))
    connected = Person.objects.get(pk=MOST_CONNECTED)
    row = timing.each(lambda person: Person.objects.get(pk=person.pk), sample)
    agent = browser.agent()
    yield from _both("profile.selectors", timing.each(_read, sample), row, people, "every card read; a warm base")
    page = timing.each(lambda person: browser.visit(agent, f"/pessoas/{person.public_id}/"), sample)
    yield from _both(
        "profile.page", page, row, people, "whole page by the test client: session, gate, audit, templates"
    )
    most = [connected] * REPEATS
    yield from _both("profile.most_connected", timing.each(_read, most), row, people, _connections(base))
    page = timing.each(lambda person: browser.visit(agent, f"/pessoas/{person.public_id}/"), most)
    yield from _both("profile.most_connected.page", page, row, people, _connections(base))


def _both(name: str, times: list[float], row: list[float], people: int, about: str) -> Iterator[Result]:
    baseline = median(row)
    for figure, value in (("p50", median(times)), ("p95", quantiles(times, n=20)[-1])):
        yield Result(
            name=f"{name}.{figure}",
            value=value,
            unit="ms",
            baseline=baseline,
            ratio=value / baseline,
            conditions=f"{about}; {people} people, one client; baseline: one person's row by primary key, p50",
        )


def _connections(base: Base) -> str:
    return f"the most connected: 410 movements, 300 visitors, a lawyer of {min(3000, base.prisoners)} clients"


def _read(person: Person) -> None:
    """Every card of a person, as the page reads them."""
    subject = open_subject(person.public_id, SCOPE)
    if subject is None:
        raise LookupError(person.pk)
    for card in cards.applying(subject, SCOPE):
        if card.slug != "fotos":
            _ = card.read(subject, SCOPE, limit=cards.BRIEF) if card.size else card.read(subject, SCOPE)
