"""A unit as named beside a fact."""

import uuid
from dataclasses import dataclass

from registry.labels import Label, label
from registry.models import Unit


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit, named. `modality` tells a cell from house arrest."""

    public_id: uuid.UUID
    name: str
    modality: Label


def unit_ref(unit: Unit) -> UnitRef:
    """The unit by name."""
    return UnitRef(unit.public_id, unit.name, label("modalidade_custodia", unit.modality))
