"""Declaring which fictitious records of the base are traps. Their data comes in as any other's, by a source."""

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import User
from oversight.models import Canary
from registry.models import Person


class NotPlanted(Exception):
    """Why it cannot be a trap; `message` says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__("not planted")
        self.message = message


@transaction.atomic
def plant(*, person: uuid.UUID, note: str, user: User, by: Actor) -> Canary:
    """Watch the person with this public id. Raises NotPlanted."""
    if not Person.objects.filter(public_id=person).exists():
        raise NotPlanted("Não há pessoa com este código. Carregue antes o registro fictício por uma fonte.")
    try:
        with transaction.atomic():
            made = Canary.objects.create(person=person, note=note, planted_by=user)
    except IntegrityError:
        raise NotPlanted("Esta pessoa já é, ou já foi, um registro-isca.") from None
    _record(made, "plant", by)
    return made


@transaction.atomic
def withdraw(*, canary: Canary, by: Actor) -> None:
    """Watch it no more; what it has told stays."""
    canary.withdrawn_at = timezone.now()
    canary.save(update_fields=["withdrawn_at"])
    _record(canary, "withdraw", by)


def _record(canary: Canary, action: str, by: Actor) -> None:
    # Not which person: the event's reader would know where not to tread.
    recorder.record_with(Event(kind=Kind.CANARY_CHANGED, actor=by, action=action, detail={"canary": canary.pk}))
