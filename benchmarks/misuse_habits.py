"""People who use the platform properly, each in their own way: a week of each, as the audit would tell it.

Made from what the work is like, not from what signs look for: guards on night and 24-hour shifts, gates that search and
never open, escorts whose words are always the same, analysts with rushes and sleepless nights of crisis, operations,
holidays and long leaves, telephones that change address, sloppy purposes, popular prisoners, common surnames.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from audit.events import Kind
from fictitious import names as fictitious_names
from oversight.signs.acts import Act
from registry.values.names import tokens

ZONE: Final = ZoneInfo("America/Sao_Paulo")
FIRST: Final = datetime(2025, 1, 6, tzinfo=ZONE)  # a Monday
UFS: Final = ("AL", "PE", "SP", "SE", "PB")

Declared = tuple[uuid.UUID, str]  # a purpose: its id, and its words as the audit keeps them


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
    leave: range  # weeks away
    unit: int
    words: tuple[str, ...] = field(default_factory=tuple)


class Country:
    """Whoever may be looked for: popular persons of each unit, and strangers by names as common as in the country."""

    def __init__(self, rng: Random, units: int) -> None:
        self._rng = rng
        self._names = [person_name(rng) for _ in range(40_000)]
        self._residents = [[_uuid(rng) for _ in range(250)] for _ in range(units)]

    def name(self) -> str:
        return self._rng.choice(self._names)

    def person(self, agent: Agent) -> uuid.UUID:
        """Mostly of the own unit for whoever works in one, where few are opened often (Zipf)."""
        if agent.trade.name in {"guard", "gate"} and self._rng.random() < 0.8:
            residents = self._residents[agent.unit]
            return residents[min(int(self._rng.paretovariate(0.35)) - 1, len(residents) - 1)]
        return _uuid(self._rng)


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
        agent = Agent(
            account=account,
            trade=trade,
            name=person_name(rng),
            pace=rng.lognormvariate(0, 0.45),
            sloppy=0.25 if rng.random() < 0.05 else 0.01,
            boiler=rng.random() < 0.3 or trade.name == "escort",
            mobile=rng.random() < 0.25,
            leave=range(away, away + length),
            unit=rng.randrange(units),
        )
        agent.words = tokens(agent.name)
        made.append(agent)
    return made


class Week:
    """Acts of one account in one week, in the making."""

    def __init__(self, rng: Random, number: int, events: Iterator[int]) -> None:
        self.rng, self.monday, self._events = rng, FIRST + timedelta(weeks=number), events
        self.acts: list[Act] = []

    def ask(
        self, at: datetime, action: str, purpose: tuple[uuid.UUID, str], asked: dict[str, str], where: str = ""
    ) -> int:
        """A request; the id of its event."""
        event = next(self._events)
        session, _, address = (where or "s|10.0.0.1").partition("|")
        self.acts.append(
            Act(
                at=at, kind=Kind.INTENT, action=action, event=event, purpose=purpose[0], purpose_text=purpose[1],
                asked=asked, channel="page", session=session, address=address,
            )
        )  # fmt: skip
        return event

    def show(
        self, at: datetime, action: str, intent: int, purpose: uuid.UUID, person: uuid.UUID, explained: str = ""
    ) -> None:
        """An answer that shows one person."""
        self.acts.append(
            Act(
                at=at, kind=Kind.DISCLOSURE, action=action, event=next(self._events), intent=intent, purpose=purpose,
                subjects=(person,), explained=explained,
            )
        )  # fmt: skip


def ordinary(agent: Agent, week: Week, country: Country, operation: str, crisis: bool) -> None:
    """What the account does in a week of its own; `operation` is the case its team works on, if any."""
    rng, trade = week.rng, agent.trade
    many = _poisson(rng, trade.weekly * agent.pace * rng.lognormvariate(0, 0.35))
    if trade.name == "analyst" and rng.random() < 0.04:
        many *= 3  # a rush of one's own
    cases = [_case(rng, agent) for _ in range(max(1, _poisson(rng, trade.cases)))]
    moments = _moments(week, agent, many, crisis)
    if operation:
        moments += _moments(week, agent, _poisson(rng, 2.5 * trade.weekly), crisis)
    purposes: dict[tuple[int, str], Declared] = {}
    negative = trade.name == "analyst" and rng.random() < 0.004  # a week of mere negative checks
    for number, at in enumerate(sorted(moments)):
        in_operation = bool(operation) and number * 3 > len(moments)
        case = f"Operação · {operation} · Cumprir mandados" if in_operation else rng.choice(cases)
        purpose = purposes.setdefault((at.toordinal() * 6 + at.hour // 4, case), (_uuid(rng), case))
        _consult(agent, week, country, at, purpose, in_operation, negative)
    _files(agent, week, sorted(moments), purposes, bool(operation))


def _consult(
    agent: Agent, week: Week, country: Country, at: datetime, purpose: Declared, team: bool, negative: bool
) -> None:
    rng, trade = week.rng, agent.trade
    asked = {"document": str(rng.randint(10**8, 10**11))} if rng.random() < 0.3 else {"name": country.name()}
    place = _place(agent, rng, at)
    week.ask(at, "search", purpose, asked, place)
    if negative or rng.random() >= trade.opens:
        return
    person, later = country.person(agent), at + timedelta(seconds=rng.randint(4, 90))
    draw = rng.random()
    why = "moved" if draw < trade.moved else "case" if draw < trade.moved + trade.cited else ""
    why = "team" if team else why
    intent = week.ask(later, "profile", purpose, {}, place)
    if rng.random() > 0.01:  # a merged or withdrawn one answers that there is nobody
        week.show(later, "profile", intent, purpose[0], person, why)


def _files(
    agent: Agent,
    week: Week,
    moments: list[datetime],
    purposes: dict[tuple[int, str], tuple[uuid.UUID, str]],
    team: bool,
) -> None:
    if not moments or not purposes:
        return
    rng, some = week.rng, next(iter(purposes.values()))
    for day in {at.date(): at for at in moments}.values():
        many = _poisson(rng, agent.trade.exports * (3 if team else 1))
        for _ in range(many):
            at = day + timedelta(minutes=rng.randint(0, 180))
            intent = week.ask(at, "dossier", some, {})
            week.show(at, "dossier", intent, some[0], _uuid(rng), "team" if team and rng.random() < 0.7 else "")


def _moments(week: Week, agent: Agent, many: int, crisis: bool) -> list[datetime]:
    """When: by day; on some weeks by night or around the clock; in a crisis, whenever."""
    rng = week.rng
    on_shift = rng.random() < agent.trade.night
    first = rng.randrange(3)
    days = [first, first + 4] if on_shift else [0, 1, 2, 3, 4]  # 24 hours on, 72 off
    found = []
    for _ in range(many):
        day = rng.choice(days)
        if crisis and rng.random() < 0.35:
            hour, day = rng.uniform(0, 24), rng.randrange(7)
        elif on_shift:
            hour = rng.choice((rng.uniform(7, 24), rng.uniform(24, 31)))  # 24 hours from seven
        else:
            hour = min(max(rng.gauss(13, 3), 7), 19.5)
        found.append(week.monday + timedelta(days=day, hours=hour))
    return found


def _case(rng: Random, agent: Agent) -> str:
    if rng.random() < agent.sloppy:
        return "Segurança de estabelecimento · rotina da unidade · Conferência de rotina"
    number = f"{rng.choice(('IP', 'PAD', 'OS', 'Mandado'))} {rng.randint(1, 9999)}/2025"
    why = "Escolta judicial" if agent.boiler else f"Localizar o alvo {rng.randint(1, 99999)} do procedimento"
    return f"Investigação criminal · {number} · {why}"


def _place(agent: Agent, rng: Random, at: datetime) -> str:
    # A desk by day; in some hours a telephone, whose address changes as it moves.
    if agent.mobile and (agent.account * 7 + at.toordinal() * 3 + at.hour) % 11 == 0:
        return f"m{at:%j%H}|172.16.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
    return f"d{at:%j}{at.hour // 8}|10.0.{agent.unit}.{agent.account % 250}"


def _poisson(rng: Random, mean: float) -> int:
    return max(0, round(rng.gauss(mean, mean**0.5))) if mean > 30 else _small(rng, mean)


def _small(rng: Random, mean: float) -> int:
    total, count = rng.expovariate(1), 0
    while total < mean:
        total, count = total + rng.expovariate(1), count + 1
    return count


def _uuid(rng: Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128))
