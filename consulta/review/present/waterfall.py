"""How the score came about: from the prior, weight by weight, as a drawing and as a table. Pure.

A weight is log2 of how much likelier a coincidence is between records of one person than between strangers'. The
prior is what is left of the score when the weights are taken off: the odds before anything is compared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from consulta.wording import compared
from registry.matching.rules import Reasons

WIDTH: Final = 320
LEFT: Final = 122  # room for the names
RIGHT: Final = 40  # room for the weight in figures
ROW: Final = 18
BAR: Final = 11
_MANY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """One weight: what was compared, how it came out, and the bar from the sum before it to the sum after it."""

    label: str
    outcome: str
    weight: str
    total: str
    tone: str  # for, against, start, end
    x: float
    width: float
    y: int
    text_y: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The drawing; `zero` is where the odds are even."""

    steps: Sequence[Step]
    zero: float
    width: int
    height: int
    left: int
    right: int
    bar: int
    score: str
    odds: str


def waterfall(score: float | None, reasons: Reasons) -> Waterfall | None:
    """None for a pair that no model scored."""
    if score is None:
        return None
    bars = _bars(score, reasons)
    ends = [end for _, before, after, _ in bars for end in (before, after)]
    least = min(0.0, *ends)
    unit = (WIDTH - LEFT - RIGHT) / max(max(0.0, *ends) - least, 1.0)

    def x(value: float) -> float:
        return round(LEFT + (value - least) * unit, 1)

    steps = [_step(bar, index, x) for index, bar in enumerate(bars)]
    return Waterfall(steps, x(0), WIDTH, len(steps) * ROW, LEFT, WIDTH - 2, BAR, _figure(score), _odds(score))


_Bar = tuple[tuple[str, str], float, float, str]  # words, sum before, sum after, tone


def _bars(score: float, reasons: Reasons) -> list[_Bar]:
    weighed = [
        (compared(str(reason["feature"]), str(reason["outcome"])), float(reason["weight"])) for reason in reasons
    ]
    prior = score - sum(weight for _, weight in weighed)
    bars: list[_Bar] = [(("Ponto de partida", "dois registros quaisquer"), 0.0, prior, "start")]
    for words, weight in weighed:
        before = bars[-1][2]
        bars.append((words, before, before + weight, "for" if weight >= 0 else "against"))
    return [*bars, (("Resultado", _odds(score)), 0.0, score, "end")]


def _step(bar: _Bar, index: int, x: Callable[[float], float]) -> Step:
    (label, outcome), before, after, tone = bar
    return Step(
        label=label,
        outcome=outcome,
        weight=_signed(after - before),
        total=_figure(after),
        tone=tone,
        x=min(x(before), x(after)),
        width=max(1.0, round(abs(x(after) - x(before)), 1)),
        y=index * ROW,
        text_y=index * ROW + BAR - 1,
    )


def _odds(score: float) -> str:
    """`256 para 1 a favor`."""
    favour = 2 ** min(abs(score), 40)
    if favour >= _MANY:
        return f"mais de 1 milhão para 1 {'a favor' if score >= 0 else 'contra'}"
    odds = f"{favour:,.0f}".replace(",", ".") if favour >= 10 else _figure(favour)
    return f"{odds} para 1 {'a favor' if score >= 0 else 'contra'}"


def _figure(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").replace("-", "−")


def _signed(value: float) -> str:
    return f"+{_figure(value)}" if value >= 0 else _figure(value)
