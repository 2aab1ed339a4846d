"""How often and where somebody is arrested: the plan of a life, which `walk` then lives through."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from fictitious import incidents, tables
from fictitious.custody import Registration
from fictitious.facilities import Estate
from fictitious.people import Human, years_before
from fictitious.tables import Weighted
from fictitious.walk import Walk

IN_CUSTODY = 0.60  # of the prisoners of the base, held today
DRAWN_HELD = 0.64  # of those whose life is free: visitors who were in prison are all out today
STINTS = Weighted(((1, 0.74), (2, 0.21), (3, 0.05)))
DIES = 0.03  # of those who left
MENTAL = 0.012  # medida de segurança
# Why one human has two registrations, of all prisoners.
DUPLICATE = 0.036  # a new arrest registered again in the same state; short lives make the 3 % of the base
MOVED = 0.024  # removed to another state
ELSEWHERE = 0.028  # arrested later in another state
ACTIVE_TWICE = 0.003  # arrested in another state while the first still counts the human as held


@dataclass(frozen=True)
class Plan:
    """Where lives are lived."""

    today: date
    states: tuple[str, ...]
    estates: Callable[[str], Estate]

    def other_state(self, rng: Random, uf: str) -> str | None:
        """A state that people of `uf` move to, among those of the country; None if it has one state."""
        near = [other for other in tables.states()[uf]["partners"].split() if other in self.states]
        others = near or [other for other in self.states if other != uf]
        return rng.choice(others) if others else None


def _second(rng: Random, other: str | None) -> str:
    """What happens to this human's registrations: single, duplicate, moved, elsewhere or twice."""
    draw = rng.random()
    for chance, what in ((DUPLICATE, "duplicate"), (MOVED, "moved"), (ELSEWHERE, "elsewhere"), (ACTIVE_TWICE, "twice")):
        if draw < chance:
            return what if other or what == "duplicate" else "single"
        draw -= chance
    return "single"


def live(rng: Random, plan: Plan, human: Human, uf: str, held: bool | None = None) -> list[Registration]:
    """The registrations of one prisoner, in order of time; `held` fixes whether they are in custody today."""
    if held is None:
        held = rng.random() < DRAWN_HELD
    other = plan.other_state(rng, uf)
    second = _second(rng, other)
    if second == "twice":
        held = True
    count = STINTS.draw(rng)
    if second in ("duplicate", "elsewhere", "twice"):
        count = max(count, 2)
    windows = _windows(rng, plan.today, human, count, held)
    if len(windows) < 2 and second in ("duplicate", "elsewhere", "twice"):
        second = "single"
    walk = Walk(rng, human.sex, plan.today, plan.estates, incidents.happen)
    _walk(walk, windows, uf, second, other, held)
    if second == "twice":
        _forget_exit(walk.registrations[-2])
    return walk.registrations


def _walk(
    walk: Walk, windows: list[tuple[date, datetime]], uf: str, second: str, other: str | None, held: bool
) -> None:
    walk.register(uf)
    mental = walk.rng.random() < MENTAL
    for number, (arrested, end) in enumerate(windows):
        last = number == len(windows) - 1
        if last and number and second == "duplicate":
            walk.register(uf)
        elif last and number and other and second in ("elsewhere", "twice"):
            walk.register(other)
        walk.stint(
            arrested,
            end,
            leave=not (last and held),
            transfer_to=other if last and second == "moved" else None,
            mental=mental,
        )
    if not held and walk.rng.random() < DIES:
        walk.die()


def arrest_today(rng: Random, plan: Plan, human: Human, uf: str) -> list[Registration]:
    """A life that enters prison on the last day: what a next day brings."""
    walk = Walk(rng, human.sex, plan.today, plan.estates, incidents.happen)
    walk.register(uf)
    walk.stint(plan.today - timedelta(days=2), walk.limit, leave=False)
    return walk.registrations


def _windows(rng: Random, today: date, human: Human, count: int, held: bool) -> list[tuple[date, datetime]]:
    """(arrest, end) of each stint, in order, none before the eighteenth birthday."""
    adult = years_before(human.born, -18.02)
    limit = datetime.combine(today, time(6)) - timedelta(days=1)
    if held:
        end, length = limit, 2 + rng.expovariate(1 / 620)
    else:
        end, length = limit - timedelta(days=rng.uniform(15, 2600)), rng.uniform(8, 60) + rng.expovariate(1 / 420)
    windows: list[tuple[date, datetime]] = []
    while len(windows) < count:
        arrested = max((end - timedelta(days=min(length, 4600))).date(), adult)
        if (end.date() - arrested).days < 4 and windows:
            break
        if arrested >= end.date():  # too young for an old arrest: a recent one
            end = limit - timedelta(days=1 if not held else 0)
            arrested = max(adult, end.date() - timedelta(days=30))
        windows.insert(0, (arrested, end))
        end = datetime.combine(arrested, time(12)) - timedelta(days=rng.uniform(40, 1300))
        length = rng.uniform(8, 60) + rng.expovariate(1 / 260)
    return windows


def _forget_exit(registration: Registration) -> None:
    """The first state never entered the exit: it still counts the human as held."""
    left = registration.stays[-1].left
    registration.moves = [move for move in registration.moves if move.at != left]
    registration.stays[-1].left = None
    registration.flaws.append("active_twice")
