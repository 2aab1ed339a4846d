"""Is a build still what the records say of its day?"""

import logging
import secrets
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from registry.models import FigureBuild
from registry.services import locks
from registry.services.figures import counting, packing, since

log = logging.getLogger(__name__)

EVERY: Final = timedelta(days=1)


def check_due(now: datetime) -> list[FigureBuild]:
    """Once a day, check yesterday's last version and that of one earlier day chosen by lot; what was checked.

    A date ahead of the clock was written before it went back, and does not count.
    """
    if FigureBuild.objects.filter(checked_at__gt=now - EVERY, checked_at__lte=now).exists():
        return []
    chosen = _chosen(timezone.localdate(now))
    for made in chosen:
        found = check(made)
        level = logging.WARNING if found else logging.INFO
        log.log(
            level, "figures of %s, version %d: %d rows differ from the records, %d were corrected since",
            made.day, made.version, found, made.corrections,
        )  # fmt: skip
    return chosen


def _chosen(today: date) -> list[FigureBuild]:
    yesterday = today - timedelta(days=1)
    last = FigureBuild.objects.order_by("day", "-version").distinct("day")
    earlier = list(last.filter(day__lt=yesterday))
    return [*last.filter(day=yesterday), *([secrets.choice(earlier)] if earlier else [])]


@transaction.atomic
def check(made: FigureBuild) -> int:
    """Count the day anew and compare: how many rows of the build differ and should not. Kept with it, for the screen.

    Rows of a state of which something was received or decided after the build may differ: those are corrections, and
    building the day again makes a version that agrees. So may every row, if the day was counted in another way then.
    Rows that contradict themselves are wrong whatever came since.
    """
    with connection.cursor() as cursor:
        locks.building_figures(cursor)
        counting.count(cursor, made.day)
        packing.pack(cursor)
        differing = packing.differences(cursor, made.day, made.pk)
        made.differences = packing.broken(cursor, made.day, made.pk)
        may = since.touched(cursor, made.open_since or made.built_at)
    excused = sum(differing.values())
    if made.definition == counting.DEFINITION:
        excused = sum(n for uf, n in differing.items() if uf in may or (uf == "" and may))
    made.differences += sum(differing.values()) - excused
    made.corrections, made.checked_at = excused, timezone.now()
    made.save(update_fields=["differences", "corrections", "checked_at"])
    return made.differences
