"""Pages of a list, for `components/pagination.html`."""

from collections.abc import Callable
from typing import Any


def pages(current: int, last: int, url: Callable[[int], str]) -> dict[str, Any]:
    """The ends and what is near the current page; `url` gives the address of a page."""
    near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - current) <= 2]
    numbers: list[dict[str, Any]] = []
    for number in near:
        if numbers and number - numbers[-1]["number"] > 1:
            numbers.append({"number": None})
        numbers.append({"number": number, "url": url(number), "current": number == current})
    return {
        "previous_url": url(current - 1) if current > 1 else "",
        "next_url": url(current + 1) if current < last else "",
        "numbers": numbers,
    }
