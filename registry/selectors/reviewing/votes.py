"""Who has already said what of a pair."""

from django.db.models import Exists, OuterRef, QuerySet

from registry.models import Outcome, Review, Vote


def voted(voter: str) -> Exists:
    """Of a review: this reviewer has a standing vote on its pair, in this review or in an earlier one.

    Whoever has spoken of a pair is neither its second reviewer, nor its third, nor the one who samples it.
    """
    own = Vote.objects.filter(voter=voter, withdrawn_at=None, review__a=OuterRef("a"), review__b=OuterRef("b"))
    return Exists(own)


def standing(review: Review) -> QuerySet[Vote]:
    """Votes of a review that nobody withdrew, in the order cast."""
    return Vote.objects.filter(review=review, withdrawn_at=None).order_by("cast_at", "pk")


def disputed(review: Review) -> tuple[Vote, ...]:
    """The votes that did not agree and led to this review; none when nothing of the kind did.

    Told by the votes, not by the cause: a load that scores the pair again gives its review another one.
    """
    earlier = Review.objects.filter(a=review.a_id, b=review.b_id, closed_at__isnull=False, pk__lt=review.pk)
    last = earlier.exclude(outcome=Outcome.WITHDRAWN).order_by("-pk").first()
    votes = tuple(standing(last)) if last is not None and last.outcome == Outcome.UNSURE else ()
    return votes if len({vote.verdict for vote in votes}) > 1 else ()
