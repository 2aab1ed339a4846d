"""Two lives side by side: could one human being have lived both? Pure.

A stay says where a record's person was held, from when until when. Two stays that last at once in different places
cannot be of one person, unless a state wrote an exit or an entry down late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# The day of a transfer is written down on both sides; and no state writes to the minute.
TOLERANCE: Final = timedelta(days=1)
# Out of one place and into the other within this: a journey.
JOURNEY: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Lived:
    """A stay in one place; `until` is None while it lasts. `place` names the unit, whoever tells of it."""

    place: str
    since: datetime
    until: datetime | None = None


class Answer(StrEnum):
    """Could he be in both places?"""

    NO_STAYS = "no_stays"  # at least one of the two was never held
    CONFLICT = "conflict"  # held in two places at once
    JOINED = "joined"  # out of one place, into the other
    TOGETHER = "together"  # held in the same place at the same time
    APART = "apart"  # at other times: nothing speaks against it


@dataclass(frozen=True, slots=True)
class Overlap:
    """A time both were held: in one place (`same_place`) or in two."""

    since: datetime
    until: datetime
    same_place: bool

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer, and the overlaps it rests on, oldest first."""

    answer: Answer
    overlaps: tuple[Overlap, ...] = ()

    @property
    def conflicts(self) -> tuple[Overlap, ...]:
        return tuple(overlap for overlap in self.overlaps if not overlap.same_place)


def compare(one: Sequence[Lived], other: Sequence[Lived], now: datetime) -> Compared:
    """Lay two lives over each other, up to `now`. Symmetric. The gravest answer wins."""
    if not one or not other:
        return Compared(Answer.NO_STAYS)
    overlaps = tuple(sorted(_overlaps(one, other, now), key=lambda o: (o.since, o.until, o.same_place)))
    if any(not overlap.same_place for overlap in overlaps):
        return Compared(Answer.CONFLICT, overlaps)
    if overlaps:
        return Compared(Answer.TOGETHER, overlaps)
    joined = any(_follows(a, b) or _follows(b, a) for a in one for b in other)
    return Compared(Answer.JOINED if joined else Answer.APART)


def _overlaps(one: Iterable[Lived], other: Sequence[Lived], now: datetime) -> Iterable[Overlap]:
    for a in one:
        for b in other:
            since, until = max(a.since, b.since), min(a.until or now, b.until or now)
            if until - since > TOLERANCE:
                yield Overlap(since, until, same_place=a.place == b.place)


def _follows(first: Lived, then: Lived) -> bool:
    return first.until is not None and abs(then.since - first.until) <= JOURNEY
