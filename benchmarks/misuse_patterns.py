"""Misuse, put into an ordinary week: how people were found to misuse such systems, in weak and strong doses.

The doses are drawn from what such uses are like (from barely to blatantly), not from what signs look for. Half of what
is misused is declared under whatever purpose the account has open just then, be it that of an operation.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from audit.events import Kind
from benchmarks.misuse_habits import Declared, Week
from benchmarks.misuse_people import Agent, Country, new_id, person_name
from oversight.signs.acts import TEAM, Act, Portrait


@dataclass
class Scene:
    """The week of one account into which misuse is put, and what else the platform knows."""

    agent: Agent
    week: Week
    country: Country
    portrait: Portrait
    colleague: str  # full name of another account of the agency
    canary: uuid.UUID
    victim: uuid.UUID  # whom many of the agency open at once
    celebrity: uuid.UUID  # whom some of every agency open at once

    @property
    def rng(self) -> Random:
        return self.week.rng

    def moment(self, *, hour: float | None = None) -> datetime:
        """A moment of a working day."""
        at = self.rng.uniform(8, 18) if hour is None else hour
        return self.week.monday + timedelta(days=self.rng.randrange(5), hours=at)

    def purpose(self, at: datetime) -> tuple[Declared, str]:
        """The one open at that moment, or one that looks like any other; and what it explains."""
        if self.rng.random() < 0.5:
            block = (at.date(), at.hour // 4)
            opened = [act for act in self.week.acts if act.purpose and (act.at.date(), act.at.hour // 4) == block]
            for act in opened[:1]:
                return (act.purpose or self.canary, act.purpose_text), TEAM if act.explained == TEAM else ""
        words = f"Investigação criminal · IP {self.rng.randint(1, 9999)}/2025 · Averiguar {self.rng.randint(1, 9999)}"
        return (new_id(self.rng), words), ""

    def search(self, at: datetime, **asked: str) -> None:
        purpose, why = self.purpose(at)
        self.week.ask(at, "search", purpose, asked, explained=why)

    def open(self, at: datetime, person: uuid.UUID | None = None, under: tuple[Declared, str] | None = None) -> None:
        purpose, why = under or self.purpose(at)
        intent = self.week.ask(at, "profile", purpose, {}, explained=why)
        self.week.show(at, "profile", intent, purpose[0], person or new_id(self.rng), why)


def _own_name(scene: Scene) -> None:
    words = scene.agent.words
    for _ in range(scene.rng.randint(1, 3)):
        short = f"{words[0]} {words[-1]}"
        scene.search(scene.moment(), name=scene.agent.name if scene.rng.random() < 0.9 else short)


def _surname(scene: Scene) -> None:
    """Relatives: most carry both surnames, some the last one alone."""
    words = scene.agent.words
    family = words[-2:] if len(words) > 2 else words[-1:]
    for _ in range(scene.rng.randint(3, 9)):
        given = person_name(scene.rng).split()[0]
        both = scene.rng.random() < 0.7
        scene.search(scene.moment(), name=" ".join((given, *(family if both else family[-1:]))))


def _colleague(scene: Scene) -> None:
    words = scene.colleague.split()
    for _ in range(scene.rng.randint(1, 4)):
        scene.search(scene.moment(), name=scene.colleague if scene.rng.random() < 0.9 else f"{words[0]} {words[-1]}")


def _linked(scene: Scene) -> None:
    kin = new_id(scene.rng)
    scene.portrait = replace(scene.portrait, linked=scene.portrait.linked | {kin})
    for _ in range(scene.rng.randint(1, 3)):
        scene.open(scene.moment(), kin)


def _neighbour(scene: Scene) -> None:
    near = new_id(scene.rng)
    scene.portrait = replace(scene.portrait, neighbours=scene.portrait.neighbours | {near})
    scene.open(scene.moment(), near)


def _celebrity(scene: Scene) -> None:
    scene.open(scene.moment(), scene.celebrity)


def _hot(scene: Scene) -> None:
    scene.open(scene.moment(), scene.victim)


def _canary(scene: Scene) -> None:
    scene.open(scene.moment(), scene.canary)


def _probing(scene: Scene) -> None:
    if scene.rng.random() < 0.4:
        for _ in range(scene.rng.randint(2, 5)):
            scene.week.acts.append(Act(at=scene.moment(), kind=Kind.EXCEPTIONAL_OPENED, event=1))
        return
    for _ in range(scene.rng.randint(5, 25)):
        at = scene.moment()
        purpose, why = scene.purpose(at)
        scene.week.ask(at, "profile", purpose, {}, explained=why)


def _rhythm(scene: Scene) -> None:
    """A script: from a handful of minutes to a night, a little jitter at times."""
    at, gap, jitter = scene.moment(), scene.rng.choice((0.5, 2, 5, 12, 30)), scene.rng.choice((0, 0.02, 0.08))
    for _ in range(scene.rng.randint(25, 200)):
        at += timedelta(seconds=gap * scene.rng.uniform(1 - jitter, 1 + jitter))
        scene.search(at, document=str(scene.rng.randint(10**8, 10**11)))


def _enumeration(scene: Scene) -> None:
    first, at = scene.rng.randint(10**8, 9 * 10**8), scene.moment()
    for number in range(scene.rng.randint(5, 60)):
        at += timedelta(seconds=scene.rng.expovariate(1 / 25) + 1)
        scene.search(at, document=f"{first + number:09d}{scene.rng.randint(10, 99)}")


def _volume(scene: Scene) -> None:
    """A harvest: hundreds of persons, spread over the days, under one purpose for each half of a day."""
    _harvest(scene, scene.rng.randint(200, 900))


def _surge(scene: Scene) -> None:
    """Somebody who hardly uses it does what an analyst does, once."""
    _harvest(scene, scene.rng.randint(55, 220))


def _harvest(scene: Scene, many: int) -> None:
    declared: dict[tuple[int, bool], tuple[Declared, str]] = {}
    for _ in range(many):
        at = scene.moment()
        half = (at.toordinal(), at.hour < 13)
        if half not in declared:
            declared[half] = scene.purpose(at)
        scene.open(at, under=declared[half])


def _night(scene: Scene) -> None:
    """From home, after a day's work and before another."""
    for day in range(5):
        scene.search(scene.week.monday + timedelta(days=day, hours=scene.rng.uniform(9, 17)), name=scene.country.name())
    for day in scene.rng.sample((1, 2, 3, 4), scene.rng.choice((2, 2, 3))):
        for _ in range(scene.rng.randint(3, 10)):
            scene.open(scene.week.monday + timedelta(days=day, hours=scene.rng.uniform(0.2, 4.7)))


