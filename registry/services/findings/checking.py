"""Checking the quality rules: of what loads touched, or of everything."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Min

from audit.events import Actor
from registry.findings import catalogue, facts
from registry.models import Finding
from registry.services import bulk, locks, planner
from registry.services.findings import recording

log = logging.getLogger(__name__)

BATCH: Final = 5_000
ALL_EVERY: Final = timedelta(days=7)

_TAKE: Final = """
WITH chosen AS MATERIALIZED (
    SELECT id FROM registry_pendingcheck WHERE record_id IS NOT NULL ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED),
taken AS (DELETE FROM registry_pendingcheck p USING chosen WHERE p.id = chosen.id RETURNING p.record_id),
kept AS (INSERT INTO touched SELECT DISTINCT record_id FROM taken)
SELECT count(*) FROM taken
"""
_TAKE_NEXT: Final = """
INSERT INTO touched SELECT id FROM registry_record WHERE id > %s ORDER BY id LIMIT %s
"""
_TAKE_ORIGINS: Final = "DELETE FROM registry_pendingcheck WHERE record_id IS NULL RETURNING origin_id"
_LEAVE_ALL_ORIGINS: Final = "INSERT INTO registry_pendingcheck (origin_id) SELECT id FROM registry_origin"
_WIDEN: Final = "INSERT INTO touched SELECT unnest(records) FROM found ON CONFLICT DO NOTHING"
# The units of the touched records' origins are looked at in the end, once.
_LEAVE_ORIGINS: Final = """
INSERT INTO registry_pendingcheck (origin_id)
SELECT DISTINCT r.origin_id FROM touched t JOIN registry_record r ON r.id = t.record_id WHERE NOT EXISTS (
    SELECT FROM registry_pendingcheck p WHERE p.record_id IS NULL AND p.origin_id = r.origin_id)
"""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How many waiting records (or, of all, records) were looked at, and findings that opened and closed.

    `finished` is False when time ran out: the rest waits for the next call.
    """

    records: int = 0
    opened: int = 0
    closed: int = 0
    finished: bool = True


def check(*, by: Actor, seconds: float | None = None) -> Checked:
    """Check what waits, at most for about so many seconds.

    Each batch is a transaction of its own: what a crash interrupts waits for the next call. Two calls at once are
    harmless, one waits for the other. Checking anything again changes nothing.
    """
    started, total = monotonic(), Checked()
    while seconds is None or monotonic() - started < seconds:
        planner.catch_up()
        batch = _check_batch(by)
        total = _sum(total, batch)
        if not batch.records:
            return _sum(total, _check_units(by))
    return Checked(records=total.records, opened=total.opened, closed=total.closed, finished=False)


def check_all(*, by: Actor) -> Checked:
    """Check every record and every unit, a batch at a time; loads and `check` go on meanwhile."""
    total, last = Checked(), 0
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE_ALL_ORIGINS)
    while True:
        batch, last = _check_next(by, last)
        total = _sum(total, batch)
        if not batch.records:
            return _sum(total, _check_units(by))


def all_due(now: datetime) -> bool:
    """Whether everything is to be checked: a check of everything sees every finding that stands."""
    oldest = Finding.objects.standing().aggregate(oldest=Min("last_seen_at"))["oldest"]
    return oldest is None or now - oldest > ALL_EVERY


@transaction.atomic
def _check_batch(by: Actor) -> Checked:
    with connection.cursor() as cursor:
        locks.checking_findings(cursor)
        facts.prepare(cursor)
        (taken,) = bulk.first(cursor, _TAKE, [BATCH])
        return _check_touched(cursor, by, taken)


@transaction.atomic
def _check_next(by: Actor, after: int) -> tuple[Checked, int]:
    with connection.cursor() as cursor:
        locks.checking_findings(cursor)
        facts.prepare(cursor)
        cursor.execute(_TAKE_NEXT, [after, BATCH])
        taken: int = cursor.rowcount
        (last,) = bulk.first(cursor, "SELECT coalesce(max(record_id), 0) FROM touched")
        return _check_touched(cursor, by, taken), last


def _check_touched(cursor: CursorWrapper, by: Actor, taken: int) -> Checked:
    if not taken:
        return Checked()
    cursor.execute(_LEAVE_ORIGINS)
    facts.gather(cursor)
    # Whoever now shares something with a touched record may be in a finding that named only the others.
    recording.prepare(cursor)
    for rule in catalogue.OF_GROUPS:
        recording.keep_records(cursor, rule.id, rule.severity, rule.query)
    cursor.execute(_WIDEN)
    if cursor.rowcount:
        facts.gather(cursor)
    recording.prepare(cursor)
    for rule in catalogue.OF_RECORDS:
        recording.keep_records(cursor, rule.id, rule.severity, rule.query)
    opened, closed = recording.write(cursor, by.username)
    log.info("checked %d records: +%d -%d findings", taken, opened, closed)
    return Checked(records=taken, opened=opened, closed=closed)


@transaction.atomic
def _check_units(by: Actor) -> Checked:
    """The units of the origins that wait."""
    with connection.cursor() as cursor:
        locks.checking_findings(cursor)
        cursor.execute(_TAKE_ORIGINS)
        origins = sorted({row[0] for row in cursor.fetchall()})
        if not origins:
            return Checked()
        facts.prepare_units(cursor, origins)
        recording.prepare(cursor)
        for rule in catalogue.OF_UNITS:
            recording.keep_units(cursor, rule.id, rule.severity, rule.query)
        opened, closed = recording.write(cursor, by.username, origins=origins)
    return Checked(opened=opened, closed=closed)


def _sum(a: Checked, b: Checked) -> Checked:
    return Checked(records=a.records + b.records, opened=a.opened + b.opened, closed=a.closed + b.closed)
