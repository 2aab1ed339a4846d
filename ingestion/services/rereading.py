"""Reading published rows again by the mapping in use, from their raw form: the state is not asked.

A row whose content comes out otherwise waits in the quarantine, as a late child does, and the next load publishes it
with all that publishing does. No load of the origin runs meanwhile, so that nothing older is laid over something newer.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from celery import current_app
from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion.lanes import LONG
from ingestion.mapping.compiling import compile_view
from ingestion.mapping.reading import read
from ingestion.models import Rereading, Source
from ingestion.pipeline.work import sole_worker
from ingestion.selectors.versions import reading_otherwise
from ingestion.services import reread_rows

TASK = "ingestion.reread_mirror"


class SourceBusy(Exception):
    """A load of the origin is running now: try again when it is over."""


@transaction.atomic
def start(*, source: Source, by: Actor, enqueued: bool = True) -> list[Rereading]:
    """A rereading for every view whose rows the mapping in use may read otherwise than they were; one at a time each.

    A worker is asked to go on with them once this is committed. Raises ValueError, in pt-BR, for a source without a
    mapping.
    """
    if source.mapping is None:
        raise ValueError("A fonte não tem mapeamento em uso.")
    mapping = read(source.mapping.text)
    # An unfinished one begins again, by the mapping in use now.
    Rereading.objects.filter(origin=source.origin, finished_at=None).update(finished_at=datetime.now(UTC))
    made = [
        Rereading.objects.create(origin=source.origin, view=view, mapping=source.mapping, requested_by=by.username)
        for view in mapping.views
        if reading_otherwise(source.mapping, mapping, view)
    ]
    detail = {"origin": source.origin.code, "mapping": source.mapping.number, "views": [one.view for one in made]}
    recorder.record_with(Event(kind=Kind.REPROCESSED, actor=by, action="mirror.reread", detail=detail))
    if made and enqueued:
        transaction.on_commit(lambda: current_app.send_task(TASK, args=[source.origin_id], queue=LONG))
    return made


def unfinished(origin_id: int) -> Rereading | None:
    """The origin's next view to go on with."""
    pending = Rereading.objects.select_related("origin", "mapping").filter(origin_id=origin_id, finished_at=None)
    return pending.order_by("pk").first()


@contextmanager
def fenced(origin_id: int) -> Iterator[None]:
    """No load of the origin runs inside. Raises SourceBusy where one does."""
    with ExitStack() as held:
        for source in Source.objects.filter(origin_id=origin_id).order_by("pk").values_list("pk", flat=True):
            if not held.enter_context(sole_worker(source)):
                raise SourceBusy
        yield


def work(origin_id: int, *, by: Actor, seconds: float) -> bool:
    """Go on with the origin's rereadings for about so long; True when none is left. Raises SourceBusy."""
    ends = time.monotonic() + seconds
    with fenced(origin_id):
        while one := unfinished(origin_id):
            if not go_on(one, by=by) or time.monotonic() < ends:
                continue
            return False
    return True


def go_on(rereading: Rereading, *, by: Actor) -> bool:
    """One piece of a rereading, in one transaction; False when it is finished. Call it inside `fenced`."""
    view = rereading.view
    mapping = read(rereading.mapping.text)
    versions = {version.pk: version for version in reading_otherwise(rereading.mapping, mapping, view)}
    new = compile_view(mapping, view)
    with transaction.atomic():
        rows = reread_rows.take(rereading, list(versions))
        found = reread_rows.compare(rows, versions, new, rereading.mapping)
        reread_rows.keep(rereading, found)
        rereading.examined += len(rows)
        rereading.changed += found.changed
        rereading.rejected += found.rejected
        rereading.unfaithful += found.unfaithful
        if len(rows) < reread_rows.PIECE:
            rereading.finished_at = datetime.now(UTC)
        else:
            rereading.after_key = rows[-1].key
        rereading.save()
        if found.put or rereading.finished_at:
            _record(rereading, found, by)
    return rereading.finished_at is None


def _record(rereading: Rereading, found: reread_rows.Found, by: Actor) -> None:
    detail = {
        "origin": rereading.origin.code, "view": rereading.view, "mapping": rereading.mapping.number,
        "changed": found.changed, "rejected": found.rejected, "unfaithful": found.unfaithful,
    }  # fmt: skip
    recorder.record_with(Event(kind=Kind.REPROCESSED, actor=by, action="mirror.reread.piece", detail=detail))
