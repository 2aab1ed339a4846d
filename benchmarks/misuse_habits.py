"""People who use the platform properly, each in their own way: a week of each, as the audit would tell it.

Made from what the work is like, not from what signs look for: guards on night and 24-hour shifts, gates that search and
never open, escorts whose words are always the same, analysts with rushes and sleepless nights of crisis, operations,
holidays and long leaves, newcomers, telephones that change address, sloppy purposes, popular prisoners, common
surnames, targets looked for again and again, and their kin.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from audit.events import Kind
from benchmarks.misuse_people import Agent, Country, new_id
from oversight.signs.acts import OWN_UNIT, TEAM, Act

ZONE: Final = ZoneInfo("America/Sao_Paulo")
FIRST: Final = datetime(2025, 1, 6, tzinfo=ZONE)  # a Monday
MOVED, CASE = "moved", "case"  # why an act was to be expected

Declared = tuple[uuid.UUID, str]  # a purpose: its id, and its words as the audit keeps them


class Week:
    """Acts of one account in one week, in the making."""

    def __init__(self, rng: Random, number: int, events: Iterator[int]) -> None:
        self.rng, self.monday, self._events = rng, FIRST + timedelta(weeks=number), events
        self.acts: list[Act] = []
        self.names: dict[str, str] = {}  # case → name last looked for

    def ask(
        self,
        at: datetime,
        action: str,
        purpose: Declared,
        asked: dict[str, str],
        where: str = "",
        explained: str = "",
    ) -> int:
        """A request; the id of its event. It is explained as the answer it leads to."""
        event = next(self._events)
        session, _, address = (where or "s|10.0.0.1").partition("|")
        self.acts.append(
            Act(
                at=at, kind=Kind.INTENT, action=action, event=event, purpose=purpose[0], purpose_text=purpose[1],
                asked=asked, channel="page", session=session, address=address, explained=explained,
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
        purpose = purposes.setdefault((at.toordinal() * 6 + at.hour // 4, case), (new_id(rng), case))
        _consult(agent, week, country, at, purpose, in_operation, negative)
    _files(agent, week, sorted(moments), purposes, bool(operation))


def _consult(
    agent: Agent, week: Week, country: Country, at: datetime, purpose: Declared, team: bool, negative: bool
) -> None:
    rng, trade = week.rng, agent.trade
    place, why = _place(agent, rng, at), TEAM if team else ""
    week.ask(at, "search", purpose, _asked(week, country, purpose[1]), place, why)
    if negative or rng.random() >= trade.opens:
        return
    (person, own), later = country.person(agent), at + timedelta(seconds=rng.randint(4, 90))
    draw = rng.random()
    why = why or (MOVED if draw < trade.moved else CASE if draw < trade.moved + trade.cited else "")
    why = why or (OWN_UNIT if own and agent.unit_known else "")
    intent = week.ask(later, "profile", purpose, {}, place, why)
    if rng.random() > 0.01:  # a merged or withdrawn one answers that there is nobody
        week.show(later, "profile", intent, purpose[0], person, why)


def _asked(week: Week, country: Country, case: str) -> dict[str, str]:
    """A document; a stranger's name; the same name as before in this case; or one of that family."""
    rng, before = week.rng, week.names.get(case)
    draw = rng.random()
    if draw < 0.3:
        return {"document": str(rng.randint(10**8, 10**11))}
    if before and draw < 0.45:
        return {"name": before}
    if before and draw < 0.5:
        return {"name": country.relative(before)}
    week.names[case] = country.name()
    return {"name": week.names[case]}


def _files(
    agent: Agent,
    week: Week,
    moments: list[datetime],
    purposes: dict[tuple[int, str], Declared],
    team: bool,
) -> None:
    if not moments or not purposes:
        return
    rng, some = week.rng, next(iter(purposes.values()))
    for day in {at.date(): at for at in moments}.values():
        many = _poisson(rng, agent.trade.exports * (3 if team else 1))
        for _ in range(many):
            at = day + timedelta(minutes=rng.randint(0, 180))
            why = TEAM if team and rng.random() < 0.7 else ""
            intent = week.ask(at, "dossier", some, {}, explained=why)
            week.show(at, "dossier", intent, some[0], new_id(rng), why)


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
