"""What beat and the workers run. Thin and idempotent: running one twice, or twice at once, is harmless."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from celery import current_app, shared_task

from audit.events import system
from ingestion import clock
from ingestion.lanes import LONG, SHORT
from ingestion.models import Source
from ingestion.pipeline.probe import run_probe
from ingestion.pipeline.run import run
from ingestion.services import agreements, alerts, breakers, heartbeats, loads, quality, references, rereading, schemas
from ingestion.services.refusals import why_not

logger = logging.getLogger("ingestion")

PROBE = "ingestion.probe_source"
Item = TypeVar("Item")
# Loads wait while the mirror is read again: it takes turns with them.
TURN_SECONDS = 120
BUSY_SECONDS = 60


@shared_task(name="ingestion.start_due_loads")
def start_due_loads() -> None:
    """Every minute: open the loads whose time has come, call workers for the unfinished, probe the cut off."""
    now, by = clock.now(), system("ingestion.start_due_loads")
    heartbeats.tell(heartbeats.CLOCK, now)
    _each(loads.due(now), lambda source: loads.start(source=source, by=by, kind=loads.kind_due(source, now)))
    _each(loads.waiting(now), loads.enqueue)
    _each(breakers.to_probe(now), lambda source: current_app.send_task(PROBE, args=[source], queue=SHORT))


@shared_task(name=loads.TASK)
def load_source(source_id: int) -> None:
    """Go on with the source's unfinished load, if there is one, it may run and no other worker has it."""
    load = loads.unfinished(source_id)
    if load is None:
        return
    loads.answered(load)
    if not breakers.holds(source_id) and not why_not(load.source, clock.now()):
        run(load)


@shared_task(name="ingestion.note_schemas")
def note_schemas() -> None:
    """Every day: note what the views look like of each source that may load. One out of reach waits for tomorrow."""
    now, by = clock.now(), system("ingestion.note_schemas")
    enabled = Source.objects.select_related("origin", "mapping").filter(enabled=True)
    open_to_us = (source for source in enabled if not breakers.holds(source.pk) and not why_not(source, now))
    _each(open_to_us, lambda source: schemas.look(source=source, by=by))


@shared_task(name="ingestion.measure_due_quality")
def measure_due_quality() -> None:
    """Every quarter of an hour: have those origins measured that finished a load and were not measured today."""
    _each(quality.due(clock.now()), lambda origin: current_app.send_task(quality.TASK, args=[origin.pk], queue=LONG))


@shared_task(name=quality.TASK)
def measure_quality(origin_id: int) -> None:
    """Measure one origin, unless it was measured since somebody asked."""
    _each((one for one in quality.due(clock.now()) if one.pk == origin_id), quality.measure)


@shared_task(name=PROBE)
def probe_source(source_id: int) -> None:
    """Try the door of a source whose breaker is open; behind an open one its load goes on."""
    if run_probe(source_id):
        loads.enqueue(source_id)


@shared_task(name="ingestion.check_alerts")
def check_alerts() -> None:
    """Every minute: who is alive, what is wrong, and an e-mail to those who answer for it."""
    heartbeats.ask_workers(clock.now())
    alerts.evaluate(clock.now())
    alerts.notify()


@shared_task(name="ingestion.close_ended_agreements")
def close_ended_agreements() -> None:
    """Every hour: agreements whose term is over stop, and give up their credentials (requirement B9)."""
    agreements.close_ended(now=clock.now(), by=system("ingestion.close_ended_agreements"))


@shared_task(name="ingestion.check_references")
def check_references() -> None:
    """Every hour, on the queue of long work: the references that were not checked for a day."""
    references.check(clock.now())


@shared_task(name=rereading.TASK)
def reread_mirror(origin_id: int) -> None:
    """One turn of the origin's rereadings, a call for the next, and in the end a load that publishes the outcome."""
    by = system(rereading.TASK)
    try:
        finished = rereading.work(origin_id, by=by, seconds=TURN_SECONDS)
    except rereading.SourceBusy:
        current_app.send_task(rereading.TASK, args=[origin_id], countdown=BUSY_SECONDS, queue=LONG)
        return
    if not finished:
        current_app.send_task(rereading.TASK, args=[origin_id], queue=LONG)
        return
    source = Source.objects.select_related("origin").filter(origin_id=origin_id, enabled=True).first()
    if source and not why_not(source, clock.now()):
        loads.start(source=source, by=by)


def _each(items: Iterable[Item], work: Callable[[Item], object]) -> None:
    """One source's trouble is not another's."""
    for item in items:
        try:
            work(item)
        except Exception as error:  # noqa: BLE001 whatever it is, the next source has its turn
            logger.error("%s: %s", item, type(error).__name__)
