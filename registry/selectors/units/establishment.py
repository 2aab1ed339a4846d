"""One establishment: what it is, its places, who fills its wings."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from registry.labels import Label, label
from registry.models import Unit, UnitCapacity
from registry.scope import Scope
from registry.selectors.provenance import Source, local, source_of
from registry.selectors.units.occupancy import EMPTY, Occupancy, occupancy_of


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
    """A unit's own facts as of `now`. `withdrawn`: its state has excluded it."""

    unit: Unit
    now: datetime
    source: Source
    kind: Label
    modality: Label
    sex: Label
    management: Label
    updated_at: datetime
    occupancy: Occupancy
    places: tuple[Places, ...]
    withdrawn: bool


def establishment(public_id: uuid.UUID, scope: Scope) -> Establishment | None:
    """The unit, or None if unknown (three queries)."""
    unit = Unit.objects.select_related("origin").filter(public_id=public_id).first()
    if unit is None:
        return None
    now = timezone.now()
    return Establishment(
        unit=unit,
        now=now,
        source=source_of(unit.origin, now),
        kind=label("tipo_estabelecimento", unit.kind),
        modality=label("modalidade_custodia", unit.modality),
        sex=label("sexo_destinado", unit.sex),
        management=label("gestao", unit.management),
        updated_at=local(unit.origin_updated_at, unit.origin),
        occupancy=occupancy_of([unit.pk]).get(unit.pk, EMPTY),
        places=_places(unit),
        withdrawn=unit.removed_at is not None,
    )


def _places(unit: Unit) -> tuple[Places, ...]:
    counted: dict[str, dict[str, int]] = {}
    for capacity in UnitCapacity.objects.filter(unit=unit, removed_at=None).order_by("id"):
        regime = counted.setdefault(capacity.regime, {})
        regime[capacity.sex] = regime.get(capacity.sex, 0) + capacity.places
    return tuple(
        Places(label("regime_capacidade", regime), by_sex.get("M", 0), by_sex.get("F", 0))
        for regime, by_sex in counted.items()
    )
