"""Reviewers, and what they do in a line."""

from audit.events import Actor, Channel
from registry.models import Review, Verdict
from registry.selectors.reviewing.sides import fingerprint, sides_of
from registry.services.reviewing.voting import Cast, vote


def actor(name: str) -> Actor:
    return Actor(username=name, channel=Channel.PAGE)


ANA, BIA, CAIO = actor("ana"), actor("bia"), actor("caio")


def shown(review: Review) -> str:
    """The fingerprint of what a reviewer would be shown now."""
    current = Review.objects.get(pk=review.pk)
    return fingerprint(current, sides_of(current))


def say(review: Review, verdict: Verdict, by: Actor, **more: object) -> Cast:
    """Vote on what stands now."""
    return vote(review=review.pk, verdict=verdict, shown=shown(review), by=by, **more)  # type: ignore[arg-type]
