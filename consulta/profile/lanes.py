"""The geometry of the lanes: a custody history drawn as one horizontal lane for each state.

Pure: dates in, numbers for templates/components/lanes.html out. Lengths are SVG user units.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WIDTH = 260
LEFT = 30  # room for the state's code
BAR_HEIGHT = 14
ROW_HEIGHT = 21
AXIS_HEIGHT = 16
SHORTEST = 2.0  # a stay of one day must still be seen
MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Stay:
    """One uninterrupted stay in the custody of a state; `end` is None while it lasts."""

    state: str
    start: date
    end: date | None
    title: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A day worth a vertical line across all lanes (an escape, a death)."""

    on: date
    title: str


@dataclass(frozen=True, slots=True)
class Span:
    """A time worth a band across all lanes; `tone` names its colour."""

    start: date
    end: date
    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """A day worth a dot on one lane."""

    state: str
    on: date
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    y: int
    text_y: int
    periods: list[Bar]
    dots: list[Mark]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """Everything the template draws."""

    label: str
    rows: list[Row]
    ticks: list[Tick]
    marks: list[Mark]
    bands: list[Bar]
    height: int
    axis_y: int
    width: int = WIDTH
    left: int = LEFT
    bar_height: int = BAR_HEIGHT

    @property
    def track_width(self) -> int:
        return self.width - self.left


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    width: int

    def x(self, day: date) -> float:
        span = max(1, (self.last - self.first).days)
        share = min(1.0, max(0.0, (day - self.first).days / span))
        return round(LEFT + share * (self.width - LEFT), 1)


def draw(
    stays: Iterable[Stay],
    *,
    events: Iterable[Event] = (),
    spans: Iterable[Span] = (),
    steps: Iterable[Step] = (),
    today: date,
    width: int = WIDTH,
) -> Lanes | None:
    """Lay the stays out, states in order of first stay. None when there is nothing to draw."""
    ordered = sorted(stays, key=lambda stay: stay.start)
    if not ordered:
        return None
    dots = sorted(steps, key=lambda step: step.on)
    first = min([ordered[0].start, *(step.on for step in dots)])
    scale = _Scale(first=first, last=max([today, *(stay.end or today for stay in ordered)]), width=width)
    states = list(dict.fromkeys(stay.state for stay in ordered))
    rows = [_row(state, index, ordered, dots, scale) for index, state in enumerate(states)]
    axis_y = len(rows) * ROW_HEIGHT
    return Lanes(
        label=f"Períodos sob custódia por UF, de {scale.first.year} a {scale.last.year}: {', '.join(states)}. "
        "A lista a seguir traz os mesmos dados.",
        rows=rows,
        ticks=_ticks(scale),
        marks=[Mark(scale.x(event.on), event.title) for event in events],
        bands=[_band(span, scale) for span in spans],
        height=axis_y + AXIS_HEIGHT,
        axis_y=axis_y,
        width=width,
    )


def _row(state: str, index: int, stays: list[Stay], steps: list[Step], scale: _Scale) -> Row:
    y = index * ROW_HEIGHT
    bars = [_bar(stay, scale) for stay in stays if stay.state == state]
    dots = [Mark(scale.x(step.on), step.title) for step in steps if step.state == state]
    return Row(label=state, y=y, text_y=y + BAR_HEIGHT - 3, periods=bars, dots=dots)


def _band(span: Span, scale: _Scale) -> Bar:
    x = scale.x(span.start)
    return Bar(x=x, width=max(SHORTEST, round(scale.x(span.end) - x, 1)), tone=span.tone, title=span.title)


def _bar(stay: Stay, scale: _Scale) -> Bar:
    width = max(SHORTEST, round(scale.x(stay.end or scale.last) - scale.x(stay.start), 1))
    x = min(scale.x(stay.start), scale.width - width)
    tone = "doubtful" if stay.doubtful else "current" if stay.end is None else ""
    return Bar(x=x, width=width, tone=tone, title=stay.title)


def _ticks(scale: _Scale) -> list[Tick]:
    """Years on the axis: as many whole years as fit without touching each other."""
    first, last = scale.first.year, scale.last.year
    step = max(1, -(-(last - first) // MOST_TICKS))
    years = [year for year in range(first + 1, last + 1) if (last - year) % step == 0]
    ticks = [Tick(scale.x(date(year, 1, 1)), str(year)) for year in years]
    # A label is 26 units wide and centred: near the right edge it would be cut.
    return [tick for tick in ticks if LEFT + 13 <= tick.x <= scale.width - 13]
