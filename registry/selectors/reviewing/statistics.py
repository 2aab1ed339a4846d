"""How much is reviewed, how far reviewers agree, and what the samples say of the model."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.utils import timezone

from registry.models import Outcome, ReviewCause, Verdict
from registry.selectors.sql import select
from registry.values.agreement import Agreement, agreement, wilson
from registry.values.bands import BANDS, Band

DAYS: Final = 30


class Day(NamedTuple):
    """What one reviewer did on one day; `median` is in seconds from showing a pair to the vote, None if unknown."""

    day: date
    voter: str
    votes: int
    median: float | None


class Precision(NamedTuple):
    """Sampled joins of one judge's family (`model`, `rule`) in one band of weights, as reviewers found them.

    `share` is that of the right ones among those decided, `interval` its 95 % bounds; both None before the first.
    """

    family: str
    band: Band
    right: int
    wrong: int
    unsure: int
    waiting: int

    @property
    def share(self) -> float | None:
        decided = self.right + self.wrong
        return self.right / decided if decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.right, self.right + self.wrong)


class Repeated(NamedTuple):
    """Pairs that humans had settled and that others judged again, blind."""

    same: int
    other: int
    unsure: int
    waiting: int


@dataclass(frozen=True)
class Statistics:
    """The last DAYS days of work, and all that was ever agreed or sampled."""

    days: tuple[Day, ...]
    reviewers: tuple[tuple[str, int, float | None], ...]
    agreement: Agreement
    disagreements: tuple[tuple[str, str, int], ...]
    precision: tuple[Precision, ...]
    repeated: Repeated
    closed: int


# The clocks of the central body.
_DAYS = """
SELECT (cast_at AT TIME ZONE %(zone)s)::date, voter, count(*)::int,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)
FROM registry_vote WHERE withdrawn_at IS NULL AND cast_at >= %(since)s GROUP BY 1, 2 ORDER BY 1 DESC, 2
"""
_REVIEWERS = """
SELECT voter, count(*)::int, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)
FROM registry_vote WHERE withdrawn_at IS NULL AND cast_at >= %(since)s GROUP BY 1 ORDER BY 2 DESC, 1
"""
# The first two votes of one review: independent, since neither reviewer sees the other's.
_AGREEMENT = """
SELECT verdicts[1], verdicts[2], count(*)::int FROM (
    SELECT array_agg(verdict ORDER BY cast_at, id) AS verdicts
    FROM registry_vote WHERE withdrawn_at IS NULL GROUP BY review_id HAVING count(*) >= 2) pairs
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
# A sample whose reviewers disagreed is counted once, by its third reviewer's review.
_SAMPLES = """
SELECT split_part(r.judge, ':', 1), r.score, r.outcome,
    (SELECT j.verdict FROM registry_judgement j WHERE j.a_id = r.a_id AND j.b_id = r.b_id AND j.judge = r.judge
     ORDER BY j.id DESC LIMIT 1),
    count(*)::int
FROM registry_review r
WHERE r.cause = %(sample)s AND r.outcome <> %(withdrawn)s
    AND NOT EXISTS (SELECT FROM registry_review later
        WHERE later.a_id = r.a_id AND later.b_id = r.b_id AND later.cause = %(sample)s AND later.id > r.id
            AND (SELECT count(DISTINCT v.verdict) FROM registry_vote v
                WHERE v.review_id = r.id AND v.withdrawn_at IS NULL) > 1)
GROUP BY 1, 2, 3, 4
"""
_CLOSED = "SELECT count(*)::int FROM registry_review WHERE closed_at >= %(since)s AND outcome <> %(withdrawn)s"


class _Sampled(NamedTuple):
    family: str
    score: float | None
    outcome: str
    verdict: str | None
    number: int


def statistics(now: datetime | None = None) -> Statistics:
    """Everything on the page (five queries)."""
    now = now or timezone.now()
    asked = {
        "since": now - timedelta(days=DAYS),
        "zone": timezone.get_default_timezone_name(),
        "sample": ReviewCause.SAMPLE,
        "withdrawn": Outcome.WITHDRAWN,
    }
    pairs: list[tuple[str, str, int]] = select(lambda a, b, n: (a, b, n), _AGREEMENT, asked)
    sampled = select(_Sampled, _SAMPLES, asked)
    return Statistics(
        days=tuple(select(Day, _DAYS, asked)),
        reviewers=tuple(select(lambda who, n, median: (who, n, median), _REVIEWERS, asked)),
        agreement=agreement({(a, b): n for a, b, n in pairs}),
        disagreements=tuple((a, b, n) for a, b, n in pairs if a != b),
        precision=_precision(sampled),
        repeated=_repeated(sampled),
        closed=select(int, _CLOSED, asked)[0],
    )


def _precision(sampled: list[_Sampled]) -> tuple[Precision, ...]:
    counted: dict[tuple[str, Band], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in sampled:
        if row.family != "user" and (band := Band.of(row.score)) is not None:
            counted[row.family, band][row.outcome] += row.number
    order = {band: place for place, band in enumerate(BANDS)}
    return tuple(
        Precision(
            family,
            band,
            right=found[Outcome.SAME],
            wrong=found[Outcome.DIFFERENT],
            unsure=found[Outcome.UNSURE],
            waiting=found[""],
        )
        for (family, band), found in sorted(counted.items(), key=lambda item: (item[0][0], order[item[0][1]]))
    )


def _repeated(sampled: list[_Sampled]) -> Repeated:
    again = [row for row in sampled if row.family == "user"]

    def total(*outcomes: str, agreeing: bool | None = None) -> int:
        return sum(
            row.number
            for row in again
            if row.outcome in outcomes and (agreeing is None or (row.outcome == row.verdict) == agreeing)
        )

    decided = (Verdict.SAME.value, Verdict.DIFFERENT.value)
    return Repeated(
        same=total(*decided, agreeing=True),
        other=total(*decided, agreeing=False),
        unsure=total(Outcome.UNSURE.value),
        waiting=total(""),
    )
