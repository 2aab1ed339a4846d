"""Municipalities of Brazil by the code that IBGE gives them."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

from registry.labels import Label
from registry.values.states import OF_IBGE

_LIST: Final = Path(__file__).resolve().parent.parent / "contract" / "municipalities.csv"


def municipality(code: str) -> Label:
    """The municipality as people write it, `Maceió/AL`. A code outside the list is known by its state at most: `AL,
    município 2799999`. Empty for an empty code."""
    if not code:
        return Label("", "")
    uf, name = OF_IBGE.get(code[:2], ""), _names().get(code)
    if name is not None:
        return Label(code, f"{name}/{uf}")
    return Label(code, f"{uf}, município {code}" if uf else code, known=False)


@cache
def _names() -> dict[str, str]:
    with _LIST.open(encoding="utf-8", newline="") as lines:
        return {row["ibge"]: row["name"] for row in csv.DictReader(lines)}
