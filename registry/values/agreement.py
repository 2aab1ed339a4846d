"""How far two reviewers agree, and what a sample says of the whole. Pure."""

from collections.abc import Mapping
from math import sqrt
from typing import Final, NamedTuple

Z_95: Final = 1.959964


class Agreement(NamedTuple):
    """`raw` is the share of pairs on which both said the same; `kappa` what is left of it beyond chance (Cohen).

    Both are None without pairs; `kappa` also where chance alone would agree always.
    """

    pairs: int
    raw: float | None
    kappa: float | None


def agreement(counts: Mapping[tuple[str, str], int]) -> Agreement:
    """(first's verdict, second's verdict) → how often."""
    total = sum(counts.values())
    if not total:
        return Agreement(0, None, None)
    raw = sum(n for (first, second), n in counts.items() if first == second) / total
    verdicts = {verdict for pair in counts for verdict in pair}
    chance = sum(_share(counts, 0, v) * _share(counts, 1, v) for v in verdicts) / total**2
    return Agreement(total, raw, (raw - chance) / (1 - chance) if chance < 1 else None)


def _share(counts: Mapping[tuple[str, str], int], place: int, verdict: str) -> int:
    return sum(n for pair, n in counts.items() if pair[place] == verdict)


def wilson(right: int, total: int) -> tuple[float, float] | None:
    """The 95 % interval of a share of which `right` of `total` were seen (Wilson's score); None of nothing."""
    if not 0 <= right <= total:
        raise ValueError("0 <= right <= total")
    if not total:
        return None
    share, squared = right / total, Z_95**2
    centre = (share + squared / (2 * total)) / (1 + squared / total)
    reach = Z_95 * sqrt(share * (1 - share) / total + squared / (4 * total**2)) / (1 + squared / total)
    # Where all or none were right, rounding would leave the share itself outside.
    return max(0.0, min(share, centre - reach)), min(1.0, max(share, centre + reach))
