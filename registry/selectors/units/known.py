"""What the base knows of a unit at an instant of the past."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from registry.models import Custody
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.provenance import local
from registry.selectors.units.establishment import Establishment


@dataclass(frozen=True, slots=True)
class Known:
    """`since`: the first custody the state tells of in the unit, or None without any. `before`: the instant shown is
    earlier, so that nobody is known to have been there."""

    since: datetime | None
    before: bool


def known(of: Establishment, scope: Scope) -> Known:
    """From when on the unit has a history (one query)."""
    # The few who are hidden are looked up, rather than asked of each of the unit's tens of thousands of custodies.
    hidden = seals.hidden_records(scope).values("pk")
    told = Custody.objects.filter(unit=of.unit, removed_at=None).exclude(prisoner__in=hidden)
    first = told.aggregate(first=Min("started_at"))["first"]
    return Known(local(first, of.unit.origin) if first else None, first is None or of.at < first)
