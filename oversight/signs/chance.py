"""How likely something is by chance."""

from math import exp, lgamma, log, log1p
from typing import Final

_NEGLIGIBLE: Final = 1e-9


def tail(hits: int, tries: int, share: float) -> float:
    """How likely at least so many hits are (binomial): 1.0 for none, and as exact for the rare as for the common."""
    if hits <= 0 or share >= 1:
        return 1.0
    if hits > tries or share <= 0:
        return 0.0
    total = 0.0
    for number in range(hits, tries + 1):
        term = _likely(number, tries, share)
        total += term
        if number > share * tries and term < _NEGLIGIBLE * total:
            break
    return min(1.0, total)


def _likely(hits: int, tries: int, share: float) -> float:
    ways = lgamma(tries + 1) - lgamma(hits + 1) - lgamma(tries - hits + 1)
    return exp(ways + hits * log(share) + (tries - hits) * log1p(-share))
