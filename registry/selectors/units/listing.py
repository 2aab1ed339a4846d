"""The list of establishments."""

import uuid
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from registry.labels import Label, label
from registry.models import Origin, Unit
from registry.scope import Scope
from registry.selectors.provenance import Source, source_of
from registry.selectors.units.occupancy import EMPTY, Occupancy, occupancy_of
from registry.values.names import legible

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the list."""

    public_id: uuid.UUID
    name: str
    acronym: str
    source: Source
    kind: Label
    modality: Label
    sex: Label
    occupancy: Occupancy


@dataclass(frozen=True, slots=True)
class UnitList:
    """One page of units by state and name; `total` counts all that fit, `page` starts at 1."""

    rows: tuple[UnitLine, ...]
    total: int
    page: int
    pages: int


def units(scope: Scope, *, uf: str = "", text: str = "", page: int = 1) -> UnitList:
    """Units of a state whose name or acronym holds every word of the text (three queries)."""
    found = _filtered(uf, text)
    total = found.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    shown = list(found.select_related("origin").order_by("origin__uf", "name", "id")[(page - 1) * PAGE : page * PAGE])
    occupancy = occupancy_of([unit.pk for unit in shown], scope)
    return UnitList(
        rows=tuple(_line(unit, occupancy.get(unit.pk, EMPTY)) for unit in shown),
        total=total,
        page=page,
        pages=pages,
    )


def known_ufs() -> list[str]:
    """States with an origin."""
    return list(Origin.objects.order_by("uf").values_list("uf", flat=True).distinct())


def units_of(uf: str) -> list[tuple[str, str]]:
    """Id and name of each unit of a state, by name."""
    found = Unit.objects.filter(removed_at=None, origin__uf=uf).order_by("name", "pk")
    return [(str(public_id), legible(name)) for public_id, name in found.values_list("public_id", "name")]


def _filtered(uf: str, text: str) -> QuerySet[Unit]:
    found = Unit.objects.filter(removed_at=None)
    if uf:
        found = found.filter(origin__uf=uf)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(acronym__icontains=word))
    return found


def _line(unit: Unit, occupancy: Occupancy) -> UnitLine:
    return UnitLine(
        public_id=unit.public_id,
        name=unit.name,
        acronym=unit.acronym,
        source=source_of(unit.origin, timezone.now()),
        kind=label("tipo_estabelecimento", unit.kind),
        modality=label("modalidade_custodia", unit.modality),
        sex=label("sexo_destinado", unit.sex),
        occupancy=occupancy,
    )
