"""Asking for loads, and knowing which are due."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import Q
from kombu.exceptions import OperationalError

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion import clock, schedule
from ingestion.contract import LOAD_ORDER
from ingestion.lanes import lane
from ingestion.mapping.reading import read
from ingestion.models import BreakerState, Load, LoadKind, LoadStatus, LoadView, RemovalAnswer, Source, ViewState
from ingestion.models.load import ASKING, UNFINISHED
from ingestion.services import breakers
from ingestion.services.refusals import NO_MAPPING, LoadRefused, why_not

logger = logging.getLogger("ingestion")

TASK = "ingestion.load_source"
# A worker that was asked and did not answer within this is asked again: the message may be lost.
ASK_AGAIN = timedelta(minutes=10)


@transaction.atomic
def start(*, source: Source, by: Actor, kind: LoadKind = LoadKind.INCREMENTAL, enqueued: bool = True) -> Load:
    """The source's unfinished load, or a new one; a worker is asked to go on with it once this is committed.

    An unfinished load is tried at once, whatever it waited for: an open breaker lets this attempt decide. It becomes
    a reconciliation only while nobody has begun it: look at the `kind` that is returned. With `enqueued=False` the
    caller works on it. Raises LoadRefused (a ValueError), in pt-BR.
    """
    # Without its key: a worker that holds the load may have to refer to the source, and would wait for us.
    sources = Source.objects.select_for_update(of=("self",), no_key=True).select_related("origin", "mapping")
    locked = sources.get(pk=source.pk)
    if refusal := why_not(locked, clock.now()):
        raise LoadRefused(refusal)
    load = Load.objects.filter(source=locked, status__in=UNFINISHED).first()
    if load is None:
        load = _open(locked, by, kind)
    else:
        # One that a worker has in hand waits for nothing, and nobody waits for that worker.
        Load.objects.filter(pk=load.pk).exclude(retry_at=None, asked_at=None).update(retry_at=None, asked_at=None)
        _raise_kind(load, kind)
    breakers.try_once(locked.pk)
    if enqueued:
        transaction.on_commit(lambda: enqueue(locked.pk))
    return load


@transaction.atomic
def answer_removals(*, load: Load, view: str, approve: bool, by: Actor, enqueued: bool = True) -> None:
    """Let a view's removals through, or refuse them; the load goes on either way.

    Refused ones stay in the base and in quarantine as refused, and are asked about again if the state still says so
    at its next reading. Raises ValueError, in pt-BR, when the view awaits no answer (any more).
    """
    locked = Load.objects.select_for_update(of=("self",)).select_related("source__origin").get(pk=load.pk)
    asking = LoadView.objects.filter(load=locked, view=view, state__in=ASKING).first()
    if asking is None or locked.status != LoadStatus.STOPPED:
        raise ValueError(f"A carga {load.pk} não espera resposta sobre exclusões de {view}.")
    asking.state = ViewState.EXTRACTED if asking.state == ViewState.ASKING else ViewState.LISTING
    asking.answer = RemovalAnswer.APPROVED if approve else RemovalAnswer.REFUSED
    asking.answered_by, asking.answered_at = by.username, clock.now()
    asking.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    detail = {
        "load": locked.pk,
        "origin": locked.source.origin.code,
        "view": view,
        "removals": asking.asked_count,
        "of": asking.asked_of,
        "answer": asking.answer,
    }
    recorder.record_with(Event(kind=Kind.REMOVALS_ANSWERED, actor=by, action="load.answer_removals", detail=detail))
    if enqueued:
        transaction.on_commit(lambda: enqueue(locked.source_id))


def enqueue(source_id: int) -> None:
    """Ask a worker for the source's unfinished load. Asking twice is harmless; without Redis, the next minute asks.

    While a worker is writing it, nobody is asked: publishing a view may take longer than a minute, and the other
    sources would wait with whoever asked.
    """
    load = unfinished(source_id)
    if load is None or not _mark_asked(load):
        return
    queue, priority = lane(load)
    try:
        current_app.send_task(TASK, args=[source_id], queue=queue, priority=priority)
    except OperationalError:
        logger.warning("load %s: the queue does not answer", load.pk)
        answered(load)


@transaction.atomic
def _mark_asked(load: Load) -> bool:
    """Note that a worker is asked; False while somebody has the load in a transaction."""
    free = Load.objects.select_for_update(skip_locked=True).filter(pk=load.pk)
    return Load.objects.filter(pk__in=[one.pk for one in free]).update(asked_at=clock.now()) > 0


def answered(load: Load) -> None:
    """A worker has the message in hand: should it die, the next minute asks another."""
    Load.objects.filter(pk=load.pk).update(asked_at=None)


def unfinished(source_id: int) -> Load | None:
    """The load a worker should go on with."""
    return Load.objects.select_related("source__origin").filter(source_id=source_id, status__in=UNFINISHED).first()


def due(now: datetime) -> Iterator[Source]:
    """Sources whose time for a new load has come, that may load and have no unfinished one."""
    idle = Source.objects.select_related("origin").filter(enabled=True).exclude(loads__status__in=UNFINISHED)
    for source in idle:
        if schedule.is_due(source, last_asked(source), now) and not why_not(source, now):
            yield source


def kind_due(source: Source, now: datetime) -> LoadKind:
    """A full comparison of keys once a week, from the source's weekday on; else what came since the last load.

    The first load reads everything as it is.
    """
    mark = schedule.weekly_mark(source, now)
    asked = Load.objects.filter(source=source).order_by("-id")
    whole = asked.filter(kind=LoadKind.RECONCILIATION).first() or asked.last()
    if mark is None or whole is None or (clock.believable(whole.created_at, now) or mark) >= mark:
        return LoadKind.INCREMENTAL
    return LoadKind.RECONCILIATION


def last_asked(source: Source) -> datetime | None:
    """When the source's latest load was asked for."""
    last = Load.objects.filter(source=source).order_by("-id").first()
    return last.created_at if last else None


