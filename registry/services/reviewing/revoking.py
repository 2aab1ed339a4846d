"""Taking a judgement back, whoever made it."""

from django.db import transaction

from audit.events import Actor
from registry.models import Judgement
from registry.services import resolution
from registry.services.reviewing.voting import lock_judging


@transaction.atomic
def revoke(*, judgement: Judgement, note: str, by: Actor) -> None:
    """Revoke it with its reason; the persons follow at once. Raises Busy, or resolution.AlreadyRevoked."""
    lock_judging()
    resolution.revoke(judgement=judgement, note=note, by=by)
