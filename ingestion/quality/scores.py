"""The formulas of docs/operacao/qualidade.md: shares of a field, scores of a view, scores of an origin."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from ingestion.contract import VIEWS
from ingestion.models import DelayQuality, FieldQuality, ViewQuality
from registry.selectors.quality import Fault


class Dimension(StrEnum):
    """Four of the characteristics of ISO/IEC 25012."""

    COMPLETENESS = "completeness"
    VALIDITY = "validity"
    TIMELINESS = "timeliness"
    CONSISTENCY = "consistency"


# A value with one of these is wrong by itself; with any other fault it contradicts another value.
INVALID: Final = frozenset({Fault.UNREADABLE, Fault.BIRTH, Fault.FUTURE})
# What a person is recognised by, though the contract lets some of it be empty.
IDENTIFYING: Final = frozenset({"nome", "nome_mae", "dt_nascimento", "cpf", "rji", "npu", "numero"})
FIELD_WEIGHT, HEAVY_FIELD_WEIGHT = 1, 3
# Who is imprisoned, where, and since when: the purpose of the base.
HEAVY_VIEWS: Final = frozenset({"vw_preso", "vw_preso_documento", "vw_custodia", "vw_movimentacao"})
VIEW_WEIGHT, HEAVY_VIEW_WEIGHT = 1, 3


def field_weight(view: str, field: str) -> int:
    """Three for what the contract requires or a person is recognised by."""
    known = VIEWS[view].by_name.get(field)
    return HEAVY_FIELD_WEIGHT if field in IDENTIFYING or (known and known.required) else FIELD_WEIGHT


def view_weight(view: str) -> int:
    return HEAVY_VIEW_WEIGHT if view in HEAVY_VIEWS else VIEW_WEIGHT


def share(field: FieldQuality, dimension: Dimension) -> float | None:
    """The part of a field's values that is good, from 0 to 1; None where there is nothing to judge."""
    received = field.informed + field.rejected
    match dimension:
        case Dimension.COMPLETENESS:
            expected = field.expected + field.missing
            # A field that only some rows can have may be informed in others, too.
            return min(field.informed, field.expected) / expected if expected else None
        case Dimension.VALIDITY:
            return _good(field.uncoded + field.invalid + field.rejected, received)
        case Dimension.CONSISTENCY:
            return _good(field.conflicts, field.informed)
        case Dimension.TIMELINESS:
            return None


def rate(measure: ViewQuality, fields: Iterable[FieldQuality], delays: Iterable[DelayQuality]) -> None:
    """Set a view's scores: the mean of its fields' shares by their weights; of its delays, the rows within the term."""
    given = list(fields)
    for dimension in (Dimension.COMPLETENESS, Dimension.VALIDITY, Dimension.CONSISTENCY):
        shares = [(share(one, dimension), field_weight(measure.view, one.field)) for one in given]
        setattr(measure, dimension, mean(shares))
    measure.timeliness = next(
        (delay.on_time / delay.rows for delay in delays if delay.span == "update" and delay.rows), None
    )


def overall(measures: Iterable[ViewQuality], dimension: Dimension) -> float | None:
    """An origin's score: the mean of its views' by their weights."""
    return mean((getattr(one, dimension), view_weight(one.view)) for one in measures)


def mean(shares: Iterable[tuple[float | None, int]]) -> float | None:
    """The weighted mean of what is known."""
    known = [(value, weight) for value, weight in shares if value is not None]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None


def _good(bad: int, of: int) -> float | None:
    # One value may have two faults.
    return max(0.0, 1 - bad / of) if of else None
