"""What a benchmark says."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Result:
    """One measured figure.

    `value` and `baseline` are in `unit`; `ratio` is the comparison the claim is about (its sense is in
    `conditions`); `conditions` says what was measured, on how much data. `target` is what the ratio should be.
    """

    name: str
    value: float
    unit: str
    baseline: float
    ratio: float
    conditions: str
    target: str = ""
