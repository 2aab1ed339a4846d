"""An agency at work: what its accounts do week by week, and what the platform would know of each from before."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import prod
from random import Random
from typing import Final

from benchmarks.misuse_habits import Week, ordinary
from benchmarks.misuse_patterns import CURIOUS, FANS, PATTERNS, Scene
from benchmarks.misuse_people import Agent, Country, new_id
from oversight.crowds import PAST_WEEKS
from oversight.facts import AGNOMES
from oversight.signs.acts import Portrait, Usage
from oversight.signs.habit import Past, habit
from oversight.signs.roll import Entry, Roll
from oversight.signs.sign import NIGHT

SAME_UNIT: Final = 0.7  # of colleagues somebody is curious about


@dataclass
class Bait:
    """Whom misuse of one week is about."""

    canary: uuid.UUID
    victim: uuid.UUID
    celebrity: uuid.UUID
    popular: bool  # the celebrity is in the news

    @classmethod
    def of(cls, rng: Random, popular: bool) -> "Bait":
        """New persons."""
        return cls(new_id(rng), new_id(rng), new_id(rng), popular)


@dataclass
class Agency:
    """One agency: its accounts, and what they did in earlier weeks."""

    agents: list[Agent]
    country: Country
    shares: Mapping[str, float]
    past: dict[int, dict[int, Past]] = field(default_factory=lambda: defaultdict(dict))  # account → week
    last: dict[int, int] = field(default_factory=dict)
    opened: dict[int, Counter[uuid.UUID]] = field(default_factory=dict)  # week → accounts that opened each person

    def roll(self) -> Roll:
        """The names of its accounts."""
        entries = (
            Entry(agent.account, agent.words, str(agent.unit) if agent.unit_known else "") for agent in self.agents
        )
        return Roll(entries, self.shares)

    def usual(self, week: int) -> dict[uuid.UUID, float]:
        """How many accounts opened each person in an ordinary week of those before."""
        before = (self.opened.get(week - back, Counter()) for back in range(1, PAST_WEEKS + 1))
        return {person: many / PAST_WEEKS for person, many in sum(before, Counter[uuid.UUID]()).items()}

    def work(
        self, rng: Random, week: int, planned: Mapping[int, str], bait: Bait, events: Iterator[int]
    ) -> list[Usage]:
        """A week of everybody, misuse put in where planned."""
        working = [agent for agent in self.agents if agent.works(week)]
        team = _some(rng, working, (4, 25)) if rng.random() < 0.5 else set()
        crisis = rng.random() < 0.03
        curious = _some(rng, working, CURIOUS) if "hot" in planned.values() else set()
        fans = _some(rng, working, FANS) if bait.popular else set()
        made = []
        for agent in working:
            acts = Week(rng, week, events)
            operation = f"Operação {week}/2025" if agent.account in team else ""
            ordinary(agent, acts, self.country, operation, crisis and agent.trade.name in {"analyst", "guard"})
            scene = Scene(
                agent, acts, self.country, self._portrait(agent, week), self._colleague(rng, agent), bait.canary,
                bait.victim, bait.celebrity,
            )  # fmt: skip
            if pattern := planned.get(agent.account):
                PATTERNS[pattern](scene)
            elif agent.account in curious:
                scene.open(scene.moment(), bait.victim)
            elif agent.account in fans:
                scene.open(scene.moment(), bait.celebrity)
            acts.acts.sort(key=lambda act: (act.at, act.event))
            made.append(Usage(agent.account, str(agent.account), acts.acts, scene.portrait))
        return made

    def remember(self, usages: list[Usage], openers: Mapping[uuid.UUID, int], week: int) -> None:
        """What the week will have been, to those that come after."""
        self.opened[week] = Counter({person: many for person, many in openers.items() if many > 1})
        for usage in usages:
            if usage.requests:
                done = Counter(act.action for act in usage.requests)
                self.past[usage.account][week] = Past(
                    requests=len(usage.requests), nights=sum(act.at.hour in NIGHT for act in usage.requests),
                    searches=done["search"], profiles=done["profile"],
                )  # fmt: skip
                self.last[usage.account] = week

    def _portrait(self, agent: Agent, week: int) -> Portrait:
        done = self.past[agent.account]
        weeks = [done[past] for past in range(week - PAST_WEEKS, week) if past in done]
        family = [word for word in agent.words[1:] if word not in AGNOMES]
        return Portrait(
            name=agent.words,
            surnames={word: self.shares[word] for word in family},
            common=prod(self.shares[word] for word in agent.words),
            short=self.shares[agent.words[0]] * self.shares[agent.words[-1]],
            idle_days=7 * (week - self.last[agent.account] - 1) if agent.account in self.last else None,
            **habit(weeks),
        )

    def _colleague(self, rng: Random, agent: Agent) -> str:
        near = [other for other in self.agents if other.unit == agent.unit and other is not agent]
        others = near if near and rng.random() < SAME_UNIT else [one for one in self.agents if one is not agent]
        return rng.choice(others).name


def _some(rng: Random, working: list[Agent], between: tuple[int, int]) -> set[int]:
    return {agent.account for agent in rng.sample(working, min(len(working), rng.randint(*between)))}
