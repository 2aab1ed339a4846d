"""Judging the records that loads left waiting: by the adopted model, or by the two exact rules until there is one."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import Relink
from registry.services import bulk, locks, planner
from registry.services.matching import Scorer, adopted, subjects, thresholds
from registry.services.matching.scorer import SCORED
from registry.services.resolution import linking, pairs, persons, taking
from registry.services.reviewing import queueing
from registry.values.names import normalise

log = logging.getLogger(__name__)

# Most of a batch is scored before anybody has to wait; what is written under the lock takes a second or two.
BATCH = 5_000
_NORM_WIDTH = 200

_TEXTS = sql.SQL("SELECT name FROM settling_source UNION SELECT mother FROM settling_source")
_NORMALISE = """
UPDATE registry_record r SET name_norm = n.norm, mother_norm = m.norm
FROM settling s, settling_norm n, settling_norm m
WHERE r.id = s.record_id AND n.raw = r.name AND m.raw = r.mother_name
    AND (r.name_norm, r.mother_norm) IS DISTINCT FROM (n.norm, m.norm)
"""
# What of these judges touches the judged records and is not found as it stands. `{crowds}`: see `pairs`.
_REVOKE = """
WITH mine AS (
    SELECT j.id FROM {records} s JOIN registry_judgement j ON j.a_id = s.record_id
        WHERE j.revoked_at IS NULL AND {judges}
    UNION SELECT j.id FROM {records} s JOIN registry_judgement j ON j.b_id = s.record_id
        WHERE j.revoked_at IS NULL AND {judges} {crowds}),
revoked AS (
    UPDATE registry_judgement j SET revoked_at = now(), revoked_by = %(by)s || {by_judge}
    FROM mine LEFT JOIN registry_judgement o ON o.id = mine.id
        LEFT JOIN settling_found f ON f.a = o.a_id AND f.b = o.b_id AND f.judge = o.judge AND f.reasons = o.reasons
            AND f.verdict = o.verdict AND f.vetoes = o.vetoes AND abs(f.score - o.score) < 1e-6
    WHERE j.id = mine.id AND f.a IS NULL
    RETURNING j.a_id, j.b_id)
INSERT INTO settling_changed SELECT a_id, b_id, false FROM revoked
"""
_CROWDS = """UNION SELECT j.id FROM settling_crowded c
    JOIN registry_judgement j ON j.a_id = c.record_id AND j.judge = c.judge WHERE j.revoked_at IS NULL"""
_JUDGE = """
WITH made AS (
    INSERT INTO registry_judgement (a_id, b_id, verdict, judge, score, reasons, vetoes, revoked_by)
    SELECT f.a, f.b, f.verdict, f.judge, f.score, f.reasons, f.vetoes, '' FROM settling_found f WHERE {allowed}
    ORDER BY f.a, f.b
    ON CONFLICT (a_id, b_id, judge) WHERE revoked_at IS NULL DO NOTHING
    RETURNING a_id, b_id)
INSERT INTO settling_changed SELECT a_id, b_id, true FROM made
"""
# A pair whose judgement by a rule was once revoked by a human is the rules' no more.
_NOT_TAKEN_BACK = """NOT EXISTS (SELECT FROM registry_judgement past WHERE past.a_id = f.a AND past.b_id = f.b
        AND past.judge LIKE 'rule:%%' AND past.revoked_by LIKE 'user:%%')"""
_SEED = """
INSERT INTO rebuilding SELECT record_id, 0 FROM settling
UNION SELECT a, 0 FROM settling_changed UNION SELECT b, 0 FROM settling_changed
"""
_COUNT = "SELECT count(*) FILTER (WHERE made), count(*) FILTER (WHERE NOT made) FROM settling_changed"


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How many records were judged, judgements made and revoked, and records that went to another person."""

    records: int = 0
    judged: int = 0
    revoked: int = 0
    moved: int = 0

    def __add__(self, other: "Settled") -> "Settled":
        return Settled(
            records=self.records + other.records,
            judged=self.judged + other.judged,
            revoked=self.revoked + other.revoked,
            moved=self.moved + other.moved,
        )


