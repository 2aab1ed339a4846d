"""Geometry of the charts, drawn by the server as SVG. Each has its numbers beside or in it: none needs its colours."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from registry.selectors.figures.places import Point
from registry.selectors.figures.tables import Table
from senappen.lib.wording import day, thousands

# Upper bounds of occupancy on the map, per cent; the last class has none.
CLASSES: Final = (80, 100, 130, 160)
CLASS_WORDS: Final = ("até 80%", "81 a 100%", "101 a 130%", "131 a 160%", "acima de 160%")
WIDTH, HEIGHT, ROW = 720, 240, 26
HALF: Final = 250


@cache
def outlines() -> tuple[str, dict[str, str]]:
    """View box and the outline of each state (@svg-maps/brazil, by Victor Cazanave, CC BY 4.0)."""
    found = json.loads((Path(settings.STATICFILES_DIRS[0]) / "vendor" / "maps" / "brazil.json").read_bytes())
    return found["viewBox"], found["states"]


def brazil(occupancy: Mapping[str, int | None], links: Mapping[str, str]) -> dict[str, Any]:
    """The map: each state's outline, its class of occupancy from 1 (0 without data), and what it says aloud."""
    box, states = outlines()
    drawn = []
    for uf, path in sorted(states.items()):
        percent = occupancy.get(uf)
        level = 0 if percent is None else 1 + sum(percent > bound for bound in CLASSES)
        words = f"{uf}: {percent}% de ocupação" if percent is not None else f"{uf}: sem dados"
        drawn.append({"uf": uf, "path": path, "level": level, "words": words, "url": links.get(uf, "")})
    legend = [{"level": at, "words": words} for at, words in enumerate(CLASS_WORDS, start=1)]
    return {"box": box, "states": drawn, "legend": [*legend, {"level": 0, "words": "sem dados"}]}


def pyramid(ages: Table) -> dict[str, Any]:
    """Age by sex, men to the left and women to the right, the oldest on top; a count left out has no bar."""
    most = max((n for line in ages.lines for n in (line.men, line.women) if n), default=1)
    rows = []
    for at, line in enumerate(reversed(ages.lines)):
        men, women = (round(HALF * (n or 0) / most) for n in (line.men, line.women))
        rows.append({
            "y": at * ROW, "text_y": at * ROW + 15, "label": line.category.text, "men": men, "women": women,
            "men_x": HALF + 60 - men, "men_text": number(line.men), "women_text": number(line.women),
            "men_text_x": HALF + 54 - men, "women_text_x": HALF + 196 + women,
        })  # fmt: skip
    return {"rows": rows, "height": ROW * len(rows) + 4, "width": 2 * HALF + 250, "middle": HALF + 125}


def line(points: Sequence[Point]) -> dict[str, Any] | None:
    """People (whole line) and places (dashed) over time, from zero; None for fewer than two days."""
    if len(points) < 2:
        return None
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()
    most = max(max(p.people, p.places) for p in points) or 1

    def drawn(values: Sequence[int]) -> str:
        return " ".join(
            f"{60 + (WIDTH - 130) * (p.day.toordinal() - first) / (last - first):.1f},"
            f"{HEIGHT - 30 - (HEIGHT - 60) * value / most:.1f}"
            for p, value in zip(points, values, strict=True)
        )

    end = points[-1]
    heights = {
        name: HEIGHT - 26 - (HEIGHT - 60) * n / most for name, n in (("people", end.people), ("places", end.places))
    }
    if abs(heights["people"] - heights["places"]) < 14:  # words that would lie on each other
        heights["places"] = heights["people"] + 14
    return {
        "people": drawn([p.people for p in points]), "places": drawn([p.places for p in points]),
        "people_y": round(heights["people"]), "places_y": round(heights["places"]), "most": thousands(most),
        "first": day(points[0].day), "last": day(end.day), "width": WIDTH, "height": HEIGHT,
        "base": HEIGHT - 30, "right": WIDTH - 70, "text_x": WIDTH - 64, "label_y": HEIGHT - 10,
    }  # fmt: skip


def number(n: int | None) -> str:
    """A count in words; a count left out is a dot."""
    return "•" if n is None else thousands(n)
