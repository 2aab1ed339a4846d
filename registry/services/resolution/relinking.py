"""Linking the whole base anew: first what would change, then, if somebody says so, exactly that."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.matching import blocking, workbench
from registry.matching import linking as scoring
from registry.matching.clusters import cluster
from registry.matching.scoring import lines
from registry.matching.subjects import subjects
from registry.models import MatchingModel, Relink, RelinkChange
from registry.services import bulk, locks
from registry.services.matching import load, models, sources, thresholds
from registry.services.resolution import linking, persons
from registry.services.reviewing import queueing

BATCH: Final = 20_000
_PAIRS_AT_ONCE: Final = 1_000_000

_STANDING: Final = "SELECT a_id, b_id FROM registry_judgement WHERE revoked_at IS NULL AND judge NOT LIKE 'user:%'"
# What of the machines stands and is not found as it stands, and what is found and does not stand so.
_DIFFER: Final = """
WITH standing AS (SELECT * FROM registry_judgement WHERE revoked_at IS NULL AND judge NOT LIKE 'user:%%')
INSERT INTO registry_relinkchange (relink_id, a_id, b_id, verdict, score, reasons, vetoes)
SELECT %(relink)s, coalesce(f.a, j.a_id), coalesce(f.b, j.b_id), coalesce(f.verdict, ''), f.score,
    coalesce(f.reasons, '[]'), coalesce(f.vetoes, '{}')
FROM standing j FULL JOIN settling_found f ON f.a = j.a_id AND f.b = j.b_id
WHERE (f.judge, f.verdict, f.reasons, f.vetoes) IS DISTINCT FROM (j.judge, j.verdict::text, j.reasons, j.vetoes)
    OR abs(f.score - j.score) >= 1e-6
ORDER BY 2, 3
"""
_AS_IF_SAME: Final = """
SELECT a, b FROM (
    SELECT a_id AS a, b_id AS b, true AS by_human, score FROM registry_judgement
        WHERE revoked_at IS NULL AND verdict = 'same' AND judge LIKE 'user:%'
    UNION ALL SELECT f.a, f.b, false, f.score FROM settling_found f WHERE f.verdict = 'same' AND NOT EXISTS (
        SELECT FROM registry_judgement h WHERE h.a_id = f.a AND h.b_id = f.b AND h.revoked_at IS NULL
            AND h.judge LIKE 'user:%' AND h.verdict <> 'same')) edge
ORDER BY by_human DESC, score DESC NULLS LAST, a, b
"""
_AS_IF_APART: Final = """
SELECT a_id, b_id FROM registry_judgement WHERE revoked_at IS NULL AND verdict = 'different'
UNION ALL SELECT f.a, f.b FROM settling_found f WHERE f.verdict = 'unsure' AND f.vetoes <> '{}' AND NOT EXISTS (
    SELECT FROM registry_judgement h WHERE h.a_id = f.a AND h.b_id = f.b AND h.revoked_at IS NULL
        AND h.judge LIKE 'user:%' AND h.verdict = 'same')
"""
_COMPARE: Final = """
CREATE TEMP TABLE relinked ON COMMIT DROP AS
SELECT r.id, r.kind, o.uf, r.person_id AS now_with, lead.home_id AS then_with
FROM registry_record r JOIN registry_origin o ON o.id = r.origin_id LEFT JOIN rebuilt c ON c.record_id = r.id
    JOIN registry_record lead ON lead.id = coalesce(c.lead_id, r.id)
"""
_MOVED: Final = """
SELECT kind, uf, count(*) FROM relinked WHERE now_with <> then_with GROUP BY 1, 2 ORDER BY 1, 2
"""
_GROUPS: Final = """
SELECT count(*), coalesce((array_agg(example ORDER BY example))[1:20], '{{}}') FROM (
    SELECT min(id) AS example FROM relinked GROUP BY {by} HAVING count(DISTINCT {of}) > 1) changed
"""
_TO_REVIEW: Final = """
SELECT count(*) FROM settling_found f JOIN relinked a ON a.id = f.a JOIN relinked b ON b.id = f.b
WHERE a.then_with <> b.then_with AND NOT EXISTS (SELECT FROM registry_judgement h WHERE h.a_id = f.a
    AND h.b_id = f.b AND h.revoked_at IS NULL AND h.judge LIKE 'user:%')
