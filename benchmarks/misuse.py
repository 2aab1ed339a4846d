"""A year of invented use, misuse put into it: how much of it shows signs, and how many alerts everybody else gives.

The signs are run as they are (`oversight.signs`), on acts in memory: what the platform would find out of each account
(the portrait, what explains an opening) is told by the invention in place of `oversight.facts` and of
`oversight.explaining`, which have tests of their own.
"""

import sys
import uuid
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random
from statistics import mean
from typing import Final

from benchmarks.misuse_habits import Agent, Country, Week, agents, ordinary, person_name
from benchmarks.misuse_patterns import CURIOUS, PATTERNS, Scene
from benchmarks.result import Result
from oversight.facts import AGNOMES
from oversight.signs.acts import Portrait, Usage
from oversight.signs.ranking import NEWS_WEEKS, Ranked, news, ranked
from oversight.signs.relations import is_rare
from oversight.signs.sign import Surroundings, surroundings
from registry.values.names import tokens

NAME = "misuse"
CLAIM = "Misuse of 17 kinds shows signs in 95 weeks of 100; proper use, in at most 20 of 1,000 users a week."

WEEKS: Final = 52
WARM_UP: Final = 8  # weeks before, which make the habit
EACH: Final = 100  # injections of each pattern
PAST: Final = 8
SIZES: Final = (0.45, 0.25, 0.15, 0.1, 0.05)  # of the agencies
PEOPLE_TO_USERS: Final = 20
SEED: Final = 20_261_128


@dataclass
class Agency:
    """One agency: its accounts, and what they did in earlier weeks."""

    agents: list[Agent]
    country: Country
    past: dict[int, deque[Counter[str]]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=PAST)))
    last: dict[int, int] = field(default_factory=dict)
    told: dict[tuple[int, str], int] = field(default_factory=dict)  # account and sign → week of the last alert
    opened: deque[Counter[uuid.UUID]] = field(default_factory=lambda: deque(maxlen=PAST))

    def colleagues(self, shares: Mapping[str, float]) -> dict[tuple[str, ...], int]:
        return {agent.words: agent.account for agent in self.agents if is_rare(agent.words, shares)}

    def usual(self) -> dict[uuid.UUID, float]:
        return {person: many / PAST for person, many in sum(self.opened, Counter[uuid.UUID]()).items()}


