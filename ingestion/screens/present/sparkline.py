"""A small line of a share over time, as the attributes of an SVG (`templates/components/sparkline.html`)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

WIDTH: Final = 120
HEIGHT: Final = 28
EDGE: Final = 2


def draw(points: Sequence[tuple[date, float | None]]) -> dict[str, Any] | None:
    """The line through the shares that are known, placed by their day; None with fewer than two.

    The scale is that of the points, but never finer than ten percentage points: a tenth of a point is no cliff.
    """
    known = [(day.toordinal(), value) for day, value in points if value is not None]
    if len(known) < 2:
        return None
    low, high = min(value for _, value in known), max(value for _, value in known)
    middle, half = (low + high) / 2, max(high - low, 0.1) / 2
    first, last = known[0][0], known[-1][0]
    across, down = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    places = [
        (EDGE + across * (day - first) / (last - first), EDGE + down * (middle + half - value) / (2 * half))
        for day, value in known
    ]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in places),
    }
