"""Terms that come to their end: warned of at 180, 90 and 30 days, and closed on the day. Each once."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from audit.events import Actor
from credentialing.adhesion.recording import record
from credentialing.adhesion.standing import close_everything
from credentialing.models import Agency, ExpiryWarning

# Days before the end; 0 is the end itself.
DISTANCES: Final = (180, 90, 30, 0)


def look(*, now: datetime, by: Actor) -> int:
    """Write what is due and not yet written; how many. Safe to run any number of times, and twice at once.

    An agency that was not looked at for long is told the nearest distance alone: the others say nothing any more.
    """
    written = 0
    for agency in Agency.objects.filter(expires_at__lte=now + timedelta(days=DISTANCES[0])):
        with transaction.atomic():
            written += _write(agency, now, by)
    return written


def _write(agency: Agency, now: datetime, by: Actor) -> bool:
    assert agency.expires_at is not None  # only those are looked at
    days = min(each for each in DISTANCES if agency.expires_at - now <= timedelta(days=each))
    _, is_new = ExpiryWarning.objects.get_or_create(agency=agency, expires_at=agency.expires_at, days=days)
    if not is_new:
        return False
    known = {"agency": agency.acronym, "expires_at": agency.expires_at.isoformat(), "days": days}
    if days:
        record("agency.warn", by, **known)
    else:
        record("agency.expire", by, **known, **close_everything(agency, by))
    return True
