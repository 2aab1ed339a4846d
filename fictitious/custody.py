"""Periods of custody, events, arrests, and the registration of a state that holds them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from fictitious.facilities import Unit


@dataclass(slots=True)
class Stay:
    """Custody in one unit, from entry to exit."""

    unit: Unit
    cell: tuple[str, str] | None
    situation: str
    regime: str
    arrested: date
    entered: datetime
    left: datetime | None = None
    rdd: bool = False


@dataclass(slots=True)
class Move:
    """One event; times are local to the state."""

    kind: str
    at: datetime
    origin: Unit | None = None
    destination: Unit | None = None
    other_uf: str | None = None
    reason: str | None = None
    document: str | None = None
    due_back: datetime | None = None
    cause: str | None = None


@dataclass(slots=True)
class Stint:
    """One arrest and what the courts made of it."""

    arrested: datetime
    convicted: datetime | None = None
    first_regime: str | None = None
    ended: datetime | None = None


@dataclass(slots=True, eq=False)
class Registration:
    """What one state's system holds of one human under one key."""

    uf: str
    stays: list[Stay] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    stints: list[Stint] = field(default_factory=list)
    died: date | None = None
    flaws: list[str] = field(default_factory=list)

    @property
    def current(self) -> Stay | None:
        """The open stay, if the human is held now."""
        last = self.stays[-1] if self.stays else None
        return last if last and last.left is None else None