def settle(*, by: Actor, limit: int | None = None) -> Settled:
    """Judge the waiting records, at most `limit` of them, and rebuild the persons they touch.

    Each batch is a transaction of its own: what a crash interrupts waits for the next call. Two calls at once are
    harmless, one waits for the other. Persons whose records changed wait for `search_documents.refresh`.
    Raises ScoringFailed.
    """
    total = Settled()
    with Scorer() as scorer:
        while limit is None or total.records < limit:
            planner.catch_up()
            size = BATCH if limit is None else min(BATCH, limit - total.records)
            batch = _settle_batch(by, size, scorer)
            total += batch
            if not batch.records:
                break
    return total


@transaction.atomic
def _settle_batch(by: Actor, size: int, scorer: Scorer) -> Settled:
    with connection.cursor() as cursor:
        locks.settling(cursor)
        if Relink.objects.filter(applying=True).exists():
            log.warning("records wait: a relink is being applied")
            return Settled()
        if not taking.choose(cursor, size):
            return Settled()
        version = adopted()
        if version and subjects.any_new(cursor, version):
            # It prepares itself beside what follows.
            scorer.warm(cursor, version, thresholds().review)
        _prepare_names(cursor)
        linked = version if subjects.keep(cursor, version or "") else None
        bulk.temporary(cursor, "linking_scored", SCORED)
        if linked:
            linking.score(cursor, scorer, linked)
        return _apply(cursor, by, version, linked)


def _apply(cursor: CursorWrapper, by: Actor, version: str | None, linked: str | None) -> Settled:
    """What humans judge and loads write wait for, so it is short: all that could be known before is known."""
    locks.judging_records(cursor)
    records = taking.take(cursor)
    if not records:
        return Settled()
    cursor.execute(_NORMALISE)
    judged, revoked = _judge(cursor, version, linked)
    persons.seed(cursor)
    cursor.execute(_SEED)
    rebuilt = persons.rebuild(cursor)
    queueing.requeue(cursor)
    settled = Settled(records=records, judged=judged, revoked=revoked, moved=rebuilt.moved)
    _record(settled, by)
    return settled


def _prepare_names(cursor: CursorWrapper) -> None:
    """The repaired form of each name of the batch, in `settling_norm`."""
    bulk.temporary(cursor, "settling_norm", "raw text, norm text")
    for rows in bulk.pieces(_TEXTS):
        bulk.copy(cursor, "settling_norm", ("raw", "norm"), _norms(text for (text,) in rows))
    bulk.analyse(cursor, "settling_norm")


def _norms(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    return ((text, normalise(text)[:_NORM_WIDTH]) for text in texts)


def _judge(cursor: CursorWrapper, version: str | None, linked: str | None) -> tuple[int, int]:
    """Revoke what no longer holds, then write down what is held now; how many of each (made, revoked).

    `linked` is the version that scored the pairs, None where no record's form had changed.
    """
    bulk.temporary(cursor, "settling_changed", "a bigint, b bigint, made boolean")
    if version is None:
        pairs.find(cursor)
        revoke = {"records": "settling", "judges": "j.judge LIKE 'rule:%%'", "crowds": _CROWDS, "by_judge": "j.judge"}
        cursor.execute(_REVOKE.format(**revoke), {"by": ""})
        cursor.execute(_JUDGE.format(allowed=_NOT_TAKEN_BACK), {})
    elif linked:
        linking.decide(cursor, linked)
        revoke = {"records": "linking", "judges": "j.judge NOT LIKE 'user:%%'", "crowds": "", "by_judge": "''"}
        cursor.execute(_REVOKE.format(**revoke), {"by": f"model:{linked}"})
        cursor.execute(_JUDGE.format(allowed="true"), {})
    counts: tuple[int, int] = bulk.first(cursor, _COUNT)
    return counts


def _record(settled: Settled, by: Actor) -> None:
    log.info("settled %d records: +%d -%d judgements, %d moved", *vars(settled).values())
    if settled.judged or settled.revoked or settled.moved:
        recorder.record_with(Event(kind=Kind.JUDGED, actor=by, action="resolution.settle", detail=vars(settled)))
