"""How an account was used in the weeks before: what it is compared with besides its colleagues."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypedDict


@dataclass(frozen=True, kw_only=True)
class Past:
    """One earlier week in which the account was used: its requests, those of them at night, searches and profiles."""

    requests: int
    nights: int
    searches: int
    profiles: int


class Habit(TypedDict):
    """What a portrait knows of earlier weeks (`acts.Portrait`)."""

    weeks: tuple[int, ...]
    openings: tuple[int, ...]
    nights: float
    opening: float | None


def habit(past: Sequence[Past]) -> Habit:
    """Of these weeks, oldest first. One week that was unlike the others, which misuse may have made, is no habit."""
    opening = [week.profiles / week.searches for week in past if week.searches]
    return Habit(
        weeks=tuple(week.requests for week in past),
        openings=tuple(week.profiles for week in past),
        nights=busy([week.nights / week.requests for week in past if week.requests]),
        opening=median(opening) if opening else None,
    )


def busy(amounts: Sequence[float]) -> float:
    """The second greatest; the only one, or 0.0 of none."""
    most = sorted(amounts, reverse=True)[:2]
    return most[-1] if most else 0.0
