"""Keeping a diagram under a name, finding one's own, forgetting it."""

import uuid
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta.models import SavedDiagram
from consulta.models.diagram import Places
from credentialing.models import User

MOST: Final = 100


class TooMany(Exception):
    """The user keeps as many diagrams as one may."""


@transaction.atomic
def keep(*, user: User, name: str, focus: uuid.UUID, places: Places, by: Actor) -> SavedDiagram:
    """Save a diagram. Raises TooMany. The audit learns of the persons when it is opened."""
    # The account's row makes simultaneous requests wait for each other: the limit holds.
    User.objects.select_for_update().get(pk=user.pk)
    if SavedDiagram.objects.filter(user=user).count() >= MOST:
        raise TooMany
    diagram = SavedDiagram(user=user)
    diagram.keep(name, focus, places)
    diagram.save()
    _record("diagram.keep", diagram.pk, by)
    return diagram


@transaction.atomic
def forget(*, diagram: SavedDiagram, by: Actor) -> None:
    """Delete it, persons and all."""
    key = diagram.pk
    diagram.delete()
    _record("diagram.forget", key, by)


def opened(diagram: SavedDiagram) -> None:
    """Remember that it was opened now."""
    SavedDiagram.objects.filter(pk=diagram.pk).update(opened_at=timezone.now())


def of_user(user: User) -> QuerySet[SavedDiagram]:
    """The user's own, the latest first."""
    return SavedDiagram.objects.filter(user=user)


def find(user: User, pk: uuid.UUID) -> SavedDiagram | None:
    """One of the user's own; another's is as if it were not there."""
    return SavedDiagram.objects.filter(user=user, pk=pk).first()


def _record(action: str, key: uuid.UUID, by: Actor) -> None:
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action=action, detail={"diagram": str(key)}))