def _without_opening(scene: Scene) -> None:
    """Fishing: many searches, nobody opened, from somebody who opens."""
    scene.week.acts.clear()
    for _ in range(scene.rng.randint(22, 120)):
        scene.search(scene.moment(), name=scene.country.name())
    if scene.rng.random() < 0.3:
        scene.open(scene.moment())


def _recycled(scene: Scene) -> None:
    """Words that say nothing, for whatever comes: no number at all, or an invented one each time."""
    words, invented = scene.rng.choice(("averiguação", "consulta", "verificar dados")), scene.rng.random() < 0.5
    for _ in range(scene.rng.randint(12, 30) if invented else scene.rng.randint(6, 20)):
        case = (
            f"IP {scene.rng.randint(1, 999_999)}/2025" if invented else scene.rng.choice(("rotina", "s/n", "diversos"))
        )
        purpose = (new_id(scene.rng), f"Investigação criminal · {case} · {words}")
        scene.week.ask(scene.moment(), "search", purpose, {"name": scene.country.name()})


def _exports(scene: Scene) -> None:
    at = scene.moment()
    purpose, why = scene.purpose(at)
    for _ in range(scene.rng.randint(7, 30)):
        at += timedelta(seconds=scene.rng.expovariate(1 / 120))
        intent = scene.week.ask(at, "dossier", purpose, {}, explained=why)
        scene.week.show(at, "dossier", intent, purpose[0], new_id(scene.rng), why)


def _devices(scene: Scene) -> None:
    """An account lent: the two throw each other out, again and again."""
    at = scene.moment()
    for number in range(scene.rng.randint(6, 30)):
        at += timedelta(minutes=scene.rng.uniform(1, 12))
        purpose, why = scene.purpose(at)
        scene.week.ask(at, "search", purpose, {"name": scene.country.name()}, f"x{number}|10.9.9.{number % 2}", why)


def _idle(scene: Scene) -> None:
    """Somebody who left: the account, unused for months, is used again."""
    scene.week.acts.clear()
    for _ in range(scene.rng.randint(18, 80)):
        scene.search(scene.moment(), name=scene.country.name())
        scene.open(scene.moment())


PATTERNS: Final[dict[str, Callable[[Scene], None]]] = {
    "own_name": _own_name,
    "surname": _surname,
    "colleague": _colleague,
    "linked": _linked,
    "neighbour": _neighbour,
    "hot": _hot,
    "celebrity": _celebrity,
    "rhythm": _rhythm,
    "enumeration": _enumeration,
    "volume": _volume,
    "surge": _surge,
    "night": _night,
    "without_opening": _without_opening,
    "recycled": _recycled,
    "exports": _exports,
    "devices": _devices,
    "idle": _idle,
    "probing": _probing,
    "canary": _canary,
}
# The sign that should find it, where it has another name.
SIGN: Final = {"celebrity": "hot"}
# Opened by so many colleagues in the week of the pattern; by so many of each agency.
CURIOUS: Final = (11, 35)
FANS: Final = (4, 9)
