"""A year of invented use, misuse put into it: how much of it shows signs, and how many alerts everybody else gives.

The signs are run as they are (`oversight.signs`), on acts in memory: what the platform would find out of each account
(the portrait, what explains an opening) is told by the invention in place of `oversight.facts` and of
`oversight.explaining`, which have tests of their own; nobody justifies a habit, so none is silent. The limits were
chosen on other seeds than the one that measures.
"""

import sys
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import count
from random import Random
from statistics import mean
from typing import Final

from benchmarks.misuse_patterns import PATTERNS, SIGN
from benchmarks.misuse_people import Agent, Country, agents, person_name
from benchmarks.misuse_work import Agency, Bait
from benchmarks.result import Result
from oversight.crowds import PAST_WEEKS
from oversight.signs.acts import Usage
from oversight.signs.ranking import ranked
from oversight.signs.relations import HOT_AGENCIES
from oversight.signs.sign import Gathering
from registry.values.names import tokens

NAME = "misuse"
CLAIM = "Misuse of 19 kinds shows signs in 95 weeks of 100; proper use, in at most 20 of 1,000 users a week."

WEEKS: Final = 52
WARM_UP: Final = 9  # weeks before, which make the habit
EACH: Final = 100  # injections of each pattern
ABSENCE: Final = (7, 40)  # weeks for which an account was away that is used again
SIZES: Final = (0.45, 0.25, 0.15, 0.1, 0.05)  # of the agencies
PEOPLE_TO_USERS: Final = 20
SAMPLE: Final = 40_000  # people whose names tell how common a word is
SEED: Final = 20_261_128

Plan = Mapping[tuple[int, int], Mapping[int, str]]  # agency and week → account → pattern


class Count:
    """What the signs said."""

    def __init__(self) -> None:
        self.found = Counter[str]()  # pattern → weeks with an alert; with `!`, with an alert by its own sign
        self.alerts = Counter[str]()  # sign → alerts of accounts that misused nothing; `*`: all
        self.accounts = 0  # used in a week

    def take(self, said: Mapping[int, set[str]], planned: Mapping[int, str], accomplices: set[int]) -> None:
        """Count one week of one agency: what each alert has as its signs."""
        for account, names in said.items():
            if pattern := planned.get(account):
                self.found[pattern] += bool(names)
                self.found[f"{pattern}!"] += SIGN.get(pattern, pattern) in names
            elif names and account not in accomplices:
                self.alerts.update([*names, "*"])


