"""Who works on a load, and the fence that stops whoever no longer does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from audit.events import Actor, system
from ingestion.models import Load, LoadStatus, Source
from ingestion.models.load import UNFINISHED
from ingestion.problems import LostLoad

# The first half of the key of this app's advisory locks; the second is the source's id.
LOCK = 1_480_938_511
ACTOR = "ingestion.load_source"

TAKE = """
UPDATE ingestion_load SET epoch = epoch + 1, status = %s, started_at = coalesce(started_at, now()), beat_at = now(),
    cause = '', reference = '', retry_at = NULL
WHERE id = %s AND status = ANY(%s) RETURNING epoch
"""
HOLD = "UPDATE ingestion_load SET beat_at = now() WHERE id = %s AND epoch = %s AND status = %s"


@dataclass(frozen=True)
class Work:
    """A load in the hands of one worker."""

    load: Load
    source: Source
    epoch: int

    @property
    def actor(self) -> Actor:
        return system(ACTOR)

    @contextmanager
    def transaction(self) -> Iterator[CursorWrapper]:
        """A transaction that writes only while the load is still ours. Raises LostLoad.

        The fence is the first statement: a worker that takes the load over waits for this transaction, or this
        one finds itself fenced before it has written anything.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(HOLD, [self.load.pk, self.epoch, LoadStatus.RUNNING])
            if cursor.rowcount != 1:
                raise LostLoad
            yield cursor


@contextmanager
def sole_worker(source_id: int) -> Iterator[bool]:
    """True while this connection alone works on the source. Released by PostgreSQL when the connection dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s::int)", [LOCK, source_id])
        held: bool = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s::int)", [LOCK, source_id])


def take(load: Load) -> Work:
    """Take a load over from whoever had it. Raises LostLoad when it has finished meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [LoadStatus.RUNNING, load.pk, list(UNFINISHED)])
        row = cursor.fetchone()
    if row is None:
        raise LostLoad
    load.refresh_from_db()
    return Work(load, load.source, row[0])
