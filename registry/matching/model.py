"""A trained model: weights of every level, and how frequent the common values are. Pure data, kept as JSON."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Frequencies:
    """Shares of the common values of one column; `floor` is the share of any value that is not among them.

    Frozen with the model, so that a pair scores the same whatever records are scored with it.
    """

    shares: dict[str, float]
    floor: float


@dataclass(frozen=True)
class Model:
    """What training found. `settings` are Splink's; `frequencies` are by column."""

    settings: dict[str, Any]
    frequencies: dict[str, Frequencies]

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits of the content: equal parameters are the same version."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """The model as JSON values."""
        frequencies = {column: [found.floor, found.shares] for column, found in self.frequencies.items()}
        return {"settings": self.settings, "frequencies": frequencies}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Model":
        """The model that `to_json` wrote."""
        frequencies = {column: Frequencies(shares, floor) for column, (floor, shares) in kept["frequencies"].items()}
        return cls(kept["settings"], frequencies)
