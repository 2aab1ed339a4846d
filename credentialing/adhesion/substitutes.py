"""Substitutes: designated for some days, for a reason, by whoever holds the place or by the coordination."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from audit.events import Actor
from credentialing import policy
from credentialing.adhesion.recording import record
from credentialing.models import Designation, User


class Overlap(ValueError):
    """The substitute is designated for some of these days already."""


@transaction.atomic
def designate(*, substitute: User, since: date, until: date, reason: str, user: User, by: Actor) -> Designation:
    """Let the substitute act on those days. Raises PermissionDenied, Overlap."""
    if not policy.may_designate(user, substitute):
        raise PermissionDenied
    # The account's row makes two simultaneous designations one after the other.
    User.objects.select_for_update().get(pk=substitute.pk)
    if substitute.designations.filter(ended_at=None, since__lte=until, until__gte=since).exists():
        raise Overlap("Já há uma designação deste substituto em algum desses dias.")
    made = Designation.objects.create(user=substitute, since=since, until=until, reason=reason, made_by=user)
    known = {"user": substitute.pk, "since": since.isoformat(), "until": until.isoformat(), "reason": reason}
    record("substitute.designate", by, agency=substitute.agency.acronym, designation=made.pk, **known)
    return made


@transaction.atomic
def end(*, designation: Designation, user: User, by: Actor) -> None:
    """End a designation before its time: the substitute is out at the next request. Raises PermissionDenied."""
    if not policy.may_designate(user, designation.user):
        raise PermissionDenied
    ended = Designation.objects.filter(pk=designation.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=user)
    if ended:
        record("substitute.end", by, agency=designation.user.agency.acronym, designation=designation.pk)
