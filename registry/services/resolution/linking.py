"""What the adopted model holds of a batch of records against the whole base, in the temporary table `settling_found`.

Scoring takes seconds and needs no lock on what humans do; deciding looks at their judgements. Each pair is judged by
itself: its score, its vetoes, what a model or rule joined before (hysteresis) and what a human took back. Which
persons follow is for `persons.rebuild`.
"""

from typing import Final

from django.db.backends.utils import CursorWrapper

from registry.models import Verdict
from registry.services import bulk
from registry.services.matching import Scorer, candidates, thresholds
from registry.services.resolution import pairs

# A pair that a human took from a rule or a model is joined by a human only.
_DECIDE: Final = """
INSERT INTO settling_found (a, b, judge, score, reasons, vetoes, verdict)
SELECT p.a, p.b, 'model:' || %(version)s, p.score, p.reasons, p.vetoes,
    CASE WHEN p.vetoes = '{}' AND (p.score >= %(join)s OR p.score >= %(keep)s AND EXISTS (
            SELECT FROM registry_judgement j WHERE j.a_id = p.a AND j.b_id = p.b AND j.verdict = %(same)s
                AND j.revoked_at IS NULL AND j.judge NOT LIKE 'user:%%'))
        AND NOT EXISTS (SELECT FROM registry_judgement past WHERE past.a_id = p.a AND past.b_id = p.b
            AND past.verdict = %(same)s AND past.judge NOT LIKE 'user:%%' AND past.revoked_by LIKE 'user:%%')
    THEN %(same)s ELSE %(unsure)s END
FROM linking_scored p
"""


def score(cursor: CursorWrapper, scorer: Scorer, version: str) -> None:
    """Fill `linking_scored` with the pairs that the records of `linking` form. Raises ScoringFailed."""
    least = thresholds().review
    scorer.warm(cursor, version, least)
    candidates.find(cursor)
    scorer.score(cursor, version, least)


def decide(cursor: CursorWrapper, version: str) -> None:
    """Turn the scores of `linking_scored` into the judgements of `settling_found`."""
    bulk.temporary(cursor, "settling_found", pairs.COLUMNS)
    at = thresholds()
    words = {"version": version, "same": Verdict.SAME, "unsure": Verdict.UNSURE}
    cursor.execute(_DECIDE, {**words, "join": at.join, "keep": at.keep})
    bulk.analyse(cursor, "settling_found")
