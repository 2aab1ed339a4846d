"""Who uses the platform, and whom they may look for: trades, accounts, popular prisoners, names as in the country."""

import uuid
from dataclasses import dataclass, field
from random import Random
from typing import Final

from fictitious import names as fictitious_names
from registry.values.names import tokens

UFS: Final = ("AL", "PE", "SP", "SE", "PB")


@dataclass(frozen=True)
class Trade:
    """A kind of work. `weekly`: searches in an ordinary week; `opens`: of searches, how many lead to a profile;
    `cases`: procedures a week; `moved`, `cited`: openings of somebody lately moved, or whose case the purpose names."""

    name: str
    share: float
    weekly: float
    opens: float
    cases: float
    moved: float
    cited: float
    night: float  # share of weeks on a night or 24-hour shift
    exports: float  # files in a working day


TRADES: Final = (
    Trade("guard", 0.38, 16, 0.85, 1.3, 0.25, 0.02, 0.5, 0.02),
    Trade("gate", 0.10, 80, 0.015, 1.0, 0.0, 0.0, 0.3, 0.0),
    Trade("escort", 0.12, 12, 0.95, 5.0, 0.8, 0.1, 0.15, 0.1),
    Trade("analyst", 0.15, 60, 0.6, 3.0, 0.1, 0.15, 0.03, 1.2),
    Trade("investigator", 0.17, 35, 0.6, 2.5, 0.1, 0.35, 0.03, 0.4),
    Trade("occasional", 0.08, 3, 0.7, 1.0, 0.1, 0.1, 0.0, 0.02),
)


@dataclass
class Agent:
    """One account: who it is and how it works."""

    account: int
    trade: Trade
    name: str
    pace: float  # its own multiple of the trade's ordinary week
    sloppy: float  # purposes declared without a number
    boiler: bool  # always the same justification
    mobile: bool
    away: list[range]  # weeks in which it is not used
    unit: int
    unit_known: bool  # to the platform
    words: tuple[str, ...] = field(default_factory=tuple)

    def works(self, week: int) -> bool:
        """True if it is used in that week."""
        return not any(week in weeks for weeks in self.away)


class Country:
    """Whoever may be looked for: popular persons of each unit, and strangers by names as common as in the country."""

    def __init__(self, rng: Random, units: int) -> None:
        self._rng = rng
        self._names = [person_name(rng) for _ in range(40_000)]
        self._residents = [[new_id(rng) for _ in range(250)] for _ in range(units)]

    def name(self) -> str:
        return self._rng.choice(self._names)

    def person(self, agent: Agent) -> tuple[uuid.UUID, bool]:
        """Mostly of the own unit for whoever works in one, where few are opened often (Zipf); whether it was."""
        if agent.trade.name in {"guard", "gate"} and self._rng.random() < 0.8:
            residents = self._residents[agent.unit]
            return residents[min(int(self._rng.paretovariate(0.35)) - 1, len(residents) - 1)], True
        return new_id(self._rng), False

    def relative(self, name: str) -> str:
        """Somebody of the family of whoever has this name."""
        words = name.split()
        family = words[-2:] if len(words) > 2 and self._rng.random() < 0.6 else words[-1:]
        return " ".join((self.name().split()[0], *family))


def person_name(rng: Random) -> str:
    """A full name."""
    uf = rng.choice(UFS)
    given = fictitious_names.given(rng, rng.choice("FM"), rng.randint(1950, 2004))
    return " ".join((given, *fictitious_names.surnames(rng, uf)))


def agents(rng: Random, many: int, weeks: int, first: int, units: int) -> list[Agent]:
    """The accounts of one agency."""
    made = []
    for account in range(first, first + many):
        trade = rng.choices(TRADES, [trade.share for trade in TRADES])[0]
        away = rng.randrange(weeks)
        length = rng.randint(9, 26) if rng.random() < 0.03 else rng.choice((2, 3, 4))
        leaves = [range(away, away + length)]
        if rng.random() < 0.08:
            leaves.append(range(rng.randrange(weeks)))  # a newcomer
        agent = Agent(
            account=account,
            trade=trade,
            name=person_name(rng),
            pace=rng.lognormvariate(0, 0.45),
            sloppy=0.25 if rng.random() < 0.05 else 0.01,
            boiler=rng.random() < 0.3 or trade.name == "escort",
            mobile=rng.random() < 0.25,
            away=leaves,
            unit=rng.randrange(units),
            unit_known=rng.random() < 0.6,
        )
        agent.words = tokens(agent.name)
        made.append(agent)
    return made


def new_id(rng: Random) -> uuid.UUID:
    """A public id."""
    return uuid.UUID(int=rng.getrandbits(128))
