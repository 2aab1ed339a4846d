"""The queue of pairs that wait for a human, as one reviewer sees it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.utils import timezone

from registry.models import Custody, RecordKind, Review, ReviewCause, Vote
from registry.models.review import ReviewQuerySet
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.reviewing.votes import voted

PAGE_SIZE: Final = 25

SHOWN_CAUSES: Final = tuple(cause for cause in ReviewCause if cause != ReviewCause.SAMPLE)


def shown_cause(review: Review) -> ReviewCause:
    """Why the pair waits, as reviewers are told: a sample looks like an undecided pair of its weight.

    Its reviewer must not know that it was settled before.
    """
    if review.cause != ReviewCause.SAMPLE:
        return ReviewCause(review.cause)
    strong = review.score is not None and review.score >= settings.MATCHING_JOIN
    return ReviewCause.REFUSED if strong else ReviewCause.SCORE


def _shown_as(cause: str) -> Q:
    """Reviews that are shown with this cause."""
    strong = Q(cause=ReviewCause.SAMPLE, score__gte=settings.MATCHING_JOIN)
    if cause == ReviewCause.REFUSED:
        return Q(cause=cause) | strong
    return Q(cause=cause) | (Q(cause=ReviewCause.SAMPLE) & ~strong) if cause == ReviewCause.SCORE else Q(cause=cause)


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
        found = found.filter(_shown_as(filters.cause))
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
    found = Review.objects.open().filter(seals.seen_by(scope, "a__person"), seals.seen_by(scope, "b__person"))
    if not scope.lawyers:
        found = found.exclude(Q(a__kind=RecordKind.LAWYER) | Q(b__kind=RecordKind.LAWYER))
    return found


def queue(scope: Scope, filters: Filters, voter: str, page: int = 1) -> Queue:
    """A page of the queue (six queries). A page beyond the last is the last."""
    found, waiting = narrowed(scope, filters, voter), visible(scope)
    causes = _by_cause(waiting)
    total = found.order_by().count() if filters != Filters() else sum(causes.values())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    return Queue(
        rows=tuple(_rows(found, page, voter)),
        total=total,
        page=page,
        pages=pages,
        open=sum(causes.values()),
        causes=causes,
        second=waiting.filter(_has_vote()).order_by().count(),
        mine=waiting.filter(_mine(voter)).order_by().count(),
    )


def _by_cause(found: ReviewQuerySet) -> dict[ReviewCause, int]:
    """How many pairs are shown with each cause; those of none are left out."""
    strong = Case(When(score__gte=settings.MATCHING_JOIN, then=True), default=False)
    counted: Counter[ReviewCause] = Counter()
    for cause, is_strong, number in found.order_by().values_list("cause", strong).annotate(Count("pk")):
        score = settings.MATCHING_JOIN if is_strong else None
        counted[shown_cause(Review(cause=cause, score=score))] += number
    return {cause: counted[cause] for cause in SHOWN_CAUSES if counted[cause]}


def _rows(found: ReviewQuerySet, page: int, voter: str) -> Sequence[Row]:
    """The pairs of the page are chosen first: what is told of each would else be asked of all before it too."""
    now = timezone.now()
    held = Custody.objects.filter(Q(prisoner=OuterRef("a")) | Q(prisoner=OuterRef("b")), ended_at=None, removed_at=None)
    chosen = list(found.values_list("pk", flat=True)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    rows = Review.objects.open().filter(pk__in=chosen).select_related("a__origin", "b__origin")
    rows = rows.annotate(
        held=Exists(held), spoken=voted(voter), cast=Count("votes", filter=Q(votes__withdrawn_at=None))
    )
    return [_row(review, voter, now) for review in rows]


def _row(review: Review, voter: str, now: datetime) -> Row:
    held = review.claimed_until is not None and review.claimed_until > now
    return Row(
        pk=review.pk,
        cause=shown_cause(review),
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
    """In this reviewer's hands, or spoken of by them: as a list, which is short, rather than asked of each pair."""
    in_hand = Q(claimed_by=voter, claimed_until__gt=timezone.now())
    spoken = Vote.objects.filter(voter=voter, withdrawn_at=None, review__closed_at=None)
    return in_hand | Q(pk__in=spoken.values("review"))
