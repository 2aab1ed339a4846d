"""Opening the base to a new supplier of records."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce, Greatest, Now

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import Halt, Origin


@transaction.atomic
def register(
    *,
    code: str,
    name: str,
    uf: str,
    timezone: str,
    by: Actor,
    fresh_for: timedelta = timedelta(days=1, hours=6),
) -> Origin:
    """Create the origin, or return the one that already has this code. Its first loads make its partitions."""
    origin, created = Origin.objects.get_or_create(
        code=code,
        defaults={"name": name, "uf": uf, "timezone": timezone, "fresh_for": fresh_for, "unjudged": True},
    )
    if created:
        recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action="origin.register", detail={"origin": code}))
    return origin


def mark_loaded(origin: Origin, at: datetime) -> None:
    """Note until when the base holds what the origin knew: the instant at which its last finished load began.

    An earlier instant changes nothing, unless what stands lies in the future: the clock was wrong when it was noted.
    The load itself is audited by whoever ran it.
    """
    latest = Case(When(loaded_at__gt=Now(), then=Value(at)), default=Greatest(Coalesce("loaded_at", at), at))
    Origin.objects.filter(pk=origin.pk).update(loaded_at=latest)
    Origin.objects.filter(pk=origin.pk, halt=Halt.STOPPED).update(halt=Halt.NONE)
    origin.refresh_from_db(fields=["loaded_at", "halt"])


def tell_halt(origin_id: int, halt: Halt) -> None:
    """Say that nothing comes in from the origin for now, or that it does again. A pause outlasts an interruption.

    What halted it is audited by whoever did.
    """
    told = Origin.objects.filter(pk=origin_id)
    (told.exclude(halt=Halt.PAUSED) if halt == Halt.STOPPED else told).update(halt=halt)
