"""The places of a unit."""

from typing import Any

from registry.selectors.units.establishment import Establishment


def capacity_card(of: Establishment) -> dict[str, Any]:
    """Places by regime and sex."""
    rows = [{"regime": str(p.regime), "men": p.men, "women": p.women, "total": p.total} for p in of.places]
    sums = {key: sum(row[key] for row in rows) for key in ("men", "women", "total")}  # type: ignore[misc]
    return {"rows": rows, "totals": sums, "disabled": of.unit.disabled_places}
