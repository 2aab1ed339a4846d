"""The rhythm of one person's consultations, watched at the gate: a program is slowed, challenged, and frozen at once.

Three things tell a program: equal intervals, documents of consecutive numbers, and more than hands can do. What is
watched is the authenticated person, whatever browser, token or address they come by. Kept in Redis, in one round trip.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import cache
from itertools import pairwise
from statistics import mean, pstdev
from typing import Final

from django.conf import settings
from redis import Redis

from consulta.limits import LimitReached
from credentialing.models import FreezeCause, User

KEPT: Final = 120  # requests looked back on
KEPT_S: Final = 3600
WINDOW_S: Final = 600
SLOW, MANY, TOO_MANY = 300, 500, 800  # requests within the window
SLOW_GAP_S: Final = 5  # a person this fast waits so long between two answers
EVEN: Final = 0.1  # deviation of intervals, as a share of their mean
EVEN_RUN, EVEN_TOO_LONG = 30, 60  # intervals in a row
STEPS, TOO_MANY_STEPS = 10, 25  # consecutive numbers
CHALLENGE_S: Final = 86_400
MOST_CHALLENGES: Final = 2  # passed within a day; another one freezes
MOST_IGNORED: Final = 30  # requests that go on without passing one


class Measure(IntEnum):
    """What is done about a rhythm, the gentlest first."""

    NONE = 0
    SLOW = 1
    CHALLENGE = 2
    FREEZE = 3


@dataclass(frozen=True)
class Mark:
    """One request: when, in seconds since 1970, and the number it asked for (None without one)."""

    at: float
    number: int | None = None


@dataclass(frozen=True)
class Finding:
    """The gravest thing about a rhythm; `reason` is told to the corregedor."""

    measure: Measure
    cause: FreezeCause = FreezeCause.VOLUME
    reason: str = ""


class Slowed(LimitReached):
    """The person is faster than hands are: wait a little between two consultations."""

    def __init__(self, wait: int) -> None:
        super().__init__("person", "pace", SLOW, wait)

    @property
    def message(self) -> str:
        """What the person is told."""
        return (
            "As consultas estão mais rápidas do que alguém consegue ler. Nada foi mostrado. "
            f"Aguarde {self.wait} segundos entre uma e outra; para muitos nomes, use a consulta em lote."
        )


def judge(marks: Sequence[Mark], recent: int) -> Finding:
    """What the rhythm of these requests (newest first) tells; `recent` of them came within the window."""
    found = [_evenness(marks), _enumeration(marks), _volume(recent)]
    return max(found, key=lambda one: one.measure)


def note(user: User, number: int | None) -> tuple[list[Mark], int]:
    """Remember one request of the person; the last ones, newest first, and how many came within the window."""
    now = time.time()
    marks, window = _key(user, "marks"), _key(user, f"window:{int(now) // WINDOW_S}")
    with _redis().pipeline() as pipe:
        pipe.lpush(marks, f"{now:.3f}:{'' if number is None else number}")
        pipe.ltrim(marks, 0, KEPT - 1)
        pipe.expire(marks, KEPT_S)
        pipe.lrange(marks, 0, -1)
        pipe.incr(window)
        pipe.expire(window, WINDOW_S)
        answers = pipe.execute()
    return [_mark(line) for line in answers[3]], int(answers[4])


def challenge(user: User) -> bool:
    """Note that the person must prove the second factor from now on. True if this is one challenge too many."""
    pipe = _redis().pipeline()
    pipe.set(_key(user, "challenged"), f"{time.time():.3f}", ex=CHALLENGE_S)
    pipe.incr(_key(user, "challenges"))
    pipe.expire(_key(user, "challenges"), CHALLENGE_S)
    return int(pipe.execute()[1]) > MOST_CHALLENGES


def owes_proof(user: User, proven_at: datetime | None) -> bool:
    """True while the person was challenged and has not proven the second factor since; a proof begins a new rhythm."""
    since = _redis().get(_key(user, "challenged"))
    if since is None:
        return False
    if proven_at is None or proven_at.timestamp() <= float(since):
        return True
    forget(user)
    return False


def ignored(user: User) -> bool:
    """Count a request that goes on although a proof is owed. True when there were too many."""
    pipe = _redis().pipeline()
    pipe.incr(_key(user, "ignored"))
    pipe.expire(_key(user, "ignored"), KEPT_S)
    return int(pipe.execute()[0]) > MOST_IGNORED


def forget(user: User) -> None:
    """Begin anew, but for how often the person was challenged today."""
    window = _key(user, f"window:{int(time.time()) // WINDOW_S}")
    _redis().delete(_key(user, "marks"), _key(user, "challenged"), _key(user, "ignored"), window)


def _evenness(marks: Sequence[Mark]) -> Finding:
    gaps = [after.at - before.at for after, before in pairwise(marks)]
    for run, measure in ((EVEN_TOO_LONG, Measure.FREEZE), (EVEN_RUN, Measure.CHALLENGE)):
        last = gaps[:run]
        if len(last) == run and pstdev(last) <= EVEN * mean(last):
            reason = f"{run + 1} consultas seguidas a intervalos iguais de {mean(last):.1f} s".replace(".", ",")
            return Finding(measure, FreezeCause.RHYTHM, reason)
    return Finding(Measure.NONE)


def _enumeration(marks: Sequence[Mark]) -> Finding:
    # Sorted: a program that asks by several connections keeps no order.
    numbers = sorted({mark.number for mark in marks if mark.number is not None})
    longest = run = 1
    for before, after in pairwise(numbers):
        run = run + 1 if after - before == 1 else 1
        longest = max(longest, run)
    reason = f"{longest} documentos de números seguidos"
    if longest >= TOO_MANY_STEPS:
        return Finding(Measure.FREEZE, FreezeCause.ENUMERATION, reason)
    return Finding(Measure.CHALLENGE if longest >= STEPS else Measure.NONE, FreezeCause.ENUMERATION, reason)


def _volume(recent: int) -> Finding:
    reason = f"{recent} consultas em {WINDOW_S // 60} minutos"
    for most, measure in ((TOO_MANY, Measure.FREEZE), (MANY, Measure.CHALLENGE), (SLOW, Measure.SLOW)):
        if recent > most:
            return Finding(measure, FreezeCause.VOLUME, reason)
    return Finding(Measure.NONE)


def _mark(line: bytes) -> Mark:
    at, _, number = line.decode().partition(":")
    return Mark(float(at), int(number) if number else None)


def _key(user: User, what: str) -> str:
    return f"senappen:pace:{user.pk}:{what}"


@cache
def _redis() -> Redis:
    return Redis.from_url(settings.CACHES["default"]["LOCATION"])
