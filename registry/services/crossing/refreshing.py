"""Keeping crossings true to the records."""

import logging
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from registry.services import bulk, locks, planner
from registry.services.crossing import batch, contacts, doubled, lives, shared

log = logging.getLogger(__name__)

BATCH: Final = 5_000

_TAKE: Final = """
WITH chosen AS MATERIALIZED (
    SELECT person_id FROM registry_pendingcrossing ORDER BY person_id LIMIT %s FOR UPDATE SKIP LOCKED),
taken AS (
    DELETE FROM registry_pendingcrossing p USING chosen WHERE p.person_id = chosen.person_id RETURNING p.person_id)
INSERT INTO crossed (person_id) SELECT person_id FROM taken
"""
_MARK_ALL: Final = """
INSERT INTO registry_pendingcrossing (person_id) SELECT DISTINCT person_id FROM registry_personsearch ORDER BY 1
ON CONFLICT (person_id) DO NOTHING
"""


def refresh(*, before: int = 0) -> int:
    """Rebuild the crossings of everyone who waits; how many persons were looked at, with those `before` by the caller.

    Batches of BATCH persons and their visitors, each a transaction of its own: what a crash interrupts waits for the
    next call. Search documents come first: crossings read situations from them.
    """
    total = before
    while taken := refresh_batch():
        total += taken
    if total:
        log.info("crossed %d persons", total)
    return total


def refresh_batch() -> int:
    """Rebuild the crossings of those who wait, at most BATCH of them, in a transaction; how many they were."""
    planner.catch_up()
    with transaction.atomic(), connection.cursor() as cursor:
        locks.refreshing_crossings(cursor)
        batch.prepare(cursor)
        cursor.execute(_TAKE, [BATCH])
        taken: int = cursor.rowcount
        if taken:
            _rebuild(cursor)
        return taken


def mark_all() -> int:
    """Let everyone wait, as after a change of these rules; how many were not waiting yet."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK_ALL)
        return int(cursor.rowcount)


def _rebuild(cursor: CursorWrapper) -> None:
    batch.read(cursor, spread=True)
    bulk.analyse(cursor, "crossed")
    lives.rebuild(cursor)
    contacts.rebuild(cursor)
    shared.rebuild(cursor)
    doubled.rebuild(cursor)
