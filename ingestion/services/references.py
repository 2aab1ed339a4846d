"""Checking, each night, that rows have the rows they refer to."""

from datetime import datetime, timedelta
from typing import Final

from ingestion import clock
from ingestion.models import ReferenceCheck
from registry.selectors import references

EVERY: Final = timedelta(days=1)


def check(now: datetime) -> None:
    """Check the references that were not checked for a day, one after the other, and keep what was found of each.

    A begun check counts as one, so that nobody begins it again; killed half-way, it is told as not finished.
    """
    known = references.unchecked()
    ReferenceCheck.objects.exclude(reference__in=map(str, known)).delete()
    for one in known:
        last = ReferenceCheck.objects.filter(reference=str(one)).first()
        if not _is_due(last.begun_at if last else None, now):
            continue
        begun = {"parent": one.parent, "begun_at": clock.now(), "finished_at": None}
        ReferenceCheck.objects.update_or_create(reference=str(one), defaults=begun)
        missing = references.lacking(one)
        finished = clock.now() if missing is not None else None
        ReferenceCheck.objects.filter(reference=str(one)).update(missing=missing, finished_at=finished)


def _is_due(begun: datetime | None, now: datetime) -> bool:
    """A date ahead of the clock was written before it went back."""
    return begun is None or not begun <= now < begun + EVERY
