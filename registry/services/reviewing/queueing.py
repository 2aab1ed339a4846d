"""Which pairs wait for a human, kept true to the judgements in the transaction that changes them.

A pair waits while its records are of two persons and

- the model is unsure of it (`score`, or `veto` when something forbids joining it without a human, unless that says
  that the two are surely two), or
- a rule or the model holds it for one person and joining would bring together what is kept apart (`refused`),
  and no human has judged it since; a human's "same" or "different" settles it for good; or
- a human judged it the same and others keep its records apart (`contradiction`), until a review of that is closed.

Impact: 4 when one of the records is in custody now, 2 when they are of different states, 1 when one is a prisoner's.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

from registry.matching.vetoes import SURELY_TWO
from registry.models import Outcome, RecordKind, ReviewCause, Verdict
from registry.services import bulk

_TABLE: Final = (
    "a_id bigint, b_id bigint, cause text, judge text, score double precision, reasons jsonb, vetoes varchar[],"
    " impact integer"
)
_STANDING: Final = """
SELECT j.* FROM {records} f JOIN registry_judgement j ON j.a_id = f.record_id WHERE j.revoked_at IS NULL
UNION SELECT j.* FROM {records} f JOIN registry_judgement j ON j.b_id = f.record_id WHERE j.revoked_at IS NULL
"""
# Of several judgements on one pair the gravest asks.
_WANTED: Final = """
INSERT INTO queueing_wanted
SELECT DISTINCT ON (j.a_id, j.b_id) j.a_id, j.b_id, j.cause, j.judge, j.score, j.reasons, j.vetoes,
    4 * (EXISTS (SELECT FROM registry_custody c WHERE c.prisoner_id IN (j.a_id, j.b_id)
                 AND c.ended_at IS NULL AND c.removed_at IS NULL))::int
    + 2 * (oa.uf <> ob.uf)::int + (%(prisoner)s IN (a.kind, b.kind))::int
FROM (SELECT s.*, s.judge LIKE 'user:%%' AS by_human,
        CASE WHEN s.judge LIKE 'user:%%' THEN %(contradiction)s WHEN s.verdict = %(same)s THEN %(refused)s
             WHEN s.vetoes <> '{{}}' THEN %(veto)s ELSE %(score)s END AS cause
      FROM ({standing}) s) j
    JOIN registry_record a ON a.id = j.a_id JOIN registry_record b ON b.id = j.b_id
    JOIN registry_origin oa ON oa.id = a.origin_id JOIN registry_origin ob ON ob.id = b.origin_id
WHERE a.person_id <> b.person_id
    AND (j.verdict = %(same)s OR j.verdict = %(unsure)s AND NOT j.by_human AND %(surely_two)s <> ALL (j.vetoes))
    AND NOT (NOT j.by_human AND EXISTS (SELECT FROM registry_judgement h
        WHERE h.a_id = j.a_id AND h.b_id = j.b_id AND h.revoked_at IS NULL AND h.judge LIKE 'user:%%'
            AND (h.verdict <> %(unsure)s OR h.made_at >= j.made_at)))
    AND NOT (j.by_human AND EXISTS (SELECT FROM registry_review past
        WHERE past.a_id = j.a_id AND past.b_id = j.b_id AND past.cause = %(contradiction)s
            AND past.closed_at >= j.made_at AND past.outcome <> %(withdrawn)s))
ORDER BY j.a_id, j.b_id, j.by_human DESC, j.verdict = %(same)s DESC, j.score DESC NULLS LAST
"""
_OPEN: Final = """
INSERT INTO registry_review AS r (a_id, b_id, cause, judge, score, reasons, vetoes, impact, outcome)
SELECT w.a_id, w.b_id, w.cause, w.judge, w.score, w.reasons, w.vetoes, w.impact, '' FROM queueing_wanted w
ORDER BY w.a_id, w.b_id
ON CONFLICT (a_id, b_id) WHERE closed_at IS NULL DO UPDATE SET cause = EXCLUDED.cause, judge = EXCLUDED.judge,
    score = EXCLUDED.score, reasons = EXCLUDED.reasons, vetoes = EXCLUDED.vetoes, impact = EXCLUDED.impact
WHERE r.cause <> %(sample)s AND (r.cause, r.judge, r.score, r.reasons, r.vetoes, r.impact) IS DISTINCT FROM
    (EXCLUDED.cause, EXCLUDED.judge, EXCLUDED.score, EXCLUDED.reasons, EXCLUDED.vetoes, EXCLUDED.impact)
RETURNING (xmax = 0)
"""
_WITHDRAW: Final = """
UPDATE registry_review r SET closed_at = now(), outcome = %(withdrawn)s FROM (
    SELECT o.id FROM {records} f JOIN registry_review o ON o.a_id = f.record_id AND o.closed_at IS NULL
    UNION SELECT o.id FROM {records} f JOIN registry_review o ON o.b_id = f.record_id AND o.closed_at IS NULL) touched
WHERE r.id = touched.id AND r.cause <> %(sample)s
    AND NOT EXISTS (SELECT FROM queueing_wanted w WHERE w.a_id = r.a_id AND w.b_id = r.b_id)
"""
_WORDS: Final[dict[str, Any]] = {
    "same": Verdict.SAME, "unsure": Verdict.UNSURE, "prisoner": RecordKind.PRISONER,
    "score": ReviewCause.SCORE, "veto": ReviewCause.VETO, "refused": ReviewCause.REFUSED,
    "contradiction": ReviewCause.CONTRADICTION, "sample": ReviewCause.SAMPLE, "withdrawn": Outcome.WITHDRAWN,
    "surely_two": SURELY_TWO,
}  # fmt: skip


@dataclass(frozen=True)
class Queued:
    """How many reviews were opened and how many withdrawn."""

    opened: int = 0
    withdrawn: int = 0


def requeue(cursor: CursorWrapper, records: str = "rebuilding") -> Queued:
    """Open, update and withdraw the reviews of the pairs that hold a record of the table `records(record_id)`.

    Part of the transaction that judged them and rebuilt their persons. Repeating it changes nothing. Samples are
    left alone: they are not about what is undecided.
    """
    bulk.temporary(cursor, "queueing_wanted", _TABLE)
    table = connection.ops.quote_name(records)
    cursor.execute(_WANTED.format(standing=_STANDING.format(records=table)), _WORDS)
    bulk.analyse(cursor, "queueing_wanted")
    cursor.execute(_WITHDRAW.format(records=table), _WORDS)
    withdrawn: int = cursor.rowcount
    cursor.execute(_OPEN, _WORDS)
    opened = sum(new for (new,) in cursor.fetchall())
    return Queued(opened, withdrawn)
