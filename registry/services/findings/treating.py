"""What people do about findings."""

from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import Finding, FindingEvent, FindingStatus

# What a person may make of a finding that stands; only a check resolves one.
CHOICES = (FindingStatus.OPEN, FindingStatus.ACKNOWLEDGED, FindingStatus.DISMISSED)


class NotStanding(Exception):
    """The finding's condition is gone: there is nothing to treat."""


@transaction.atomic
def treat(*, finding: Finding, status: FindingStatus, owner: str, note: str, by: Actor) -> FindingEvent:
    """Give a finding a status and an owner, with a note. Raises NotStanding, or ValueError for a dismissal unexplained.

    The event that tells of it joins the finding's history. The audit names the persons the records were born with.
    """
    if status not in CHOICES or (status == FindingStatus.DISMISSED and not note.strip()):
        raise ValueError("A status of people, and a note for a dismissal.")
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    if held.closed_at is not None:
        raise NotStanding
    before, held.status, held.owner = held.status, status, owner.strip()
    held.save(update_fields=["status", "owner"])
    event = FindingEvent.objects.create(finding=held, by=by.username, before=before, after=status, note=note.strip())
    homes = held.records.order_by("pk").values_list("home__public_id", flat=True)
    detail = {"finding": held.pk, "rule": held.rule, "from": before, "to": status, "event": event.pk}
    recorder.record_with(
        Event(kind=Kind.FINDING_TREATED, actor=by, action=f"finding.{status}", subjects=tuple(homes), detail=detail)
    )
    return event
