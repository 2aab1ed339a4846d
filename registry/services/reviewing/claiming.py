"""Who has a pair in hand. A claim is a lease: it ends by itself, so that nobody holds a pair by closing a browser."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.events import Actor
from registry.models import Review
from registry.models.review import ReviewQuerySet
from registry.selectors.reviewing.votes import voted
from registry.services.reviewing.errors import AlreadyVoted, Settled, Taken, Unknown


def reviewer(by: Actor) -> str:
    """How votes, claims and judgements name a person."""
    return f"user:{by.username}"


def is_free(review: Review, name: str, now: datetime) -> bool:
    """True when nobody else has the pair in hand."""
    return review.claimed_by in ("", name) or review.claimed_until is None or review.claimed_until <= now


@transaction.atomic
def claim_next(*, among: ReviewQuerySet, without: Collection[int] = (), by: Actor) -> Review | None:
    """Take the first free pair of `among` that this reviewer may judge, leaving out those skipped; None: none is left.

    Two reviewers at once get two pairs: a row that the other is taking is passed over.
    """
    name, now = reviewer(by), timezone.now()
    free = among.open().exclude(pk__in=list(without)).exclude(voted(name)).filter(_free(name, now))
    chosen = free.select_for_update(skip_locked=True, of=("self",)).first()
    if chosen is not None:
        _take(chosen, name, now)
    return chosen


@transaction.atomic
def claim(*, review: int, among: ReviewQuerySet, by: Actor) -> Review:
    """Take one pair of `among`, or keep it for longer. Raises Unknown, Settled, AlreadyVoted or Taken."""
    name, now = reviewer(by), timezone.now()
    found = among.select_for_update(of=("self",)).filter(pk=review, closed_at=None).first()
    if found is None:
        raise Settled if Review.objects.filter(pk=review, closed_at__isnull=False).exists() else Unknown
    if Review.objects.filter(voted(name), pk=review).exists():
        raise AlreadyVoted
    if not is_free(found, name, now):
        raise Taken
    _take(found, name, now)
    return found


def release(*, review: int, by: Actor) -> None:
    """Let a pair go, if this reviewer has it in hand."""
    Review.objects.filter(pk=review, claimed_by=reviewer(by)).update(claimed_by="", claimed_until=None)


def _take(review: Review, name: str, now: datetime) -> None:
    """A reviewer has one pair in hand at a time: the last one opened."""
    Review.objects.filter(claimed_by=name).exclude(pk=review.pk).update(claimed_by="", claimed_until=None)
    review.claimed_by = name
    review.claimed_until = now + timedelta(minutes=settings.REVIEW_CLAIM_MINUTES)
    review.save(update_fields=["claimed_by", "claimed_until"])


def _free(name: str, now: datetime) -> Q:
    return Q(claimed_by__in=("", name)) | Q(claimed_until=None) | Q(claimed_until__lte=now)
