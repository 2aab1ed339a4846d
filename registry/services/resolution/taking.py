"""The waiting records of one batch: chosen and read without a lock, taken under it if they still are as they were read.

Between the two their pairs are scored, which takes most of the time; loads and humans go on meanwhile.
"""

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from registry.services import bulk
from registry.services.matching import reading

# Locked rows are being touched by a load that has not ended: they stay for the next time.
_WAITING = "SELECT record_id FROM registry_pendingrecord ORDER BY record_id LIMIT %s FOR UPDATE SKIP LOCKED"
# Materialised, since a plan that ran the choice again for each row would find none of them free.
_HOLD = """
WITH held AS MATERIALIZED (
    SELECT p.record_id FROM registry_pendingrecord p WHERE p.record_id IN (SELECT record_id FROM settling)
    ORDER BY 1 FOR UPDATE SKIP LOCKED)
INSERT INTO settling_held SELECT record_id FROM held
"""
_TAKE = """
WITH taken AS (
    DELETE FROM registry_pendingrecord p USING settling_held h, settling_unchanged u
    WHERE p.record_id = h.record_id AND u.record_id = h.record_id RETURNING p.record_id)
DELETE FROM settling s WHERE NOT EXISTS (SELECT FROM taken WHERE taken.record_id = s.record_id)
"""
# The forms of those that stay waiting are of no model again: so the next time links them, changed or not.
_LEAVE = (
    "UPDATE registry_matchsubject m SET model = '' FROM linking l WHERE m.record_id = l.record_id"
    " AND NOT EXISTS (SELECT FROM settling s WHERE s.record_id = l.record_id)",
    "DELETE FROM linking l WHERE NOT EXISTS (SELECT FROM settling s WHERE s.record_id = l.record_id)",
    "DELETE FROM linking_scored p WHERE NOT EXISTS (SELECT FROM linking l WHERE l.record_id IN (p.a, p.b))",
)


def choose(cursor: CursorWrapper, size: int) -> int:
    """Fill `settling` with at most so many of the waiting records, and `settling_source` with what they are; how many.

    None stays locked: a load that holds the identity lock may be waiting for just these.
    """
    with transaction.atomic():
        cursor.execute(_WAITING, [size])
        chosen = cursor.fetchall()
        transaction.set_rollback(True)
    bulk.temporary(cursor, "settling", "record_id bigint PRIMARY KEY")
    bulk.copy(cursor, "settling", ("record_id",), chosen)
    bulk.analyse(cursor, "settling")
    reading.read_waiting(cursor)
    return len(chosen)


def take(cursor: CursorWrapper) -> int:
    """Leave in `settling`, and in `linking` and `linking_scored`, only the records that still wait and have not changed
    since they were chosen; they wait no more. How many.

    Called under `locks.judging_records`. What a load touches from here on waits for the next time.
    """
    bulk.temporary(cursor, "settling_held", "record_id bigint PRIMARY KEY")
    cursor.execute(_HOLD)
    # After the rows are held: what a load wrote before it let them go is seen.
    reading.find_unchanged(cursor)
    for table in ("settling_held", "settling_unchanged"):
        bulk.analyse(cursor, table)
    cursor.execute(_TAKE)
    if cursor.rowcount:
        for statement in _LEAVE:
            cursor.execute(statement)
        bulk.analyse(cursor, "settling")
    taken: int = bulk.first(cursor, "SELECT count(*) FROM settling")[0]
    return taken
