"""Who may decide what others ask for, and what waits for them: the same for pages and programs."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from consulta.models import ExportRequest, ExportState, Follow, FollowState
from credentialing import policy, verification
from credentialing.models import User
from credentialing.roles import Permission


def decider_of(request: HttpRequest) -> User:
    """Whoever asks, if they decide on what others ask for. Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    if not policy.allows(user, Permission.APPROVE_REQUESTS):
        raise PermissionDenied
    return user


def waiting_exports(decider: User) -> QuerySet[ExportRequest]:
    """Exports that this person may decide, the oldest first."""
    asked = ExportRequest.objects.filter(state=ExportState.ASKED, user__agency=decider.agency_id)
    return asked.exclude(user=decider).select_related("user", "purpose").order_by("asked_at")


def waiting_follows(decider: User) -> QuerySet[Follow]:
    """Follows that this person may decide, the oldest first."""
    asked = Follow.objects.filter(state=FollowState.ASKED, user__agency=decider.agency_id)
    return asked.exclude(user=decider).select_related("user").order_by("asked_at")


def waiting(decider: User) -> int:
    """How many requests this person may decide."""
    return waiting_follows(decider).count() + waiting_exports(decider).count()
