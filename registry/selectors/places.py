"""A unit as named beside a fact."""

import uuid
from dataclasses import dataclass

from registry.labels import Label, label
from registry.values.names import legible


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit, named. `modality` tells a cell from house arrest."""

    public_id: uuid.UUID
    name: str
    modality: Label


def unit_ref(public_id: uuid.UUID, name: str, modality: str) -> UnitRef:
    """The unit by name, with its modality in words."""
    return UnitRef(public_id, legible(name), label("modalidade_custodia", modality))
