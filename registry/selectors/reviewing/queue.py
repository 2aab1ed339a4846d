"""The queue of pairs that wait for a human, as one reviewer sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from registry.models import Custody, Record, RecordKind, Review, ReviewCause, Vote
from registry.models.review import ReviewQuerySet
from registry.scope import Scope
from registry.selectors.reviewing.votes import voted

PAGE_SIZE: Final = 25

# A sample looks like any other pair of its queue: its reviewer must not know that it was settled before.
SHOWN_AS: Final = {ReviewCause.SAMPLE: ReviewCause.SCORE}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What narrows the queue; empty: everything. `second`: pairs that have a first vote; `mine`: those in this
    reviewer's hands, or that wait for a second vote after theirs."""

    cause: str = ""
    uf: str = ""
    kind: str = ""
    second: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A pair of the queue. It says nothing of whom it is about."""

    pk: int
    cause: ReviewCause
    score: float | None
    kinds: tuple[RecordKind, RecordKind]
    origins: tuple[str, str]
    in_custody: bool
    opened_at: datetime
    votes: int
    needs_second: bool
    claimed_by_me: bool
    claimed_by_other: bool
    voted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of the queue and how many pairs there are: all that pass the filters, and of the whole queue by cause,
    waiting for a second vote, and this reviewer's."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    open: int
    causes: dict[ReviewCause, int]
    second: int
    mine: int


def narrowed(scope: Scope, filters: Filters, voter: str) -> ReviewQuerySet:
    """The open pairs within the scope that pass the filters, the most consequential first."""
    found = visible(scope)
    if filters.cause:
        found = found.filter(cause__in=[c for c in ReviewCause if SHOWN_AS.get(c, c) == filters.cause])
    if filters.uf:
        found = found.filter(Q(a__origin__uf=filters.uf) | Q(b__origin__uf=filters.uf))
    if filters.kind:
        found = found.filter(Q(a__kind=filters.kind) | Q(b__kind=filters.kind))
    if filters.second:
        found = found.filter(_has_vote())
    if filters.mine:
        found = found.filter(_mine(voter))
    return found


def visible(scope: Scope) -> ReviewQuerySet:
    """Open pairs whose two records the scope lets see."""
    found = Review.objects.open()
    if not scope.lawyers:
        found = found.exclude(Q(a__kind=RecordKind.LAWYER) | Q(b__kind=RecordKind.LAWYER))
    return found


def queue(scope: Scope, filters: Filters, voter: str, page: int = 1) -> Queue:
    """A page of the queue (four queries). A page beyond the last is the last."""
    found = narrowed(scope, filters, voter)
    total = found.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    causes = {row["cause"]: row["n"] for row in visible(scope).order_by().values("cause").annotate(n=Count("pk"))}
    mine = visible(scope).aggregate(mine=Count("pk", filter=_mine(voter)), second=Count("pk", filter=_has_vote()))
    return Queue(
        rows=tuple(_rows(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], voter)),
        total=total,
        page=page,
        pages=pages,
        open=sum(causes.values()),
        causes=_as_shown(causes),
        second=mine["second"],
        mine=mine["mine"],
    )


def ufs() -> list[str]:
    """The states whose records wait in the queue."""
    records = Record.objects.filter(
        Exists(Review.objects.filter(closed_at=None).filter(Q(a=OuterRef("pk")) | Q(b=OuterRef("pk"))))
    )
    return sorted(set(records.values_list("origin__uf", flat=True)))


def _as_shown(counts: dict[str, int]) -> dict[ReviewCause, int]:
    shown: dict[ReviewCause, int] = {}
    for cause, number in counts.items():
        as_shown = SHOWN_AS.get(ReviewCause(cause), ReviewCause(cause))
        shown[as_shown] = shown.get(as_shown, 0) + number
    return {cause: shown[cause] for cause in ReviewCause if cause in shown}


def _rows(found: ReviewQuerySet, voter: str) -> Sequence[Row]:
    now = timezone.now()
    held = Custody.objects.filter(Q(prisoner=OuterRef("a")) | Q(prisoner=OuterRef("b")), ended_at=None, removed_at=None)
    rows = found.select_related("a__origin", "b__origin").annotate(
        held=Exists(held), spoken=voted(voter), cast=Count("votes", filter=Q(votes__withdrawn_at=None))
    )
    return [_row(review, voter, now) for review in rows]


def _row(review: Review, voter: str, now: datetime) -> Row:
    held = review.claimed_until is not None and review.claimed_until > now
    return Row(
        pk=review.pk,
        cause=SHOWN_AS.get(ReviewCause(review.cause), ReviewCause(review.cause)),
        score=review.score,
        kinds=(RecordKind(review.a.kind), RecordKind(review.b.kind)),
        origins=(review.a.origin.code, review.b.origin.code),
        in_custody=review.held,  # type: ignore[attr-defined]
        opened_at=review.opened_at,
        votes=review.cast,  # type: ignore[attr-defined]
        needs_second=review.needs_second,
        claimed_by_me=held and review.claimed_by == voter,
        claimed_by_other=held and review.claimed_by not in ("", voter),
        voted=review.spoken,  # type: ignore[attr-defined]
    )


def _has_vote() -> Exists:
    return Exists(Vote.objects.filter(review=OuterRef("pk"), withdrawn_at=None))


def _mine(voter: str) -> Q:
    in_hand = Q(claimed_by=voter, claimed_until__gt=timezone.now())
    return in_hand | Q(Exists(Vote.objects.filter(review=OuterRef("pk"), voter=voter, withdrawn_at=None)))
