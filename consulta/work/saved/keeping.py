"""Saving a search under a name, asking it again, forgetting it."""

import uuid
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta.models import SavedSearch, SearchQuery
from consulta.search import queries
from credentialing.models import Purpose, User
from registry.selectors.search import Criteria, Filters

MOST: Final = 100


class TooMany(Exception):
    """The user keeps as many searches as one may."""


@transaction.atomic
def keep(*, user: User, name: str, criteria: Criteria, by: Actor) -> SavedSearch:
    """Save a search. Raises TooMany. The audit learns that it was saved, not what it asks: asking it does that."""
    # The account's row makes simultaneous requests wait for each other: the limit holds.
    User.objects.select_for_update().get(pk=user.pk)
    if SavedSearch.objects.filter(user=user).count() >= MOST:
        raise TooMany
    saved = SavedSearch(user=user)
    saved.keep(name, criteria)
    saved.save()
    _record("saved.keep", saved.pk, by)
    return saved


@transaction.atomic
def forget(*, saved: SavedSearch, by: Actor) -> None:
    """Delete it, criteria and all."""
    key = saved.pk
    saved.delete()
    _record("saved.forget", key, by)


@transaction.atomic
def ask(*, saved: SavedSearch, purpose: Purpose) -> tuple[SearchQuery, Criteria]:
    """A new search of the same criteria under the purpose in force. Filters stand in the address, not in the search."""
    SavedSearch.objects.filter(pk=saved.pk).update(opened_at=timezone.now())
    criteria = saved.criteria
    return queries.keep(replace(criteria, filters=Filters()), purpose), criteria


def of_user(user: User) -> QuerySet[SavedSearch]:
    """The user's own, the latest first."""
    return SavedSearch.objects.filter(user=user)


def find(user: User, pk: uuid.UUID) -> SavedSearch | None:
    """One of the user's own; another's is as if it were not there."""
    return SavedSearch.objects.filter(user=user, pk=pk).first()


def _record(action: str, key: uuid.UUID, by: Actor) -> None:
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action=action, detail={"saved": str(key)}))
