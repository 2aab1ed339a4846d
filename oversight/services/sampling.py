"""The weekly draw: one account in fifty is looked at for no reason at all, so that looking accuses nobody."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Final

from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import Agency, User
from oversight import facts
from oversight.models import Cause, WeeklySample
from oversight.services.watching import raise_for

SHARE: Final = 0.02


def drawn(seed: str, population: Sequence[int]) -> list[int]:
    """Who is drawn: the accounts whose digest with the seed is smallest, at least one of any. The seed repeats it."""
    many = ceil(SHARE * len(population))
    return sorted(population, key=lambda account: hashlib.sha256(f"{seed}|{account}".encode()).digest())[:many]


@transaction.atomic
def draw(agency: Agency, week: date, *, by: Actor) -> WeeklySample | None:
    """Draw among those who used the platform in the week, once; None if it was done or nobody did.

    The seed is made now and recorded: whoever knows the code cannot tell beforehand who will be looked at.
    """
    # The agency's row makes two draws one after the other.
    Agency.objects.select_for_update().get(pk=agency.pk)
    population = facts.used(agency, week)
    if not population or WeeklySample.objects.filter(agency=agency, week=week).exists():
        return None
    seed = secrets.token_hex(16)
    chosen = drawn(seed, population)
    made = WeeklySample.objects.create(agency=agency, week=week, seed=seed, population=population, chosen=chosen)
    detail = {"agency": agency.acronym, "week": week.isoformat(), "seed": seed, "of": len(population), "chosen": chosen}
    recorder.record_with(Event(kind=Kind.SAMPLE_DRAWN, actor=by, detail=detail))
    for user in User.objects.filter(pk__in=chosen):
        raise_for(user, week, Cause.SAMPLE, score=0, by=by)
    return made
