"""One shard: a few thousand people of one state with all their rows, made from the shard's own seed.

Shards share nothing but the units of the states, so they can be made in any order and by any process,
and the same seed always gives the same rows.
"""

from collections.abc import Iterator
from random import Random

from fictitious import cases, families, lawyers, lives, prisoners, visits, work_study
from fictitious.families import Family
from fictitious.lawyers import Lawyer
from fictitious.lives import Plan
from fictitious.people import Human
from fictitious.rows import Row, Rows
from fictitious.shop import Shop
from fictitious.truth import Truth
from fictitious.visits import Host

LAWYERS = 0.02
FAMILIES_AT_ONCE = 300

Batch = dict[str, dict[str, list[Row]]]  # state → view → rows


def people(seed: str, number: int, uf: str, count: int, plan: Plan) -> tuple[Shop, Iterator[Batch]]:
    """The shop of a shard, and its rows batch by batch: exactly `count` human beings with a record."""
    shop = Shop(Random(f"{seed}:shard:{number}"), plan, Rows(number), Truth(), number)
    return shop, _batches(shop, uf, count)


def _batches(shop: Shop, uf: str, count: int) -> Iterator[Batch]:
    staff = [lawyers.lawyer(shop, uf) for _ in range(max(1, round(count * LAWYERS)))]
    made = 0
    while shop.humans < count:
        family = families.family(shop.rng, uf, shop.plan.today)
        _trim(family, count - shop.humans)
        write_family(shop, uf, family, staff)
        made += 1
        if made % FAMILIES_AT_ONCE == 0:
            yield shop.rows.take()
    yield shop.rows.take()


def _trim(family: Family, room: int) -> None:
    """The last family may be smaller, so that the number of people is the one asked for."""
    while family.size > room and family.visits:
        family.visits.pop()
    del family.prisoners[max(1, room) :]
    family.visits = [visit for visit in family.visits if visit[1] in family.prisoners]
    known = {id(visitor) for visitor, _, _ in family.visits}
    family.past = [human for human in family.past if id(human) in known]


def write_family(shop: Shop, uf: str, family: Family, staff: list[Lawyer], arrested_today: bool = False) -> None:
    """All rows of a family: lives of the prisoners, then the visitors of each."""
    hosts: dict[int, list[Host]] = {}
    for human in family.prisoners:
        near = family.home.mother if human is not family.home.mother else None
        hosts[id(human)] = _imprison(shop, uf, human, near, staff, None, arrested_today)
    for human in family.past:
        _imprison(shop, uf, human, None, staff, False, False)
    links: dict[int, list[tuple[Host, str]]] = {}
    visitors: dict[int, Human] = {}
    for visitor, prisoner, kinship in family.visits:
        visitors[id(visitor)] = visitor
        links.setdefault(id(visitor), []).extend(
            (host, kinship) for host in hosts[id(prisoner)] if host.registration.stays
        )
    for number, visited in links.items():
        if visited:
            visits.write(shop, visitors[number], visited, family.prisoners[0])


def _imprison(
    shop: Shop, uf: str, human: Human, near: Human | None, staff: list[Lawyer], held: bool | None, arrested_today: bool
) -> list[Host]:
    """Live a life and write it; the registrations that visitors and lawyers come to (the last of each state)."""
    if arrested_today:
        registrations = lives.arrest_today(shop.rng, shop.plan, human, uf)
    else:
        registrations = lives.live(shop.rng, shop.plan, human, uf, held)
    last: dict[str, Host] = {}
    for registration in registrations:
        key = prisoners.write(shop, human, registration, near)
        npus = cases.write(shop, human, registration, key)
        work_study.write(shop, registration, key)
        host = last[registration.uf] = Host(human, key, registration)
        lawyers.engage(shop, staff, host, npus)
    return list(last.values())