def waiting(now: datetime) -> list[int]:
    """Sources with an unfinished load that a worker may take up: queued, abandoned, or stopped long enough ago.

    A load that asks waits for its answer. What is dated further ahead than it ever is was dated before a clock went
    back, and waits no longer.
    """
    resting = Q(retry_at__gt=now, retry_at__lte=now + 2 * breakers.LONGEST_RETRY)
    asked = Q(asked_at__gt=now - ASK_AGAIN, asked_at__lte=now + clock.TOLERANCE)
    loads = Load.objects.filter(status__in=UNFINISHED, source__enabled=True).exclude(resting).exclude(asked)
    loads = loads.exclude(status=LoadStatus.STOPPED, views__state__in=ASKING)
    return list(loads.exclude(source__breaker__state=BreakerState.OPEN).values_list("source_id", flat=True))


def _raise_kind(load: Load, kind: LoadKind) -> None:
    if kind == LoadKind.RECONCILIATION and load.epoch == 0:
        load.kind = kind
        load.save(update_fields=["kind"])


def _open(source: Source, by: Actor, kind: LoadKind) -> Load:
    if source.mapping is None:
        raise LoadRefused(NO_MAPPING)
    mapped = read(source.mapping.text).views
    load = Load.objects.create(source=source, kind=kind, requested_by=by.username)
    views = [name for name in LOAD_ORDER if name in mapped]
    LoadView.objects.bulk_create(LoadView(load=load, view=name, order=order) for order, name in enumerate(views))
    detail = {"load": load.pk, "origin": source.origin.code, "rule": source.rule, "kind": str(kind)}
    recorder.record_with(Event(kind=Kind.LOAD_STARTED, actor=by, action="load", detail=detail))
    return load