"""
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


def dry_run(*, version: str, by: Actor) -> Relink:
    """Link the whole base with a model and keep what would change. Moves nobody, and loads go on meanwhile.

    Raises UnknownModel.
    """
    kept = MatchingModel.objects.filter(version=version).first()
    model = load(version)
    if kept is None:
        raise models.UnknownModel(version)
    looked = _look()
    with transaction.atomic(), connection.cursor() as cursor:
        bulk.temporary(cursor, "linking_scored", "a bigint, b bigint, score float8, vetoes varchar[], reasons jsonb")
        with workbench.workbench() as bench:
            workbench.put(bench, "subjects", subjects(sources()))
            _block(bench, cursor)
            with cursor.copy("COPY linking_scored FROM STDIN") as rows:
                for piece in _scored(bench, model):
                    rows.write(piece)
        bulk.analyse(cursor, "linking_scored")
        linking.decide(cursor, version)
        made = Relink.objects.create(model=kept, looked_at=looked, made_by=by.username)
        cursor.execute(_DIFFER, {"relink": made.pk})
        made.figures = {"judgements": cursor.rowcount, **_figures(cursor)}
        made.save(update_fields=["figures"])
        _record("matching.relink", made, by, made.figures["judgements"])
    return made


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


def _look() -> datetime:
    """A moment at which nobody is in the midst of judging: later changes bear a later one."""
    with transaction.atomic(), connection.cursor() as cursor:
        locks.settling(cursor)
        locks.judging_records(cursor)
        (moment,) = bulk.first(cursor, "SELECT clock_timestamp()")
    return moment  # type: ignore[no-any-return]


def _block(bench: Any, cursor: CursorWrapper) -> None:
    """The pairs that the rules find, and those that are judged already, as `pair`, in DuckDB."""
    bench.execute(f"CREATE TABLE pair AS {blocking.pairs('subjects', 'subjects')}")
    bench.execute("CREATE TABLE judged (a BIGINT, b BIGINT)")
    cursor.execute(_STANDING)
    while rows := cursor.fetchmany(bulk.FETCH):
        a, b = zip(*rows, strict=True)
        bench.execute("INSERT INTO judged SELECT unnest(?::BIGINT[]), unnest(?::BIGINT[])", [list(a), list(b)])
    bench.execute("INSERT INTO pair SELECT * FROM judged EXCEPT SELECT * FROM pair")


def _scored(bench: Any, model: Any) -> Iterator[bytes]:
    [(count,)] = bench.execute("SELECT count(*) FROM pair").fetchall()
    for start in range(0, count, _PAIRS_AT_ONCE):
        bench.execute(
            "CREATE OR REPLACE TABLE candidates AS SELECT '0' AS match_key, a AS join_key_l, b AS join_key_r FROM pair"
            " WHERE rowid >= ? AND rowid < ?",
            [start, start + _PAIRS_AT_ONCE],
        )
        yield from lines(scoring.score(bench, model, "subjects", thresholds().review))


def _figures(cursor: CursorWrapper) -> dict[str, Any]:
    cursor.execute(_AS_IF_SAME)
    same = cursor.fetchall()
    cursor.execute(_AS_IF_APART)
    leads = cluster(same, cursor.fetchall())
    bulk.temporary(cursor, "rebuilt", "record_id bigint, lead_id bigint")
    bulk.copy(cursor, "rebuilt", ("record_id", "lead_id"), leads.items())
    bulk.analyse(cursor, "rebuilt")
    cursor.execute("DROP TABLE IF EXISTS pg_temp.relinked")
    cursor.execute(_COMPARE)
    cursor.execute(_MOVED)
    moved = [{"kind": kind, "uf": uf, "records": count} for kind, uf, count in cursor.fetchall()]
    joins, joined = bulk.first(cursor, _GROUPS.format(by="then_with", of="now_with"))
    splits, split = bulk.first(cursor, _GROUPS.format(by="now_with", of="then_with"))
    (to_review,) = bulk.first(cursor, _TO_REVIEW)
    (waiting,) = bulk.first(cursor, "SELECT count(*) FROM registry_review WHERE closed_at IS NULL")
    return {
        "joins": joins, "joined_examples": joined, "splits": splits, "split_examples": split, "moved": moved,
        "moved_records": sum(one["records"] for one in moved), "to_review": to_review, "waiting_now": waiting,
    }  # fmt: skip


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
    _record("matching.relink_batch", relink, by, taken)
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
    _record("matching.relink_adopt", relink, by, RelinkChange.objects.filter(relink=relink).count())


def _record(action: str, relink: Relink, by: Actor, changes: int) -> None:
    detail = {"relink": relink.pk, "version": relink.model.version, "changes": changes}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action=action, detail=detail))
