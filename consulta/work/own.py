"""What a user keeps for themself: adding within a limit, finding one's own, forgetting."""

import uuid
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta.models.kept import Kept
from credentialing.models import User

Row = TypeVar("Row", bound=Kept)


class TooMany(Exception):
    """The user keeps as many as one may."""


@transaction.atomic
def keep(row: Kept, *, by: Actor) -> None:
    """Save a new row. Raises TooMany. The audit learns that something was kept, not what: opening it does that."""
    # The account's row makes simultaneous requests wait for each other: the limit holds.
    User.objects.select_for_update().get(pk=row.user_id)
    if of_user(type(row), row.user).count() >= row.MOST:
        raise TooMany
    row.save()
    _record(row, "keep", by)


@transaction.atomic
def forget(row: Kept, *, by: Actor) -> None:
    """Delete it, words and all."""
    _record(row, "forget", by)
    row.delete()


def opened(row: Kept) -> None:
    """Remember that it was opened now."""
    type(row)._default_manager.filter(pk=row.pk).update(opened_at=timezone.now())


def of_user(model: type[Row], user: User) -> QuerySet[Row]:
    """The user's own, the latest first."""
    return model._default_manager.filter(user=user)


def find(model: type[Row], user: User, pk: uuid.UUID) -> Row | None:
    """One of the user's own; another's is as if it were not there."""
    return of_user(model, user).filter(pk=pk).first()


def require(model: type[Row], user: User, pk: uuid.UUID) -> Row:
    """The same. Raises Http404."""
    found = find(model, user, pk)
    if found is None:
        raise Http404
    return found


def _record(row: Kept, act: str, by: Actor) -> None:
    detail = {row.KIND: str(row.pk)}
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action=f"{row.KIND}.{act}", detail=detail))
