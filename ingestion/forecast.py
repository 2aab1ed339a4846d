"""What a load will take, by what the last ones like it took."""

from datetime import timedelta
from statistics import median

from django.db.models import Sum

from ingestion.models import Load, LoadStatus

# Loads looked back at; the median of so few forgets an odd day and follows a change within a week.
RECENT = 5


def _alike(load: Load) -> list[Load]:
    """The last finished loads of the same kind and source, but for its first, which read everything."""
    finished = Load.objects.filter(source=load.source_id, status=LoadStatus.FINISHED)
    first = finished.order_by("id").values("id")[:1]
    return list(finished.filter(kind=load.kind).exclude(pk__in=first).exclude(pk=load.pk).order_by("-id")[:RECENT])


def is_first(load: Load) -> bool:
    """Whether the source never finished a load before this one."""
    return not Load.objects.filter(source=load.source_id, status=LoadStatus.FINISHED, pk__lt=load.pk).exists()


def duration(load: Load) -> timedelta | None:
    """How long it should run, None where no other tells."""
    spans = [
        (past.finished_at - past.started_at).total_seconds()
        for past in _alike(load)
        if past.finished_at and past.started_at
    ]
    return timedelta(seconds=max(median(spans), 0)) if spans else None


def rows(load: Load) -> int | None:
    """How many rows it should read, None where no other tells."""
    if is_first(load):
        return None
    past = [load.pk for load in _alike(load)]
    read = Load.objects.filter(pk__in=past).order_by().annotate(read=Sum("views__read_count"))
    counts = [row.read for row in read if row.read is not None]
    return int(median(counts)) if counts else None