def run(people: int) -> Iterator[Result]:
    """Measure a year of `people / 20` accounts in five agencies."""
    rng, users = Random(SEED), max(200, people // PEOPLE_TO_USERS)
    agencies, shares = _agencies(rng, users), _shares(rng)
    planned, found, alerts = _plan(rng, agencies), Counter[str](), Counter[str]()
    accounts = clean = 0
    for week in range(WARM_UP + WEEKS):
        print(f"week {week + 1} of {WARM_UP + WEEKS}", file=sys.stderr)
        for number, agency in enumerate(agencies):
            hit, others = _look(rng, agency, shares, week, planned.get((number, week), {}))
            found.update(hit)
            alerts.update(others)
            if week >= WARM_UP:
                clean += others["*"]
                accounts += len(agency.agents)
    for pattern in PATTERNS:
        recall = found[f"{pattern}!"] / EACH
        yield Result(
            name=f"misuse.recall.{pattern}", value=100 * recall, unit="%", baseline=95.0, ratio=recall / 0.95,
            conditions=f"{EACH} injected into a year of {users} accounts; by any sign: {found[pattern]}", target=">= 1",
        )  # fmt: skip
    every = mean(found[f"{pattern}!"] / EACH for pattern in PATTERNS)
    yield Result(
        name="misuse.recall", value=100 * every, unit="%", baseline=95.0, ratio=every / 0.95,
        conditions=f"mean of {len(PATTERNS)} patterns", target=">= 1",
    )  # fmt: skip
    rate = clean * 1000 / accounts
    yield Result(
        name="misuse.alerts", value=rate, unit="/1000·w", baseline=20.0, ratio=rate / 20,
        conditions=f"accounts without misuse; by sign: {_told(alerts, accounts)}", target="<= 1",
    )  # fmt: skip


def _agencies(rng: Random, users: int) -> list[Agency]:
    made, first = [], 1
    for share in SIZES:
        many = round(share * users)
        units = max(1, many // 40)
        people = agents(rng, many, WARM_UP + WEEKS, first, units)
        made.append(Agency(people, Country(rng, units)))
        first += many
    return made


def _shares(rng: Random) -> Counter[str]:
    """How many of 40,000 people carry each word."""
    return Counter(word for _ in range(40_000) for word in set(tokens(person_name(rng))))


def _plan(rng: Random, agencies: list[Agency]) -> dict[tuple[int, int], dict[int, str]]:
    """Agency and week → account → pattern; an account has at most one a week, and is not on leave."""
    planned: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    weights = [len(agency.agents) for agency in agencies]
    for pattern in PATTERNS:
        left = EACH
        while left:
            number = rng.choices(range(len(agencies)), weights)[0]
            week = WARM_UP + rng.randrange(WEEKS)
            agent = rng.choice(agencies[number].agents)
            if week not in agent.leave and agent.account not in planned[number, week]:
                planned[number, week][agent.account] = pattern
                left -= 1
    return planned


def _look(
    rng: Random, agency: Agency, shares: Counter[str], week: int, planned: dict[int, str]
) -> tuple[Counter[str], Counter[str]]:
    """What the signs say of one week: patterns found (with `!`, by the sign of that name); alerts of everybody else."""
    canary, victim = (uuid.UUID(int=rng.getrandbits(128)) for _ in range(2))
    usages = _usages(rng, agency, shares, week, planned, canary, victim)
    around = surroundings(usages)
    around = Surroundings(
        requests=around.requests, openers=around.openers, usual=agency.usual(), canaries=frozenset({canary}),
        colleagues=agency.colleagues({word: max(1, many) / 40_000 for word, many in shares.items()}),
    )  # fmt: skip
    said = {one.usage.account: _news(agency, one, week) for one in ranked(usages, around)}
    agency.opened.append(Counter({person: many for person, many in around.openers.items() if many > 2}))
    for usage in usages:
        _remember(agency, usage, week)
    hit, others = Counter[str](), Counter[str]()
    if week < WARM_UP:
        return hit, others
    accomplices = _accomplices(usages, victim)
    for account, names in said.items():
        if not names:
            continue
        pattern = planned.get(account)
        if pattern:
            hit[pattern] += 1
            hit[f"{pattern}!"] += pattern in names
        elif account not in accomplices:
            others.update([*names, "*"])
    return hit, others


def _news(agency: Agency, one: Ranked, week: int) -> set[str]:
    """The signs an alert would have, as `oversight.services.watching` raises it."""
    account = one.usage.account
    told = {name for (who, name), last in agency.told.items() if who == account and week - last <= NEWS_WEEKS}
    left = news(one, told)
    names = {sign.name for sign, _ in left.reasons} if left else set()
    agency.told.update({(account, name): week for name in names})
    return names


def _usages(
    rng: Random, agency: Agency, shares: Counter[str], week: int, planned: dict[int, str], canary: uuid.UUID,
    victim: uuid.UUID,
) -> list[Usage]:  # fmt: skip
    events, made = count(1), []
    working = [agent for agent in agency.agents if week not in agent.leave]
    team = set[int]()
    if rng.random() < 0.5:
        team = {agent.account for agent in rng.sample(working, min(len(working), rng.randint(4, 25)))}
    crisis = rng.random() < 0.03
    curious = set[int]()
    if "hot" in planned.values():
        curious = {agent.account for agent in rng.sample(working, min(len(working), rng.randint(*CURIOUS)))}
    for agent in working:
        acts = Week(rng, week, events)
        operation = f"Operação {week}/2025" if agent.account in team else ""
        ordinary(agent, acts, agency.country, operation, crisis and agent.trade.name in {"analyst", "guard"})
        portrait = _portrait(agency, agent, shares, week)
        scene = Scene(agent, acts, agency.country, portrait, rng.choice(working).name, canary, victim)
        while scene.colleague == agent.name and len(working) > 1:
            scene.colleague = rng.choice(working).name
        if pattern := planned.get(agent.account):
            PATTERNS[pattern](scene)
        elif agent.account in curious:
            scene.open(scene.moment(), victim)
        acts.acts.sort(key=lambda act: (act.at, act.event))
        made.append(Usage(agent.account, str(agent.account), acts.acts, scene.portrait))
    return made


def _portrait(agency: Agency, agent: Agent, shares: Counter[str], week: int) -> Portrait:
    weeks = agency.past[agent.account]
    total = sum(weeks, Counter[str]())
    family = [word for word in agent.words[1:] if word not in AGNOMES]
    return Portrait(
        name=agent.words,
        surnames={word: max(1, shares[word]) / 40_000 for word in family},
        weeks=tuple(one["requests"] for one in weeks),
        nights=total["nights"] / total["requests"] if total["requests"] else 0.0,
        opening=total["profile"] / total["search"] if total["search"] else None,
        idle_days=7 * (week - agency.last[agent.account] - 1) if agent.account in agency.last else None,
    )


def _remember(agency: Agency, usage: Usage, week: int) -> None:
    if usage.requests:
        told = Counter(act.action for act in usage.requests)
        told["requests"] = len(usage.requests)
        told["nights"] = sum(act.at.hour < 5 for act in usage.requests)
        agency.past[usage.account].append(told)
        agency.last[usage.account] = week


def _accomplices(usages: list[Usage], victim: uuid.UUID) -> set[int]:
    """Who took part in the curiosity of a week: neither planned nor innocent."""
    return {usage.account for usage in usages for act in usage.opened if act.subjects[0] == victim}


def _told(alerts: Counter[str], accounts: int) -> str:
    return ", ".join(f"{name} {1000 * many / accounts:.2f}" for name, many in alerts.most_common() if name != "*")
