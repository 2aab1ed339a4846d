"""Putting a share of what is settled back into the queue, unrecognisable, so that it is judged again.

Stratified: each band of weights of each family of judges (`model`, `rule`, `user`) has its own sample, for the doubtful
joins are few and the sure ones many. Deterministic: within a band pairs come in the order of a digest of their ids and
of `REVIEW_SAMPLE_SEED`, so that neither their score nor their time decides who is sampled, and a second run in a row
adds nothing. A pair is sampled once for each judgement that settled it.
"""

from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import RecordKind, ReviewCause, Verdict
from registry.services import locks
from registry.values.bands import BANDS, Band

# Of each judgement of a band, whether it was sampled; the next ones in order, up to what is missing.
_SAMPLE: Final = """
WITH settled AS (
    SELECT j.*, EXISTS (SELECT FROM registry_review r WHERE r.a_id = j.a_id AND r.b_id = j.b_id
            AND r.cause = %(sample)s AND r.judge = j.judge AND r.opened_at >= j.made_at) AS sampled
    FROM registry_judgement j JOIN registry_record a ON a.id = j.a_id JOIN registry_record b ON b.id = j.b_id
    WHERE j.revoked_at IS NULL AND j.judge LIKE %(family)s
        AND (j.verdict = %(same)s AND a.person_id = b.person_id
            OR %(human)s AND j.verdict = %(different)s AND a.person_id <> b.person_id)
        AND (%(human)s OR j.score >= %(least)s AND j.score < %(below)s)),
missing AS (
    SELECT least(%(most)s, greatest(ceil(count(*) * %(share)s), least(%(fewest)s, count(*)))
        - count(*) FILTER (WHERE sampled)) AS number FROM settled),
chosen AS (
    SELECT s.* FROM settled s WHERE NOT s.sampled
        AND NOT EXISTS (SELECT FROM registry_review o WHERE o.a_id = s.a_id AND o.b_id = s.b_id AND o.closed_at IS NULL)
    ORDER BY md5(s.a_id || ':' || s.b_id || ':' || %(seed)s), s.a_id, s.b_id
    LIMIT greatest(0, (SELECT number FROM missing)))
INSERT INTO registry_review (a_id, b_id, cause, judge, score, reasons, vetoes, impact, outcome)
SELECT DISTINCT ON (c.a_id, c.b_id) c.a_id, c.b_id, %(sample)s, c.judge,
    coalesce(c.score, m.score), CASE WHEN c.score IS NULL THEN coalesce(m.reasons, '[]') ELSE c.reasons END, c.vetoes,
    4 * (EXISTS (SELECT FROM registry_custody k WHERE k.prisoner_id IN (c.a_id, c.b_id)
                 AND k.ended_at IS NULL AND k.removed_at IS NULL))::int
    + 2 * (oa.uf <> ob.uf)::int + (%(prisoner)s IN (a.kind, b.kind))::int, ''
FROM chosen c
    -- A human's judgement has no weights: those of the model or rule that asked for it are shown again.
    LEFT JOIN LATERAL (SELECT j.score, j.reasons FROM registry_judgement j
        WHERE j.a_id = c.a_id AND j.b_id = c.b_id AND j.score IS NOT NULL ORDER BY j.id DESC LIMIT 1) m ON true
    JOIN registry_record a ON a.id = c.a_id JOIN registry_record b ON b.id = c.b_id
    JOIN registry_origin oa ON oa.id = a.origin_id JOIN registry_origin ob ON ob.id = b.origin_id
ORDER BY c.a_id, c.b_id, c.id
ON CONFLICT (a_id, b_id) WHERE closed_at IS NULL DO NOTHING
"""
_UNBOUND: Final = 1e9


@transaction.atomic
def sample(*, by: Actor) -> int:
    """Put what is missing from each band's sample into the queue; how many pairs."""
    with connection.cursor() as cursor:
        locks.judging_records(cursor)
        strata = [*(("model", band) for band in BANDS), *(("rule", band) for band in BANDS), ("user", Band(0))]
        sampled = 0
        for family, band in strata:
            cursor.execute(_SAMPLE, _asked(family, band))
            sampled += cursor.rowcount
    if sampled:
        recorder.record_with(
            Event(kind=Kind.CONFIGURED, actor=by, action="reviewing.sample", detail={"sampled": sampled})
        )
    return sampled


def _asked(family: str, band: Band) -> dict[str, Any]:
    return {
        "family": f"{family}:%",
        "human": family == "user",
        "least": band.least,
        "below": _UNBOUND if band.below is None else band.below,
        "share": settings.REVIEW_SAMPLE_PER_MILLE / 1000,
        "fewest": settings.REVIEW_SAMPLE_LEAST,
        "most": settings.REVIEW_SAMPLE_MOST,
        "seed": settings.REVIEW_SAMPLE_SEED,
        "sample": ReviewCause.SAMPLE,
        "same": Verdict.SAME,
        "different": Verdict.DIFFERENT,
        "prisoner": RecordKind.PRISONER,
    }
