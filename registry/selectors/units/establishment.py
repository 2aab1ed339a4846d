"""One establishment: what it is, its places, who fills its wings."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from registry.labels import Label, label
from registry.models import Origin, Unit, UnitCapacity
from registry.scope import Scope
from registry.selectors.provenance import Source, local, source_of


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one regime, for men and for women."""

    regime: Label
    men: int
    women: int

    @property
    def total(self) -> int:
        return self.men + self.women


@dataclass(frozen=True, slots=True)
class Establishment:
    """A unit's own facts. `at` is the instant its people are shown at: `now`, or one of the past. Its places are
    always those of today: no state tells what they were. `withdrawn`: its state has excluded it."""

    unit: Unit
    now: datetime
    at: datetime
    source: Source
    kind: Label
    modality: Label
    sex: Label
    management: Label
    updated_at: datetime
    capacity: int | None
    places: tuple[Places, ...]
    withdrawn: bool

    @property
    def past(self) -> bool:
        return self.at < self.now

    @property
    def until(self) -> datetime | str:
        """Up to when facts count, for a query. Today even those dated ahead of our clock do: a state's may be wrong."""
        return self.at if self.past else "infinity"


def establishment(
    public_id: uuid.UUID, scope: Scope, *, day: date | None = None, hour: time | None = None
) -> Establishment | None:
    """The unit, or None if unknown (two queries). With a day, as it was then, by the clocks of its state; without
    an hour, at the end of that day. An instant to come is now."""
    unit = Unit.objects.select_related("origin").filter(public_id=public_id).first()
    if unit is None:
        return None
    now = timezone.now()
    at = min(now, _instant(day, hour, unit.origin)) if day else now
    capacities = list(UnitCapacity.objects.filter(unit=unit, removed_at=None).order_by("id"))
    return Establishment(
        unit=unit,
        now=now,
        at=at,
        source=source_of(unit.origin, now),
        kind=label("tipo_estabelecimento", unit.kind),
        modality=label("modalidade_custodia", unit.modality),
        sex=label("sexo_destinado", unit.sex),
        management=label("gestao", unit.management),
        updated_at=local(unit.origin_updated_at, unit.origin),
        capacity=sum(capacity.places for capacity in capacities) if capacities else None,
        places=_places(capacities),
        withdrawn=unit.removed_at is not None,
    )


def _instant(day: date, hour: time | None, origin: Origin) -> datetime:
    return datetime.combine(day, hour or time.max, ZoneInfo(origin.timezone))


def _places(capacities: Iterable[UnitCapacity]) -> tuple[Places, ...]:
    counted: dict[str, dict[str, int]] = {}
    for capacity in capacities:
        regime = counted.setdefault(capacity.regime, {})
        regime[capacity.sex] = regime.get(capacity.sex, 0) + capacity.places
    return tuple(
        Places(label("regime_capacidade", regime), by_sex.get("M", 0), by_sex.get("F", 0))
        for regime, by_sex in counted.items()
    )
