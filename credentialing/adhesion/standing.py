"""Whether an agency is open: suspended at once and by one person alone, lifted, prolonged. Each says why."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from knox.models import AuthToken

from audit.events import Actor
from credentialing.adhesion.asking import end_of
from credentialing.adhesion.recording import record
from credentialing.models import Agency, AgencySuspension, UserSession
from credentialing.sessions import State


class NotNow(Exception):
    """The agency already stands so."""


class OwnAgency(Exception):
    """Nobody closes the agency they act for: there would be nobody left to open it."""


@transaction.atomic
def suspend(*, agency: Agency, reason: str, by: Actor) -> None:
    """Close the agency now: nobody of it enters, and what is open ends (art. 11 §2 II). Raises NotNow, OwnAgency."""
    if agency.acronym == by.agency:
        raise OwnAgency
    locked = Agency.objects.select_for_update().get(pk=agency.pk)
    if locked.suspended_at is not None:
        raise NotNow
    locked.suspended_at, locked.suspension_reason = timezone.now(), reason
    locked.save(update_fields=["suspended_at", "suspension_reason"])
    AgencySuspension.objects.create(agency=locked, begun_at=locked.suspended_at, begun_by=by.username, reason=reason)
    record("agency.suspend", by, agency=locked.acronym, reason=reason, **close_everything(locked, by))


@transaction.atomic
def lift(*, agency: Agency, reason: str, by: Actor) -> None:
    """Open it again; everybody enters anew. Raises NotNow."""
    locked = Agency.objects.select_for_update().get(pk=agency.pk)
    if locked.suspended_at is None:
        raise NotNow
    locked.suspended_at, locked.suspension_reason = None, ""
    locked.save(update_fields=["suspended_at", "suspension_reason"])
    AgencySuspension.objects.filter(agency=locked, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=by.username, lift_reason=reason
    )
    record("agency.lift", by, agency=locked.acronym, reason=reason)


@transaction.atomic
def prolong(*, agency: Agency, until: date, reason: str, by: Actor) -> None:
    """Another last day of the adhesion, later or earlier; one that has passed closes the agency now."""
    locked = Agency.objects.select_for_update().get(pk=agency.pk)
    before, locked.expires_at = locked.expires_at, end_of(until)
    locked.save(update_fields=["expires_at"])
    known = {"before": before.isoformat() if before else "", "until": until.isoformat()}
    record("agency.prolong", by, agency=locked.acronym, reason=reason, **known)


def close_everything(agency: Agency, by: Actor) -> dict[str, int]:
    """End its people's sessions and tokens, and what other apps keep open for it; how many of each.

    They would find the agency closed at their next request anyhow: ending them keeps them ended once it is open again.
    """
    sessions = UserSession.objects.filter(user__agency=agency).end(State.CLOSED)
    tokens, _ = AuthToken.objects.filter(user__agency=agency).delete()
    closed = {"sessions": sessions, "tokens": tokens}
    for name, path in settings.AGENCY_CLOSERS.items():
        closed[name] = import_string(path)(agency=agency, by=by)
    return closed
