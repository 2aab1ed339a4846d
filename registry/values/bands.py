"""Bands of match weights: joins that are barely sure, and those that are very, are sampled and judged apart. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """Weights from `least` up to, not including, `below`; None is without bound."""

    least: float
    below: float | None = None

    @staticmethod
    def of(score: float | None) -> "Band | None":
        """The band of a weight; None without one, and below the lowest."""
        if score is None:
            return None
        return next((band for band in reversed(BANDS) if score >= band.least), None)

    def __str__(self) -> str:
        return f"{self.least:g} ou mais" if self.below is None else f"{self.least:g} a {self.below:g}"


# Joins begin at MATCHING_KEEP and are the more doubtful the nearer they are to it.
BANDS: Final = (Band(0, 8), Band(8, 10), Band(10, 12), Band(12, 16), Band(16, 24), Band(24))
