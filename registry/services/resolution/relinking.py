"""Linking the whole base anew, to show what would change. Applying it is for `adopting`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.matching import blocking, workbench
from registry.matching.predicting import Predictor
from registry.matching.scoring import lines
from registry.matching.subjects import subjects
from registry.models import MatchingModel, Relink
from registry.services import bulk, locks
from registry.services.matching import load, models, sources, thresholds
from registry.services.resolution import consequences, linking

# Each of these goes through the whole base a few times; more would not fit in memory beside what is compared of them.
_PAIRS_AT_ONCE: Final = 2_000_000

_STANDING: Final = sql.SQL(
    "SELECT a_id, b_id FROM registry_judgement WHERE revoked_at IS NULL AND judge NOT LIKE 'user:%'"
)
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
        with workbench.workbench(memory=settings.MATCHING_RELINK_MEMORY, on_disk=True) as bench:
            # One transaction: rows go to the file as they come, and not to its log first.
            bench.begin()
            workbench.put(bench, "subjects", subjects(sources()))
            bench.commit()
            _block(bench, cursor)
            with cursor.copy("COPY linking_scored FROM STDIN") as rows:
                for piece in _scored(bench, model):
                    rows.write(piece)
        bulk.analyse(cursor, "linking_scored")
        linking.decide(cursor, version)
        made = Relink.objects.create(model=kept, looked_at=looked, made_by=by.username)
        cursor.execute(_DIFFER, {"relink": made.pk})
        made.figures = {"judgements": cursor.rowcount, **consequences.figures(cursor)}
        made.save(update_fields=["figures"])
        record("matching.relink", made, by, made.figures["judgements"])
    return made


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
    for rows in bulk.pieces(_STANDING):
        a, b = zip(*rows, strict=True)
        bench.execute("INSERT INTO judged SELECT unnest(?::BIGINT[]), unnest(?::BIGINT[])", [list(a), list(b)])
    bench.execute("INSERT INTO pair SELECT * FROM judged EXCEPT SELECT * FROM pair")


def _scored(bench: Any, model: Any) -> Iterator[bytes]:
    workbench.weigh(bench, "subjects", "weighed", model.frequencies)
    bench.execute("DROP TABLE subjects")
    [(count,)] = bench.execute("SELECT count(*) FROM pair").fetchall()
    predictor = Predictor(model, thresholds().review)
    for start in range(0, count, _PAIRS_AT_ONCE):
        bench.execute(
            "CREATE OR REPLACE TABLE candidates AS SELECT '0' AS match_key, a AS join_key_l, b AS join_key_r FROM pair"
            " WHERE rowid >= ? AND rowid < ?",
            [start, start + _PAIRS_AT_ONCE],
        )
        yield from lines(predictor.edges(bench))


def record(action: str, relink: Relink, by: Actor, changes: int) -> None:
    """Write down in the audit what was done with a dry run."""
    detail = {"relink": relink.pk, "version": relink.model.version, "changes": changes}
    recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action=action, detail=detail))
