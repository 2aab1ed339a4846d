"""Taking one's own last vote back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import Judgement, Outcome, Review, ReviewCause, Vote
from registry.selectors.reviewing import votes
from registry.services import resolution
from registry.services.reviewing.claiming import reviewer
from registry.services.reviewing.errors import NothingToUndo
from registry.services.reviewing.voting import lock_judging, subjects


def undoable(name: str, now: datetime) -> Vote | None:
    """The reviewer's last standing vote, if it was cast within `REVIEW_UNDO_MINUTES`."""
    least = now - timedelta(minutes=settings.REVIEW_UNDO_MINUTES)
    own = Vote.objects.filter(voter=name, withdrawn_at=None, cast_at__gte=least)
    return own.select_related("review").order_by("-cast_at", "-pk").first()


@transaction.atomic
def undo(*, by: Actor) -> Review:
    """Withdraw the reviewer's last vote and what it settled; the pair, unless it needs nobody any more, is open again,
    in their hands.

    Raises NothingToUndo (too late, or a third reviewer decided meanwhile) or Busy.
    """
    name, now = reviewer(by), timezone.now()
    lock_judging()
    found = undoable(name, now)
    if found is None:
        raise NothingToUndo
    review = Review.objects.select_for_update().get(pk=found.review_id)
    names = [one.voter for one in (*votes.disputed(review), *votes.standing(review))]
    found.withdrawn_at = now
    found.save(update_fields=["withdrawn_at"])
    was_settled = review.closed_at is not None
    if was_settled:
        _take_back(review)
    if review.cause == ReviewCause.SAMPLE and not votes.standing(review).exists():
        review.needs_second = False
    review.closed_at, review.outcome, review.claimed_by = None, "", name
    review.claimed_until = now + timedelta(minutes=settings.REVIEW_CLAIM_MINUTES)
    review.save(update_fields=["claimed_by", "claimed_until", "closed_at", "outcome", "needs_second"])
    if was_settled:
        # After the review is open: the queue, asked again, then finds the pair waiting and opens no other.
        _revoke(review, names, by)
    _record(found, by)
    review.refresh_from_db()
    return review


def _take_back(review: Review) -> None:
    """Close what the vote opened. Raises NothingToUndo when others have built on it."""
    later = Review.objects.filter(a=review.a_id, b=review.b_id, pk__gt=review.pk)
    for following in later.select_for_update():
        if following.closed_at is not None or votes.standing(following).exists():
            raise NothingToUndo
        following.closed_at, following.outcome = timezone.now(), Outcome.WITHDRAWN
        following.save(update_fields=["closed_at", "outcome"])


def _revoke(review: Review, names: list[str], by: Actor) -> None:
    """Revoke the judgement that the votes had led to."""
    made = Judgement.objects.standing().filter(
        a=review.a_id, b=review.b_id, judge__in=names, made_at__gte=review.opened_at
    )
    for judgement in made:
        resolution.revoke(judgement=judgement, note="Voto desfeito.", by=by)


def _record(vote: Vote, by: Actor) -> None:
    recorder.record_with(
        Event(
            kind=Kind.JUDGEMENT_REVOKED,
            actor=by,
            action="review.undo",
            subjects=subjects(vote.review),
            detail={"review": vote.review_id, "vote": vote.pk, "verdict": vote.verdict},
        )
    )
