"""A whole load, from taking it to closing it."""

import logging
from datetime import timedelta

from django.db import Error as DatabaseFailure
from django.db import connection, transaction

from audit import recorder
from audit.events import Event, Kind
from ingestion import clock
from ingestion.mapping.reading import MappingError
from ingestion.models import Load, LoadStatus, LoadView, ViewState
from ingestion.pipeline.extract import open_view
from ingestion.pipeline.heap import settled_heap
from ingestion.pipeline.publish import Publication
from ingestion.pipeline.reconcile import Reconciliation
from ingestion.pipeline.removals import AnswerNeeded
from ingestion.pipeline.work import Work, sole_worker, take
from ingestion.problems import LostLoad, OwnProblem, SourceProblem, describe, own_problem
from ingestion.services import agreements, breakers
from ingestion.transports.base import Connection
from ingestion.transports.registry import transport_for
from registry.services import deriving, origins, resolution

logger = logging.getLogger("ingestion")

OWN_RETRY = timedelta(minutes=1)


def run(load: Load) -> LoadStatus:
    """Work on a load until it finishes or stops; its status then. Harmless when another worker has it."""
    with sole_worker(load.source_id) as alone:
        if not alone:
            return LoadStatus(load.status)
        try:
            work = take(load)
        except LostLoad:
            return LoadStatus.FINISHED
        # Asked again now that the load is ours: what closed meanwhile stopped no worker, for there was none yet.
        if refusal := agreements.refusal(work.source.origin, clock.now()):
            with transaction.atomic():
                agreements.fence(work.source, refusal)
            return LoadStatus.STOPPED
        with settled_heap():
            return _work(work)


def _work(work: Work) -> LoadStatus:
    try:
        _load_views(work)
        close(work)
    except LostLoad:
        logger.warning("load %s: taken over by another worker", work.load.pk)
        return LoadStatus.RUNNING
    except AnswerNeeded as question:
        return _ask(work, question)
    except MappingError as error:
        return _stop(work, SourceProblem("O mapeamento da fonte não serve: " + " ".join(error.problems), passing=False))
    except Exception as error:  # noqa: BLE001 whatever happened, the load says that it stopped and where to look
        return _stop(work, error)
    return LoadStatus.FINISHED


def _load_views(work: Work) -> None:
    pending = list(LoadView.objects.filter(load=work.load).exclude(state=ViewState.PUBLISHED).order_by("order"))
    with transport_for(work.source.rule)(work.source) as state:
        for progress in pending:
            _load_view(work, progress, state)
            logger.info("load %s: %s read %s", work.load.pk, progress.view, progress.read_count)


def _load_view(work: Work, progress: LoadView, state: Connection) -> None:
    """Read and publish a view and, in a reconciliation, compare its keys; twice, if they tell of missed rows."""
    extraction = open_view(work, progress)
    while progress.state != ViewState.PUBLISHED:
        if progress.state in (ViewState.LISTING, ViewState.ASKING_KEYS):
            Reconciliation(work, progress, extraction.mapping).run(state)
            continue
        if not extraction.complete():
            extraction.run(state)
        extraction.retry_photos(state)
        Publication(work, progress, extraction.mapping).run()


def close(work: Work) -> None:
    """Persons, search documents and crossings of what came, then the load's end with its audit event."""
    deriving.derive(lambda: resolution.settle(by=work.actor))
    with work.transaction() as cursor:
        if work.load.started_at:
            origins.mark_loaded(work.source.origin, work.load.started_at)
        cursor.execute(
            "UPDATE ingestion_load SET status = %s, finished_at = now(), failures = 0 WHERE id = %s",
            [LoadStatus.FINISHED, work.load.pk],
        )
        breakers.close(work.source.pk)
        _record(work, Kind.LOAD_FINISHED, {})


def _ask(work: Work, question: AnswerNeeded) -> LoadStatus:
    """Stop until a person answers: such a load is not tried again by itself."""
    rows = question.view.state in (ViewState.EXTRACTED, ViewState.ASKING)
    asked: dict[str, object] = {"view": question.view.view, "removals": question.count, "of": question.of}
    try:
        with work.transaction() as cursor:
            LoadView.objects.filter(pk=question.view.pk).update(
                state=ViewState.ASKING if rows else ViewState.ASKING_KEYS,
                asked_count=question.count,
                asked_of=question.of,
                answer="",
            )
            cursor.execute(
                "UPDATE ingestion_load SET status = %s, cause = %s, retry_at = NULL WHERE id = %s",
                [LoadStatus.STOPPED, question.cause, work.load.pk],
            )
            _record(work, Kind.LOAD_FAILED, asked)
    except LostLoad:
        return LoadStatus.RUNNING
    return LoadStatus.STOPPED


def _stop(work: Work, error: Exception) -> LoadStatus:
    """Write down why the load stopped; everything committed stays, and the next worker goes on from there.

    Where our own database cannot even note it, the load stands as running, and is taken up within the minute.
    """
    error = own_problem(error) or error
    cause, reference = describe(error)
    # Within a caller's transaction a connection may not be exchanged for another.
    if isinstance(error.__cause__ or error, DatabaseFailure) and not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    try:
        with work.transaction() as cursor:
            cursor.execute(
                "UPDATE ingestion_load SET status = %s, cause = %s, reference = %s WHERE id = %s",
                [LoadStatus.STOPPED, cause, reference, work.load.pk],
            )
            if isinstance(error, OwnProblem):
                Load.objects.filter(pk=work.load.pk).update(retry_at=clock.now() + OWN_RETRY)
            else:
                breakers.after_stop(work.load, error, reference)
            _record(work, Kind.LOAD_FAILED, {"reference": reference})
    except LostLoad:
        return LoadStatus.RUNNING
    except DatabaseFailure as failure:
        describe(failure)
        connection.close()
        return LoadStatus.RUNNING
    return LoadStatus.STOPPED


def _record(work: Work, kind: Kind, detail: dict[str, object]) -> None:
    known = {"load": work.load.pk, "origin": work.source.origin.code}
    recorder.record_with(Event(kind=kind, actor=work.actor, action="load", detail={**known, **detail}))
