"""Building the cube, day by day."""

import logging
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import FigureBuild, Origin
from registry.services import locks
from registry.services.figures import counting, packing

log = logging.getLogger(__name__)

# How far back days are counted that never were: each of the last, and the last of each month.
DAYS_BACK: Final = 31
MONTHS_BACK: Final = 24


@transaction.atomic
def build(day: date, *, by: Actor) -> FigureBuild:
    """Count a day from the records. The last version when it still holds, else a new one (recorded in the audit).

    Set-based: memory does not grow with the people counted.
    """
    with connection.cursor() as cursor:
        locks.building_figures(cursor)
        seen = counting.open_since(cursor)
        loads_to = Origin.objects.aggregate(last=Max("loaded_at"))["last"]
        counting.count(cursor, day)
        people = packing.pack(cursor)
        last = FigureBuild.objects.filter(day=day).order_by("-version").first()
        if last is not None and not packing.differences(cursor, day, last.pk):
            told = {"loads_to": loads_to, "open_since": seen, "definition": counting.DEFINITION}
            FigureBuild.objects.filter(pk=last.pk).update(**told)
            return last
        made = FigureBuild.objects.create(
            day=day, version=last.version + 1 if last else 1, loads_to=loads_to, people=people, open_since=seen,
            definition=counting.DEFINITION,
        )  # fmt: skip
        packing.write(cursor, day, made.pk)
    detail = {"day": f"{day:%Y-%m-%d}", "version": made.version, "people": people}
    recorder.record_with(Event(kind=Kind.FIGURES_BUILT, actor=by, detail=detail))
    return made


def build_due(*, by: Actor, seconds: float) -> bool:
    """Count the days that are due, the newest first, for so many seconds; whether none is left.

    Each day's count is a transaction of its own: what is interrupted waits for the next call.
    """
    until = time.monotonic() + seconds
    for day in due(timezone.localdate()):
        if time.monotonic() >= until:
            return False
        made = build(day, by=by)
        log.info("figures of %s: version %d", day, made.version)
    return True


def due(today: date) -> Iterator[date]:
    """Today and yesterday when a load came since they were counted; days and months' ends never counted."""
    loaded = Origin.objects.aggregate(last=Max("loaded_at"))["last"]
    if loaded is None:
        return
    counted = dict(FigureBuild.objects.values_list("day").annotate(Max("loads_to")))
    for day in (today, today - timedelta(days=1)):
        if (seen := counted.get(day)) is None or seen < loaded:
            yield day
    yield from (day for day in _wanted(today) if day not in counted)


def _wanted(today: date) -> Iterator[date]:
    yield from (today - timedelta(days=back) for back in range(2, DAYS_BACK))
    end = today.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS_BACK):
        if end <= today - timedelta(days=DAYS_BACK):
            yield end
        end = end.replace(day=1) - timedelta(days=1)
