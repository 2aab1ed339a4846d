"""How strong a link between two persons is: 0 to 100, from what the states recorded of it.

`base + span × (1 − e^(−amount / scale))`: a first contact already says something, the hundredth adds little. The amount
is of visits, attendances, days in one cell, cases or persons in common. Strength tells how well documented a link is,
not what it means; it does not fade with time, so that a stored link needs no rewriting as days pass (dates tell that).
"""

from dataclasses import dataclass
from math import exp
from typing import Final


@dataclass(frozen=True)
class Curve:
    """The strength of one kind of link as its amount grows."""

    base: int
    span: int
    scale: float

    def at(self, amount: float) -> int:
        """The strength for an amount ≥ 0."""
        return round(self.base + self.span * (1 - exp(-amount / self.scale)))

    def sql(self, amount: str) -> str:
        """The same, as an SQL expression over a column."""
        return f"round({self.base} + {self.span} * (1 - exp(-({amount}) / {self.scale}::float8)))::smallint"


KIN: Final = Curve(60, 40, 12)
VISIT: Final = Curve(30, 60, 12)
LAWYER: Final = Curve(10, 40, 12)
CELL: Final = Curve(10, 60, 90)
PHONE: Final = Curve(25, 30, 1)
ADDRESS: Final = Curve(25, 30, 1)
CASE: Final = Curve(40, 40, 2)
SHARED_VISITOR: Final = Curve(20, 50, 3)
SHARED_LAWYER: Final = Curve(0, 30, 3)
