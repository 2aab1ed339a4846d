"""Where a person's custody history breaks: times that nothing explains, and times in two places at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from registry.labels import Effect, effect
from registry.models import Custody, Movement
from registry.selectors.people.subject import Subject
from registry.selectors.places import UnitRef
from registry.selectors.provenance import local

# What a transfer between units, or its writing down on both sides, may take.
TOLERATED: Final = timedelta(days=2)
TRANSFERS: Final = frozenset({"TR_SAI_UF", "TR_SAI_INTER", "TR_SAI_SPF"})
MOST_ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """From the end of one stay to the start of the next with no release, escape or death between them.
    `transferred`: the state wrote a transfer down, and the arrival came days later."""

    since: datetime
    until: datetime
    days: int
    unit_from: UnitRef
    unit_to: UnitRef
    transferred: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Days in two units at once. `until` is None while both stays are open."""

    since: datetime
    until: datetime | None
    days: int
    units: tuple[UnitRef, UnitRef]
    ufs: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Breaks:
    """The latest gaps and overlaps, oldest first, 20 of each at most."""

    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]


def breaks(subject: Subject) -> Breaks:
    """The breaks of the custodies and movements that the subject has read (no query of its own)."""
    stays = sorted(subject.custodies, key=lambda custody: (custody.started_at, custody.pk))
    return Breaks(tuple(_gaps(stays, subject)[-MOST_ROWS:]), tuple(_overlaps(stays, subject)[-MOST_ROWS:]))


def _gaps(stays: Sequence[Custody], subject: Subject) -> list[Gap]:
    found = []
    last: Custody | None = None
    for stay in stays:
        if last is not None and last.ended_at and stay.started_at - last.ended_at > TOLERATED:
            gap = _gap(last, last.ended_at, stay, subject)
            found += [gap] if gap else []
        last = _later(last, stay)
    return found


def _gap(last: Custody, ended: datetime, stay: Custody, subject: Subject) -> Gap | None:
    """The gap, unless an exit explains it: whoever was released or fled was free."""
    exits = [step for step in _between(subject, ended - TOLERATED, stay.started_at) if effect(step.kind) == Effect.EXIT]
    if any(step.kind not in TRANSFERS for step in exits):
        return None
    return Gap(
        since=local(ended, subject.origin_of(last)),
        until=local(stay.started_at, subject.origin_of(stay)),
        days=(stay.started_at - ended).days,
        unit_from=subject.units[last.unit_id],
        unit_to=subject.units[stay.unit_id],
        transferred=bool(exits),
    )


def _between(subject: Subject, since: datetime, until: datetime) -> list[Movement]:
    return [step for step in subject.steps if since <= step.occurred_at <= until]


def _later(one: Custody | None, other: Custody) -> Custody:
    """The stay that ends last: one within another leaves no gap behind it."""
    if one is None or (one.ended_at is not None and (other.ended_at is None or other.ended_at > one.ended_at)):
        return other
    return one


def _overlaps(stays: Sequence[Custody], subject: Subject) -> list[Overlap]:
    return [_overlap(one, other, subject) for one, other in _pairs(stays, subject.now) if one.unit_id != other.unit_id]


def _pairs(stays: Sequence[Custody], now: datetime) -> Iterator[tuple[Custody, Custody]]:
    """Stays in order that last on beside each other. Looks no further than the one that begins after the end."""
    for number, one in enumerate(stays):
        for other in stays[number + 1 :]:
            if (one.ended_at or now) - other.started_at <= TOLERATED:
                break
            if _together(one, other, now) > TOLERATED:
                yield one, other


def _together(one: Custody, other: Custody, now: datetime) -> timedelta:
    return min(one.ended_at or now, other.ended_at or now) - max(one.started_at, other.started_at)


def _overlap(one: Custody, other: Custody, subject: Subject) -> Overlap:
    ends = [end for end in (one.ended_at, other.ended_at) if end is not None]
    return Overlap(
        since=local(max(one.started_at, other.started_at), subject.origin_of(other)),
        until=local(min(ends), subject.origin_of(other)) if ends else None,
        days=_together(one, other, subject.now).days,
        units=(subject.units[one.unit_id], subject.units[other.unit_id]),
        ufs=(subject.origin_of(one).uf, subject.origin_of(other).uf),
    )
