"""The first rules: few, explained by themselves, wrong rarely. A trained model will take their place.

Weights are nominal, in the scale of a match weight (log2 of the odds): they order edges and explain them, and no
threshold depends on them.
"""

from typing import Final, NamedTuple

from registry.values.names import compatible

CPF_RULE: Final = "rule:cpf/1"
NAME_RULE: Final = "rule:name-mother-birth/1"

# More records than a person can have in 27 states share filler, or the number of somebody who registers others.
MOST_RECORDS: Final = 100

_WEIGHTS: Final[dict[tuple[str, str], float]] = {
    ("cpf", "equal"): 20.0,
    ("name", "equal"): 9.0,
    ("name", "compatible"): 5.0,
    ("mother_name", "equal"): 9.0,
    ("birth_date", "equal"): 10.0,
    ("birth_date", "swapped"): 6.0,
    ("birth_date", "missing"): 0.0,
}

Reasons = list[dict[str, str | float]]


class Finding(NamedTuple):
    """What a rule holds of a pair of records. `reasons` say which features agreed and how, never their values."""

    judge: str
    score: float
    reasons: Reasons


def by_cpf(name: str, other: str, *, names_equal: bool, birth: str) -> Finding | None:
    """Same valid CPF: one person if the names are compatible. `birth` is equal, swapped or missing."""
    if not names_equal and not compatible(name, other):
        return None
    return _finding(CPF_RULE, cpf="equal", name="equal" if names_equal else "compatible", birth_date=birth)


def by_name() -> Finding:
    """Same normalised name, same normalised mother's name, same date of birth."""
    return _finding(NAME_RULE, name="equal", mother_name="equal", birth_date="equal")


def _finding(judge: str, **outcomes: str) -> Finding:
    weights = {feature: _WEIGHTS[feature, outcome] for feature, outcome in outcomes.items()}
    reasons: Reasons = [
        {"feature": feature, "outcome": outcome, "weight": weights[feature]} for feature, outcome in outcomes.items()
    ]
    return Finding(judge, sum(weights.values()), reasons)
