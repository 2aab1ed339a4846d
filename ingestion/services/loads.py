"""Asking for loads, and knowing which are due."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from celery import current_app
from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion.contract import LOAD_ORDER
from ingestion.mapping.reading import read
from ingestion.models import Load, LoadKind, LoadStatus, LoadView, RemovalAnswer, Source, ViewState
from ingestion.models.load import ASKING, UNFINISHED

TASK = "ingestion.load_source"
# A message that nobody took within this is dropped; the next minute sends another.
MESSAGE_SECONDS = 55


@transaction.atomic
def start(*, source: Source, by: Actor, kind: LoadKind = LoadKind.INCREMENTAL, enqueued: bool = True) -> Load:
    """The source's unfinished load, or a new one; a worker is asked to go on with it once this is committed.

    An unfinished load becomes a reconciliation only while nobody has begun it: look at the `kind` that is returned.
    With `enqueued=False` the caller works on it. Raises ValueError, in pt-BR, for a source without a mapping.
    """
    locked = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    load = Load.objects.filter(source=locked, status__in=UNFINISHED).first()
    if load is None:
        load = _open(locked, by, kind)
    else:
        Load.objects.filter(pk=load.pk).update(retry_at=None)
        _raise_kind(load, kind)
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
    asking.state = ViewState.EXTRACTED if asking.state == ViewState.ASKING else ViewState.LISTED
    asking.answer = RemovalAnswer.APPROVED if approve else RemovalAnswer.REFUSED
    asking.answered_by, asking.answered_at = by.username, datetime.now(UTC)
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
    """Ask a worker for the source's unfinished load. Asking twice is harmless."""
    current_app.send_task(TASK, args=[source_id], expires=MESSAGE_SECONDS)


def unfinished(source_id: int) -> Load | None:
    """The load a worker should go on with."""
    return Load.objects.select_related("source__origin").filter(source_id=source_id, status__in=UNFINISHED).first()


def due(now: datetime) -> Iterator[Source]:
    """Sources whose time for a new load has come and that have no unfinished one."""
    idle = Source.objects.select_related("origin").filter(enabled=True).exclude(loads__status__in=UNFINISHED)
    for source in idle:
        last = Load.objects.filter(source=source).order_by("-id").first()
        if _due(source, last.created_at if last else None, now):
            yield source


def waiting(now: datetime) -> list[int]:
    """Sources with an unfinished load that a worker may take up: queued, abandoned, or stopped long enough ago.

    A load that asks waits for its answer.
    """
    loads = Load.objects.filter(status__in=UNFINISHED, source__enabled=True).exclude(retry_at__gt=now)
    loads = loads.exclude(status=LoadStatus.STOPPED, views__state__in=ASKING)
    return list(loads.values_list("source_id", flat=True))


def _raise_kind(load: Load, kind: LoadKind) -> None:
    if kind == LoadKind.RECONCILIATION and load.epoch == 0:
        load.kind = kind
        load.save(update_fields=["kind"])


def _open(source: Source, by: Actor, kind: LoadKind) -> Load:
    if source.mapping is None:
        raise ValueError("A fonte não tem mapeamento em uso; envie um antes de carregar.")
    mapped = read(source.mapping.text).views
    load = Load.objects.create(source=source, kind=kind, requested_by=by.username)
    views = [name for name in LOAD_ORDER if name in mapped]
    LoadView.objects.bulk_create(LoadView(load=load, view=name, order=order) for order, name in enumerate(views))
    detail = {"load": load.pk, "origin": source.origin.code, "rule": source.rule, "kind": str(kind)}
    recorder.record_with(Event(kind=Kind.LOAD_STARTED, actor=by, action="load", detail=detail))
    return load


def _due(source: Source, last: datetime | None, now: datetime) -> bool:
    if source.interval:
        return last is None or now - last >= source.interval
    if source.daily_at:
        local = now.astimezone(ZoneInfo(source.origin.timezone))
        today = datetime.combine(local.date(), source.daily_at, local.tzinfo)
        latest = today if today <= local else today - timedelta(days=1)
        return last is None or last < latest.astimezone(UTC)
    return False
