"""Which links are asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.models import LinkKind
from registry.scope import Scope

STORED: Final = (LinkKind.KIN, LinkKind.VISIT, LinkKind.LAWYER)
# What a path may be made of: facts that are of two persons, none that rests on a third.
DIRECT: Final = (*STORED, LinkKind.CELL, LinkKind.CASE, LinkKind.PHONE, LinkKind.ADDRESS)
EVERY: Final = (*DIRECT, LinkKind.SHARED_VISITOR, LinkKind.SHARED_LAWYER)
_OF_LAWYERS: Final = frozenset({LinkKind.LAWYER, LinkKind.SHARED_LAWYER})


@dataclass(frozen=True, kw_only=True)
class LinkCriteria:
    """Kinds, the least strength (0–100) and the dates of evidence: ended no earlier, began no later. None: any."""

    kinds: tuple[LinkKind, ...] = EVERY
    strength: int = 0
    since: date | None = None
    until: date | None = None

    def within(self, scope: Scope) -> tuple[LinkKind, ...]:
        """The kinds asked for that the scope lets see. Lawyers out of scope are neither shown, crossed nor counted."""
        return tuple(kind for kind in self.kinds if scope.lawyers or kind not in _OF_LAWYERS)

    @property
    def asked(self) -> dict[str, object]:
        """The criteria for the audit, without those that restrict nothing."""
        asked: dict[str, object] = {}
        if self.kinds != EVERY:
            asked["kinds"] = [kind.value for kind in self.kinds]
        if self.strength:
            asked["strength"] = self.strength
        asked |= {name: str(day) for name, day in (("since", self.since), ("until", self.until)) if day}
        return asked
