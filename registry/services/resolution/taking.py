"""The waiting records of one batch: chosen and read without a lock, taken under it if they still are as they were read.

Between the two their pairs are scored, which takes most of the time; loads and humans go on meanwhile.
"""

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from registry.models import Origin
from registry.services import bulk, locks
from registry.services.matching import reading

# Locked rows are being touched by a load that has not ended: they stay for the next time.
_WAITING = "SELECT p.record_id FROM registry_pendingrecord p {} ORDER BY 1 LIMIT %s FOR UPDATE OF p SKIP LOCKED"
# Those a load counts on wait all the same, without a lock of each.
_OF_OTHERS = "WHERE NOT EXISTS (SELECT FROM registry_record r WHERE r.id = p.record_id AND r.origin_id = ANY (%s))"
# Materialised, since a plan that ran the choice again for each row would find none of them free.
_HOLD = """
WITH held AS MATERIALIZED (
    SELECT p.record_id FROM registry_pendingrecord p WHERE p.record_id IN (SELECT record_id FROM settling)
    ORDER BY 1 FOR UPDATE SKIP LOCKED)
INSERT INTO settling_held SELECT record_id FROM held
"""
_UNJUDGED = """
SELECT DISTINCT r.origin_id FROM settling_held h JOIN registry_record r ON r.id = h.record_id
    JOIN registry_origin o ON o.id = r.origin_id WHERE o.unjudged
"""
_LET_WAIT = "DELETE FROM settling_held h USING registry_record r WHERE r.id = h.record_id AND r.origin_id = ANY (%s)"
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
        unjudged = list(Origin.objects.filter(unjudged=True).values_list("pk", flat=True))
        if counted := locks.counted_on(cursor, unjudged):
            cursor.execute(_WAITING.format(_OF_OTHERS), [counted, size])
        else:
            cursor.execute(_WAITING.format(""), [size])
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
    _end_first_wait(cursor)
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


def _end_first_wait(cursor: CursorWrapper) -> None:
    """Of origins of which no record was judged yet: leave out those a load counts on; loads of the others queue what
    they bring themselves from now on.
    """
    cursor.execute(_UNJUDGED)
    unjudged = [origin for (origin,) in cursor.fetchall()]
    if counted := locks.counted_on(cursor, unjudged):
        cursor.execute(_LET_WAIT, [counted])
    Origin.objects.filter(pk__in=set(unjudged) - set(counted)).update(unjudged=False)
