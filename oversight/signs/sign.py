"""What a sign is, and what it compares an account with."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from statistics import median, quantiles
from typing import Any, Final

from oversight.signs.acts import OWN_UNIT, TEAM, Act, Usage
from oversight.signs.roll import Roll

NIGHT, DAY = range(5), range(8, 18)
NIGHT_REQUESTS: Final = 3
LEAST_PEERS: Final = 5
# Nothing of the person explains these openings, only the account's work.
TALKED_OF: Final = frozenset({"", OWN_UNIT, TEAM})
# Events named as evidence of one sign: enough to judge by; the rest is in the audit.
MOST_EVIDENCE: Final = 200


@dataclass(frozen=True)
class Crowd:
    """What is usual among the accounts of a stretch: the median of an amount, how far they lie from it (median too),
    and the busiest twentieth's least."""

    middle: float
    spread: float
    busiest: float

    @classmethod
    def of(cls, amounts: Collection[int]) -> "Crowd | None":
        """None of so few that nothing is usual."""
        if len(amounts) <= LEAST_PEERS:
            return None
        middle = median(amounts)
        spread = max(median(abs(one - middle) for one in amounts), 0.1 * middle, 1.0)
        return cls(middle, spread, quantiles(amounts, n=20)[-1])


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What everybody did in the same stretch, and what is known beyond one account.

    `requests` and `opened` are the requests and the openings of each account that nothing explains; `openers` how many
    accounts opened each person, `team` how many of them in an operation, `usual` how many opened a person in an
    ordinary week before. `nation` and `usual_nation` are the same of all agencies together, of persons whom accounts of
    several opened. `sleepless` is how
    many accounts were awake between working days. `roll` has the names of the agency's accounts; `canaries` are planted
    persons.
    """

    requests: Mapping[int, int] = field(default_factory=dict)
    opened: Mapping[int, int] = field(default_factory=dict)
    openers: Mapping[uuid.UUID, int] = field(default_factory=dict)
    team: Mapping[uuid.UUID, int] = field(default_factory=dict)
    usual: Mapping[uuid.UUID, float] = field(default_factory=dict)
    nation: Mapping[uuid.UUID, int] = field(default_factory=dict)
    usual_nation: Mapping[uuid.UUID, float] = field(default_factory=dict)
    sleepless: int = 0
    roll: Roll = field(default_factory=Roll)
    canaries: frozenset[uuid.UUID] = frozenset()

    @cached_property
    def asking(self) -> Crowd | None:
        """How much is asked for."""
        return Crowd.of(self.requests.values())

    @cached_property
    def opening(self) -> Crowd | None:
        """How many are opened."""
        return Crowd.of(self.opened.values())


@dataclass(frozen=True)
class Seen:
    """What a sign found: a sentence in pt-BR that names nobody consulted, and the events it speaks of. A `weak` one may
    well be chance, and makes an alert only beside another."""

    words: str
    events: tuple[int, ...] = ()
    weak: bool = False


@dataclass(frozen=True)
class Sign:
    """A sign of misuse; `weight` moves an account up the list, it is not how likely misuse is."""

    name: str
    weight: int
    label: str
    look: Callable[[Usage, Surroundings], Seen | None]


def seen(words: str, acts: Iterable[Act], *, weak: bool = False) -> Seen:
    """A finding with its evidence."""
    return Seen(words, tuple(act.event for act in acts)[:MOST_EVIDENCE], weak)


def times(hits: Sequence[Act]) -> str:
    """`1 vez`, `3 vezes`."""
    return "1 vez" if len(hits) == 1 else f"{len(hits)} vezes"


def unexplained(acts: Iterable[Act]) -> list[Act]:
    """Those that no reason known to the platform makes expected."""
    return [act for act in acts if not act.explained]


def odd_nights(usage: Usage) -> list[list[Act]]:
    """Requests in the small hours that nothing explains, night by night, between days on which the account worked: a
    night shift does not work by day."""
    by_day = {act.at.date() for act in usage.requests if act.at.hour in DAY}
    nights: dict[date, list[Act]] = defaultdict(list)
    for act in unexplained(usage.requests):
        if act.at.hour in NIGHT:
            nights[act.at.date()].append(act)
    # The small hours of a day belong to the working day before as much as to that day.
    return [
        acts for day, acts in nights.items() if len(acts) >= NIGHT_REQUESTS and {day, day - timedelta(days=1)} <= by_day
    ]


@dataclass
class Gathering:
    """What everybody did, added up account by account, so that nobody's acts need be kept."""

    requests: dict[int, int] = field(default_factory=dict)
    opened: dict[int, int] = field(default_factory=dict)
    openers: Counter[uuid.UUID] = field(default_factory=Counter)
    team: Counter[uuid.UUID] = field(default_factory=Counter)
    sleepless: int = 0

    def add(self, usage: Usage) -> None:
        """Count one account in."""
        self.requests[usage.account] = len(unexplained(usage.requests))
        self.opened[usage.account] = len({act.subjects[0] for act in unexplained(usage.opened)})
        self.openers.update({act.subjects[0] for act in usage.opened if act.explained in TALKED_OF})
        self.team.update({act.subjects[0] for act in usage.opened if act.explained == TEAM})
        self.sleepless += bool(odd_nights(usage))

    def around(self, **known: Any) -> Surroundings:
        """What each of these accounts is compared with; `known` is what their acts do not tell."""
        return Surroundings(
            requests=self.requests, opened=self.opened, openers=self.openers, team=self.team, sleepless=self.sleepless,
            **known,
        )  # fmt: skip


def surroundings(usages: Sequence[Usage]) -> Surroundings:
    """What each of these accounts is compared with, where nothing but their acts is known."""
    gathering = Gathering()
    for usage in usages:
        gathering.add(usage)
    return gathering.around()
