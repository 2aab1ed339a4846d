"""Applying what a dry run showed: exactly those differences, then its model is in use."""

from typing import Final

from django.db import connection, transaction
from django.db.models.functions import Now

from audit.events import Actor
from registry.models import Relink, RelinkChange
from registry.services import bulk, locks
from registry.services.matching import models
from registry.services.resolution import persons
from registry.services.resolution.relinking import record
from registry.services.reviewing import queueing

BATCH: Final = 20_000

_STALE: Final = """
SELECT c.a_id, c.b_id FROM registry_relinkchange c
WHERE c.relink_id = %(relink)s AND NOT c.applied AND (
    EXISTS (SELECT FROM registry_matchsubject m WHERE m.record_id IN (c.a_id, c.b_id) AND m.changed_at > %(looked)s)
    OR EXISTS (SELECT FROM registry_judgement j WHERE j.a_id = c.a_id AND j.b_id = c.b_id
        AND (j.made_at > %(looked)s OR j.revoked_at > %(looked)s)))
ORDER BY c.id LIMIT 20
"""
_TAKE: Final = """
INSERT INTO relinking SELECT id, a_id, b_id FROM registry_relinkchange
WHERE relink_id = %s AND NOT applied ORDER BY id LIMIT %s
"""
_REVOKE: Final = """
UPDATE registry_judgement j SET revoked_at = now(), revoked_by = %s FROM relinking t
WHERE j.a_id = t.a_id AND j.b_id = t.b_id AND j.revoked_at IS NULL AND j.judge NOT LIKE 'user:%%'
"""
_JUDGE: Final = """
INSERT INTO registry_judgement (a_id, b_id, verdict, judge, score, reasons, vetoes, revoked_by)
SELECT c.a_id, c.b_id, c.verdict, %s, c.score, c.reasons, c.vetoes, '' FROM relinking t
    JOIN registry_relinkchange c ON c.id = t.id WHERE c.verdict <> '' ORDER BY c.a_id, c.b_id
"""
_SEED: Final = "INSERT INTO rebuilding SELECT a_id, 0 FROM relinking UNION SELECT b_id, 0 FROM relinking"
_APPLIED: Final = "UPDATE registry_relinkchange c SET applied = true FROM relinking t WHERE c.id = t.id"
_LINKED: Final = "UPDATE registry_matchsubject SET model = %s WHERE changed_at <= %s"
# Whatever the dry run did not see is linked by the next settling.
_WAIT: Final = """
INSERT INTO registry_pendingrecord (record_id, since)
SELECT r.id, now() FROM registry_record r LEFT JOIN registry_matchsubject m ON m.record_id = r.id
WHERE m.model IS DISTINCT FROM %s ORDER BY 1 ON CONFLICT (record_id) DO NOTHING
"""


class Stale(Exception):
    """Pairs of the dry run were changed since by loads or by people; `pairs` are some of them."""

    def __init__(self, found: list[tuple[int, int]]) -> None:
        super().__init__(f"{len(found)} pairs or more")
        self.pairs = found


class AlreadyAdopted(Exception):
    """The differences were applied before."""


def adopt(relink: Relink, *, by: Actor) -> int:
    """Apply exactly the differences of a dry run, in batches, then put its model in use; how many there were.

    What a kill interrupts goes on with the next call; records of loads wait meanwhile. Raises Stale and
    AlreadyAdopted.
    """
    _begin(relink)
    total = 0
    while applied := _apply_batch(relink, by):
        total += applied
    _end(relink, by)
    return total


@transaction.atomic
def _begin(relink: Relink) -> None:
    with connection.cursor() as cursor:
        locks.settling(cursor)
        locks.judging_records(cursor)
        known = Relink.objects.get(pk=relink.pk)
        if known.adopted_at:
            raise AlreadyAdopted
        if known.applying:
            return
        cursor.execute(_STALE, {"relink": relink.pk, "looked": relink.looked_at})
        if found := cursor.fetchall():
            raise Stale(found)
        Relink.objects.filter(pk=relink.pk).update(applying=True)


@transaction.atomic
def _apply_batch(relink: Relink, by: Actor) -> int:
    judge = f"model:{relink.model.version}"
    with connection.cursor() as cursor:
        locks.settling(cursor)
        locks.judging_records(cursor)
        bulk.temporary(cursor, "relinking", "id bigint PRIMARY KEY, a_id bigint, b_id bigint")
        cursor.execute(_TAKE, [relink.pk, BATCH])
        taken: int = cursor.rowcount
        if not taken:
            return 0
        bulk.analyse(cursor, "relinking")
        cursor.execute(_REVOKE, [judge])
        cursor.execute(_JUDGE, [judge])
        persons.seed(cursor)
        cursor.execute(_SEED)
        persons.rebuild(cursor)
        queueing.requeue(cursor)
        cursor.execute(_APPLIED)
    record("matching.relink_batch", relink, by, taken)
    return taken


@transaction.atomic
def _end(relink: Relink, by: Actor) -> None:
    with connection.cursor() as cursor:
        locks.settling(cursor)
        locks.judging_records(cursor)
        cursor.execute(_LINKED, [relink.model.version, relink.looked_at])
        cursor.execute(_WAIT, [relink.model.version])
    models.put_in_use(relink.model, by)
    Relink.objects.filter(pk=relink.pk).update(applying=False, adopted_at=Now())
    record("matching.relink_adopt", relink, by, RelinkChange.objects.filter(relink=relink).count())
