"""The list of establishments."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.selectors.units.listing import UnitLine, UnitList
from registry.values.names import legible
from senappen.lib.paging import pages


def units_list(found: UnitList, query: dict[str, str]) -> dict[str, Any]:
    """The context of `list.html`."""
    return {
        "facilities": {"rows": [_line(line) for line in found.rows], "total": found.total},
        "pages": pages(found.page, found.pages, lambda n: f"?{urlencode({**query, 'pagina': n})}"),
    }


def _line(line: UnitLine) -> dict[str, Any]:
    occupancy = line.occupancy
    return {
        "name": legible(line.name),
        "acronym": line.acronym,
        "url": reverse("consulta:unit", args=[line.public_id]),
        "state": line.source.uf,
        "kind": str(line.kind),
        "modality": str(line.modality),
        "sex": str(line.sex),
        "capacity": occupancy.places,
        "population": occupancy.inside,
        "occupancy": occupancy.percent,
        "width": min(100, occupancy.percent or 0),
        "tone": "over" if occupancy.over else "",
        "source": {"code": line.source.code, "freshness": "", "stale": line.source.late},
    }
