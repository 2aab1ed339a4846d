"""The measures of quality as screens read them: the latest, and how the scores moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Max, Prefetch, QuerySet

from ingestion.models import FieldQuality, ViewQuality
from ingestion.quality.scores import Dimension, overall
from registry.models import Origin

# Days that a trend looks back.
TREND = timedelta(days=90)


@dataclass(frozen=True)
class DayScores:
    """An origin's four scores on one day."""

    day: date
    scores: dict[Dimension, float | None]


def latest(origin: Origin) -> list[ViewQuality]:
    """The last day's measure of every view, with fields and delays."""
    fields = Prefetch("fields", queryset=FieldQuality.objects.order_by("pk"))
    return list(_of_last_day(origin).prefetch_related(fields, "delays"))


def trend(origin: Origin) -> list[DayScores]:
    """The scores of the last 90 days that were measured, the oldest first."""
    last = ViewQuality.objects.filter(origin=origin).aggregate(day=Max("day"))["day"]
    if last is None:
        return []
    measures = ViewQuality.objects.filter(origin=origin, day__gt=last - TREND).order_by("day")
    return [DayScores(day, _scores(list(group))) for day, group in groupby(measures, key=lambda one: one.day)]


def of_each(origins: QuerySet[Origin]) -> list[tuple[Origin, DayScores | None]]:
    """Every origin with its last scores; None before its first measure."""
    last = (
        ViewQuality.objects.filter(origin__in=origins)
        .order_by()
        .values("origin")
        .annotate(day=Max("day"))
        .values_list("origin", "day")
    )
    days = dict(last)
    kept: dict[int, list[ViewQuality]] = {}
    for one in ViewQuality.objects.filter(origin__in=days, day__in=set(days.values())):
        if one.day == days[one.origin_id]:
            kept.setdefault(one.origin_id, []).append(one)
    return [
        (origin, DayScores(days[origin.pk], _scores(kept[origin.pk])) if origin.pk in kept else None)
        for origin in origins
    ]


def _of_last_day(origin: Origin) -> QuerySet[ViewQuality]:
    measures = ViewQuality.objects.filter(origin=origin)
    return measures.filter(day=measures.order_by().values("origin").annotate(last=Max("day")).values("last")[:1])


def _scores(measures: Iterable[ViewQuality]) -> dict[Dimension, float | None]:
    given = list(measures)
    return {dimension: overall(given, dimension) for dimension in Dimension}
