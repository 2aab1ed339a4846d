"""What a list of crossings can be asked."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from registry.models import CrossingKind
from registry.scope import Scope

# Lists of the screen, by what they look for; the gravest first within one.
LISTS: Final[Mapping[str, tuple[CrossingKind, ...]]] = {
    "visitor-prisoner": (CrossingKind.VISITOR_PRISONER,),
    "visitor-of-many": (CrossingKind.VISITOR_OF_MANY,),
    "contact": (CrossingKind.SAME_PHONE, CrossingKind.SAME_ADDRESS),
    "fraud": (
        CrossingKind.DEAD_DOCUMENT,
        CrossingKind.SAME_RJI,
        CrossingKind.SAME_PHOTO,
        CrossingKind.SAME_CPF,
        CrossingKind.TWO_UNITS,
        CrossingKind.SAME_OAB,
    ),
    "lawyer-visitor": (CrossingKind.LAWYER_VISITOR,),
    "lawyer-prisoner": (CrossingKind.LAWYER_PRISONER,),
    "lawyer-of-many": (CrossingKind.LAWYER_OF_MANY,),
}
# Lists of lawyers, who have prerogatives (Lei 8.906/1994, art. 7): opened for a stated reason alone.
LAWYERS: Final = frozenset({"lawyer-visitor", "lawyer-prisoner", "lawyer-of-many"})
# How many prisoners are many, unless another number is asked for.
LEAST: Final[Mapping[str, int]] = {"visitor-of-many": 3, "lawyer-of-many": 20}
OF_MANY: Final = frozenset({CrossingKind.VISITOR_OF_MANY, CrossingKind.LAWYER_OF_MANY})
_REVEALING: Final = frozenset(
    {CrossingKind.LAWYER_VISITOR, CrossingKind.LAWYER_PRISONER, CrossingKind.LAWYER_OF_MANY, CrossingKind.SAME_OAB}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingCriteria:
    """One list (a key of LISTS) and what narrows it. `since`: the last fact is of that day or later.

    For those of many: at least `least` prisoners since then, in at least `states` states and `places` units;
    `distant` leaves out the prisoners whose close relative the person is authorised as.
    """

    of: str
    kind: CrossingKind | None = None
    mark: str = ""
    uf: str = ""
    unit: uuid.UUID | None = None
    since: date | None = None
    least: int = 3
    states: int = 1
    places: int = 0
    distant: bool = False

    def kinds(self, scope: Scope) -> tuple[CrossingKind, ...]:
        """The kinds the scope lets see, whatever kind was chosen."""
        return tuple(kind for kind in LISTS[self.of] if scope.lawyers or kind not in _REVEALING)

    @property
    def is_of_many(self) -> bool:
        return not OF_MANY.isdisjoint(LISTS[self.of])

    @property
    def asked(self) -> dict[str, Any]:
        """The criteria as the audit records them."""
        told = {name: getattr(self, name) for name in ("of", "kind", "mark", "uf", "distant")}
        told |= {"unit": str(self.unit or ""), "since": self.since.isoformat() if self.since else ""}
        if self.is_of_many:
            told |= {"least": self.least, "states": self.states, "places": self.places}
        return {name: value for name, value in told.items() if value}
