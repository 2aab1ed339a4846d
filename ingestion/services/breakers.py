"""When a source that failed is tried again, so that neither it nor our account there suffers for it."""

from datetime import datetime, timedelta

from django.db.models import Q, Sum

from audit import recorder
from audit.events import Actor, Event, Kind, system
from ingestion import clock
from ingestion.models import Breaker, BreakerState, Load, LoadView, Source, ViewState
from ingestion.problems import INTERNAL, EntryRefused, SourceProblem
from ingestion.schedule import part
from registry.models import Halt
from registry.services import origins

FIRST_RETRY = timedelta(minutes=2)
LONGEST_RETRY = timedelta(hours=6)
# Passing problems in a row, without a row read between them, after which the source is left alone.
PATIENCE = 5
FIRST_PROBE = timedelta(minutes=15)
LONGEST_PROBE = timedelta(hours=6)
ACTOR = "ingestion.breaker"
# A published view counts for more batches than any view has.
PUBLISHED_VIEW = 1 << 40


def after_stop(load: Load, error: Exception, reference: str) -> None:
    """Decide, in the transaction that writes a load's stop down, when the source is tried again.

    A load that has moved since its last stop begins counting anew: a line that is cut every hour still brings it home.
    """
    now, progress = clock.now(), _progress(load)
    moved = progress > load.progress_at_stop
    failures = 1 if moved else load.failures + 1
    retry_at: datetime | None = now + wait(FIRST_RETRY, LONGEST_RETRY, failures - 1, load.pk)
    breaker = Breaker.objects.select_for_update().filter(source=load.source_id).first()
    trial = breaker is not None and breaker.state != BreakerState.CLOSED and not moved
    lasting = isinstance(error, SourceProblem) and not error.passing
    if lasting or trial or failures >= PATIENCE:
        retry_at = _open(load.source, breaker, error, reference, now)
    elif breaker is not None:
        close(load.source_id)
    Load.objects.filter(pk=load.pk).update(failures=failures, progress_at_stop=progress, retry_at=retry_at)


def close(source_id: int) -> None:
    """The source answers again, or a person changed what stood in the way."""
    standing = Breaker.objects.filter(source=source_id).exclude(state=BreakerState.CLOSED)
    standing.update(state=BreakerState.CLOSED, cause="", reference="", opened_at=None, probe_at=None, probes=0)


def try_once(source_id: int) -> None:
    """Let the next attempt decide: a person asked for it, or a probe got through."""
    Breaker.objects.filter(source=source_id, state=BreakerState.OPEN).update(state=BreakerState.HALF_OPEN)
    Load.objects.filter(source=source_id).exclude(retry_at=None).update(retry_at=None, asked_at=None)


def after_probe(source: Source, error: Exception | None, reference: str) -> None:
    """What a probe found."""
    # In the order of `loads.start`, which a person may press just now.
    Source.objects.select_for_update(of=("self",), no_key=True).get(pk=source.pk)
    breaker = Breaker.objects.select_for_update().get(source=source)
    if breaker.state != BreakerState.OPEN:
        return
    if error is None:
        try_once(source.pk)
        return
    retry_at = _open(source, breaker, error, reference, clock.now())
    Load.objects.filter(source=source).exclude(retry_at=None).update(retry_at=retry_at)


def holds(source_id: int) -> bool:
    """Whether nobody may work on the source now."""
    return Breaker.objects.filter(source=source_id, state=BreakerState.OPEN).exists()


def to_probe(now: datetime) -> list[int]:
    """Sources whose next probe is due. One set further ahead than ever was set before a clock went back."""
    due = Q(probe_at__lte=now) | Q(probe_at__gt=now + 2 * LONGEST_PROBE)
    probed = Breaker.objects.filter(due, state=BreakerState.OPEN, source__enabled=True)
    return list(probed.values_list("source_id", flat=True))


def wait(first: timedelta, longest: timedelta, times: int, *key: object) -> timedelta:
    """Twice as long each time, up to a limit, and up to a quarter more so that 27 sources do not come back at once."""
    base = min(first * int(2 ** min(times, 20)), longest)
    return base + timedelta(seconds=part(int(base.total_seconds()) // 4, *key, times))


def _open(source: Source, breaker: Breaker | None, error: Exception, reference: str, now: datetime) -> datetime | None:
    breaker = breaker or Breaker(source=source)
    first = breaker.state == BreakerState.CLOSED
    breaker.probes = 0 if first else breaker.probes + 1
    breaker.opened_at = now if first else breaker.opened_at
    breaker.state = BreakerState.OPEN
    breaker.cause = error.cause if isinstance(error, SourceProblem) else INTERNAL
    breaker.reference = reference
    by_hand = isinstance(error, EntryRefused)
    breaker.probe_at = None if by_hand else now + wait(FIRST_PROBE, LONGEST_PROBE, breaker.probes, source.pk)
    breaker.save()
    origins.tell_halt(source.origin_id, Halt.STOPPED)
    if first:
        _record(source, system(ACTOR), {"reference": reference, "by_hand": by_hand})
    return breaker.probe_at


def _progress(load: Load) -> int:
    """Grows with every batch committed and every view published."""
    views = LoadView.objects.filter(load=load)
    batches = views.aggregate(batches=Sum("batch"))["batches"] or 0
    return int(batches) + PUBLISHED_VIEW * views.filter(state=ViewState.PUBLISHED).count()


def _record(source: Source, by: Actor, detail: dict[str, object]) -> None:
    known = {"source": source.pk, "origin": source.origin.code}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action="breaker.open", detail={**known, **detail}))
