"""What beat and the workers run of the desk. Idempotent: running one twice, or twice at once, is harmless."""

from datetime import date, timedelta

from celery import shared_task
from django.utils import timezone

from audit.events import system
from credentialing.models import AccountFreeze, Agency, CopiedKey
from oversight.models import Cause
from oversight.models.alert import monday
from oversight.services import sampling, watching

AUTOMATION_WEIGHT = 8
COPIED_KEY_WEIGHT = 8


@shared_task(name="oversight.watch_agencies")
def watch_agencies() -> None:
    """Every day: this week and the last, agency by agency, each in a task of its own."""
    this = monday(timezone.localdate())
    for key in Agency.objects.values_list("pk", flat=True):
        for week in (this - timedelta(days=7), this):
            watch_agency.delay(key, week.isoformat())


@shared_task(name="oversight.watch_agency")
def watch_agency(agency: int, week: str) -> int:
    """Look at one agency's week; how many alerts are new or heavier."""
    return watching.watch(Agency.objects.get(pk=agency), date.fromisoformat(week), by=system("oversight.watch_agency"))


@shared_task(name="oversight.note_frozen")
def note_frozen() -> int:
    """Every few minutes: accounts frozen for their rhythm enter the queue; how many did."""
    by, noted = system("oversight.note_frozen"), 0
    since = timezone.now() - timedelta(days=14)
    for freeze in AccountFreeze.objects.automatic().filter(at__gte=since).select_related("user"):
        week = monday(timezone.localdate(freeze.at))
        noted += watching.raise_for(freeze.user, week, Cause.AUTOMATION, score=AUTOMATION_WEIGHT, by=by) is not None
    return noted


@shared_task(name="oversight.note_copied_keys")
def note_copied_keys() -> int:
    """Every few minutes: accounts whose passkey seems to exist twice enter the queue; how many did."""
    by, noted = system("oversight.note_copied_keys"), 0
    since = timezone.localdate() - timedelta(days=14)
    for seen in CopiedKey.objects.filter(seen_on__gte=since).select_related("user"):
        week = monday(seen.seen_on)
        noted += watching.raise_for(seen.user, week, Cause.COPIED_KEY, score=COPIED_KEY_WEIGHT, by=by) is not None
    return noted


@shared_task(name="oversight.draw_samples")
def draw_samples() -> int:
    """Every day: the draw of the last whole week, for agencies that have not had it; how many were drawn."""
    week = monday(timezone.localdate()) - timedelta(days=7)
    by = system("oversight.draw_samples")
    return sum(sampling.draw(agency, week, by=by) is not None for agency in Agency.objects.all())
