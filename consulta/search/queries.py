"""Keeping a search and opening it again."""

import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from consulta.access import PurposeRequired
from consulta.models import SearchQuery
from credentialing import policy, verification
from credentialing.models import Purpose, User
from credentialing.roles import Permission
from credentialing.services import purposes
from registry.selectors.search import Criteria

_RECENT = 8


def admit(request: HttpRequest) -> Purpose:
    """The purpose under which the request may ask. Raises PermissionDenied or PurposeRequired.

    Asking shows nobody and is not yet a consultation: opening the answer is, at the gate.
    """
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    if not policy.allows(user, Permission.CONSULT_PEOPLE):
        raise PermissionDenied
    purpose = purposes.current(request)
    if purpose is None:
        raise PurposeRequired
    return purpose


@transaction.atomic
def keep(criteria: Criteria, purpose: Purpose) -> SearchQuery:
    """Store the criteria for as long as the purpose is open; those of the user's expired purposes are forgotten."""
    expired = SearchQuery.objects.filter(user_id=purpose.user_id, purpose__expires_at__lt=timezone.now())
    expired.delete()
    query = SearchQuery(user_id=purpose.user_id, purpose=purpose)
    query.criteria = criteria
    query.save()
    return query


def open_query(pk: uuid.UUID, purpose: Purpose) -> SearchQuery | None:
    """The search, if it was asked for by the same user under this very purpose."""
    return SearchQuery.objects.filter(pk=pk, user_id=purpose.user_id, purpose=purpose).first()


def note_found(query: SearchQuery, found: int) -> None:
    """Remember how many persons answered, so that past searches can be told apart without their criteria."""
    if query.found != found:
        SearchQuery.objects.filter(pk=query.pk).update(found=found)


def recent(purpose: Purpose) -> Sequence[SearchQuery]:
    """The last searches under the purpose, the newest first."""
    return list(SearchQuery.objects.filter(purpose=purpose)[:_RECENT])