def run(people: int) -> Iterator[Result]:
    """Measure a year of `people / 20` accounts in five agencies."""
    users = max(200, people // PEOPLE_TO_USERS)
    counted = measure(Random(SEED), users)
    recalls = []
    for pattern in PATTERNS:
        recalls.append(recall := counted.found[f"{pattern}!"] / EACH)
        yield Result(
            name=f"misuse.recall.{pattern}", value=100 * recall, unit="%", baseline=95.0, ratio=recall / 0.95,
            conditions=f"{EACH} in a year of {users} accounts; by any sign: {counted.found[pattern]}", target=">= 1",
        )  # fmt: skip
    yield Result(
        name="misuse.recall", value=100 * mean(recalls), unit="%", baseline=95.0, ratio=mean(recalls) / 0.95,
        conditions=f"mean of {len(PATTERNS)} patterns; the least {100 * min(recalls):.0f}", target=">= 1",
    )  # fmt: skip
    rate = counted.alerts["*"] * 1000 / counted.accounts
    told = ", ".join(f"{name} {1000 * n / counted.accounts:.2f}" for name, n in counted.alerts.most_common()[1:])
    yield Result(
        name="misuse.alerts", value=rate, unit="/1000·w", baseline=20.0, ratio=rate / 20,
        conditions=f"of accounts that misused nothing, among those used; by sign: {told}", target="<= 1",
    )  # fmt: skip


def measure(rng: Random, users: int) -> Count:
    """A year, week by week."""
    agencies = _agencies(rng, users)
    plan, counted, events = _plan(rng, agencies), Count(), count(1)
    usual: list[Counter[uuid.UUID]] = []
    for week in range(WARM_UP + WEEKS):
        print(f"week {week + 1} of {WARM_UP + WEEKS}", file=sys.stderr)
        bait = Bait.of(rng, any("celebrity" in plan.get((n, week), {}).values() for n in range(len(agencies))))
        worked = [
            agency.work(rng, week, plan.get((number, week), {}), bait, events) for number, agency in enumerate(agencies)
        ]
        gathered = [_gathered(usages) for usages in worked]
        nation = _nation(gathered)
        before = {person: many / PAST_WEEKS for person, many in sum(usual[-PAST_WEEKS:], Counter[uuid.UUID]()).items()}
        usual.append(nation)
        for number, agency in enumerate(agencies):
            around = gathered[number].around(
                usual=agency.usual(week), nation=nation, usual_nation=before, canaries=frozenset({bait.canary}),
                roll=agency.roll(),
            )  # fmt: skip
            said = {one.usage.account: {sign.name for sign, _ in one.reasons} for one in ranked(worked[number], around)}
            agency.remember(worked[number], around.openers, week)
            if week >= WARM_UP:
                counted.accounts += len(worked[number])
                counted.take(said, plan.get((number, week), {}), _accomplices(worked[number], bait))
    return counted


def _agencies(rng: Random, users: int) -> list[Agency]:
    words = Counter(word for _ in range(SAMPLE) for word in set(tokens(person_name(rng))))
    shares = defaultdict(lambda: 1 / SAMPLE, {word: many / SAMPLE for word, many in words.items()})
    made, first = [], 1
    for share in SIZES:
        many = round(share * users)
        units = max(1, many // 40)
        made.append(Agency(agents(rng, many, WARM_UP + WEEKS, first, units), Country(rng, units), shares))
        first += many
    return made


def _plan(rng: Random, agencies: list[Agency]) -> Plan:
    """An account has at most one a week; who comes back was away, everybody else is not on leave."""
    planned: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    weights = [len(agency.agents) for agency in agencies]
    # Absences first: they say who may be planned for anything else.
    for pattern in sorted(PATTERNS, key=lambda name: name != "idle"):
        left = EACH
        while left:
            number = rng.choices(range(len(agencies)), weights)[0]
            week = WARM_UP + rng.randrange(WEEKS)
            agent = rng.choice(agencies[number].agents)
            if not agent.works(week) or agent.account in planned[number, week] or not _fits(pattern, agent):
                continue
            if pattern == "idle":
                if any(agent.account in planned[number, other] for other in range(WARM_UP + WEEKS)):
                    continue
                agent.away.append(range(max(1, week - rng.randint(*ABSENCE)), week))
            planned[number, week][agent.account] = pattern
            left -= 1
    return planned


def _fits(pattern: str, agent: Agent) -> bool:
    """True if it would be misuse of that account: a night shift is awake at night, a gate opens nobody, and only who
    hardly uses it can do so much more."""
    match pattern:
        case "surge":
            return agent.trade.name == "occasional" and agent.pace < 1.2
        case "night":
            return agent.trade.name in {"analyst", "investigator"}
        case "without_opening":
            return agent.trade.name != "gate"
        case _:
            return True


def _gathered(usages: list[Usage]) -> Gathering:
    gathering = Gathering()
    for usage in usages:
        gathering.add(usage)
    return gathering


def _nation(gathered: list[Gathering]) -> Counter[uuid.UUID]:
    """Persons whom accounts of several agencies opened: how many accounts."""
    agencies = Counter(person for one in gathered for person in one.openers)
    several = {person for person, many in agencies.items() if many >= HOT_AGENCIES}
    return Counter({person: sum(one.openers[person] for one in gathered) for person in several})


def _accomplices(usages: list[Usage], bait: Bait) -> set[int]:
    """Who took part in the curiosity of a week: neither planned nor innocent."""
    sought = {bait.victim, bait.celebrity}
    return {usage.account for usage in usages for act in usage.opened if act.subjects[0] in sought}
