"""Categories with their columns of the form, from the contract's code lists (`contract/codes_sisdepen.json`)."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from registry.figures.declared import Category, Sex, Sum

_LISTS: Final = Path(__file__).resolve().parents[2] / "contract" / "codes_sisdepen.json"
# The form has 1,331 columns, numbered from 0; number 1 is missing from the published base.
COLUMNS: Final = (0, *range(2, 1331))


def categories(name: str, *, total: int | None = None) -> tuple[Category, ...]:
    """The categories of a list. `total`: how far the column of both sexes stands behind that of women."""
    return tuple(
        Category(
            code=each["cod"],
            text=each["rotulo"],
            group=" · ".join(each.get("grupo", ())),
            men=each["col_m"],
            women=each["col_f"],
            total=each["col_f"] + total if total is not None else None,
        )
        for each in _lists()[name]
    )


def by_sex(men: int, women: int, total: int | None = None) -> tuple[Sum, ...]:
    """The columns that add up a whole section."""
    sums = [Sum(men, "Total masculino", (Sex.MEN,)), Sum(women, "Total feminino", (Sex.WOMEN,))]
    return tuple(sums if total is None else [*sums, Sum(total, "Total")])


@cache
def _lists() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_LISTS.read_bytes())
    return found
