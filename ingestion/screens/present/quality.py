"""The measures of quality as their pages print them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from ingestion.models import DelaySpan, FieldQuality, ViewQuality
from ingestion.quality.scores import Dimension, field_weight, share, view_weight
from ingestion.screens.present.advice import advice
from ingestion.screens.present.sparkline import draw
from ingestion.selectors.quality import DayScores
from registry.models import Origin
from senappen.lib.wording import count, day, lasting, moment, thousands

LABELS: Final = {
    Dimension.COMPLETENESS: ("Completude", "o que se espera preenchido está"),
    Dimension.VALIDITY: ("Validade", "o que veio segue o contrato"),
    Dimension.TIMELINESS: ("Tempestividade", "o que mudou chegou no prazo"),
    Dimension.CONSISTENCY: ("Consistência", "o que veio não se contradiz"),
}
OF_FIELDS: Final = (Dimension.COMPLETENESS, Dimension.VALIDITY, Dimension.CONSISTENCY)
GOOD, FAIR = 0.95, 0.8
# Below half a percentage point between two measures there is no trend to tell.
STEADY: Final = 0.005
HOUR, DAY = 3600, 86400


def measured(measures: Sequence[ViewQuality]) -> dict[str, str] | None:
    """When the newest count was made, and over how much; None before the first."""
    if not measures:
        return None
    rows = sum(one.rows for one in measures)
    at = max(one.measured_at for one in measures)
    return {
        "at": moment(timezone.localtime(at)),
        "rows": thousands(rows),
        "views": count(len(measures), "visão", "visões"),
    }


def dimensions(trend: Sequence[DayScores]) -> list[dict[str, Any]]:
    """The strip of the four scores, each with its line and the table that says the same."""
    return [_dimension(dimension, [(one.day, one.scores[dimension]) for one in trend]) for dimension in Dimension]


def narrowed(measures: Iterable[ViewQuality], view: str) -> list[ViewQuality]:
    """The measures of one view, or all of them."""
    return [one for one in measures if not view or one.view == view]


def fields(code: str, measures: Iterable[ViewQuality], by: str) -> tuple[list[dict[str, Any]], str]:
    """The fields with something to correct, the worst first, and how many have nothing.

    By one dimension, or by all of them, weighed as in the scores.
    """
    chosen = [Dimension(by)] if by else list(OF_FIELDS)
    lines, sound = [], 0
    for measure in measures:
        for field in measure.fields.all():
            shares = {dimension: share(field, dimension) for dimension in OF_FIELDS}
            lost = sum(1 - value for value in map(shares.get, chosen) if value is not None)
            weight = field_weight(measure.view, field.field) * view_weight(measure.view)
            if lost:
                lines.append((weight * lost, measure, field, shares))
            else:
                sound += 1
    lines.sort(key=lambda line: line[0], reverse=True)
    worst = [_field(code, measure, field, shares) for _, measure, field, shares in lines]
    return worst, count(sound, "campo", "campos") if sound else ""


def delays(measures: Iterable[ViewQuality]) -> list[dict[str, Any]]:
    """How late the rows of each view came."""
    order = list(DelaySpan)
    return [
        {
            "view": measure.view,
            "span": DelaySpan(one.span).label,
            "rows": one.rows,
            "mean": _span(one.mean),
            "p95": _span(one.p95),
            "on_time": percent(one.on_time / one.rows),
        }
        for measure in measures
        for one in sorted(measure.delays.all(), key=lambda one: order.index(DelaySpan(one.span)))
    ]


def origins(given: Iterable[tuple[Origin, DayScores | None]]) -> list[dict[str, Any]]:
    """Every state with its scores side by side."""
    return [
        {
            "code": origin.code,
            "name": origin.name,
            "url": reverse("ingestion:quality", args=[origin.code]),
            "day": day(last.day) if last else "",
            "cells": [_cell(LABELS[dimension][0], last.scores[dimension] if last else None) for dimension in Dimension],
        }
        for origin, last in given
    ]


def percent(value: float) -> str:
    """`0.9981` → `99,8%`; only what is whole is called so."""
    shown = min(round(100 * value, 1), 99.9) if value < 1 else 100
    return f"{shown:.1f}%".replace(".", ",") if shown < 100 else "100%"


def _dimension(dimension: Dimension, points: list[tuple[Any, float | None]]) -> dict[str, Any]:
    label, meaning = LABELS[dimension]
    known = [(when, value) for when, value in points if value is not None]
    return {
        **_cell(label, points[-1][1] if points else None),
        "meaning": meaning,
        "trend": _trend(known),
        "line": draw(points),
        "points": [{"day": day(when), "value": percent(value)} for when, value in reversed(known)],
    }


def _trend(known: Sequence[tuple[Any, float]]) -> str:
    if len(known) < 2:
        return ""
    change = known[-1][1] - known[0][1]
    since = f"desde {day(known[0][0])}"
    if abs(change) < STEADY:
        return f"estável {since}"
    points = f"{abs(100 * change):.1f}".replace(".", ",")
    return f"{'subiu' if change > 0 else 'caiu'} {points} p.p. {since}"


def _cell(label: str, value: float | None) -> dict[str, Any]:
    """A share as text and as a bar."""
    if value is None:
        return {"label": label, "text": "—", "width": None, "tone": ""}
    tone = "high" if value >= GOOD else "middle" if value >= FAIR else "over"
    return {"label": label, "text": percent(value), "width": round(100 * value, 1), "tone": tone}


def _field(
    code: str, measure: ViewQuality, field: FieldQuality, shares: dict[Dimension, float | None]
) -> dict[str, Any]:
    quarantine = reverse("ingestion:quarantine", args=[code])
    refused = field.missing + field.rejected
    return {
        "view": measure.view,
        "field": field.field,
        "rows": measure.rows,
        "cells": [_cell(LABELS[dimension][0], shares[dimension]) for dimension in OF_FIELDS],
        "advice": advice(field),
        "refused": refused,
        "quarantine": f"{quarantine}?{urlencode({'visao': measure.view, 'campo': field.field})}" if refused else "",
        "codes": reverse("ingestion:codes", args=[code]) if field.uncoded else "",
    }


def _span(seconds: float) -> str:
    if seconds >= 2 * DAY:
        return lasting(round(seconds / DAY))
    if seconds >= HOUR:
        return f"{seconds / HOUR:.1f} h".replace(".", ",")
    return count(round(seconds / 60), "minuto", "minutos")
