"""Who may act on pairs. Showing one opens the gate; voting, skipping and the like show nobody."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from rest_framework.request import Request

from audit import recorder
from audit.events import Actor, Channel, Event, Kind
from consulta.access import PurposeRequired
from credentialing import actors, policy, verification
from credentialing.models import User
from credentialing.roles import Permission
from credentialing.services import purposes


def admit(request: HttpRequest | Request, action: str, channel: Channel = Channel.PAGE) -> tuple[User, Actor]:
    """The reviewer, who has a purpose declared. Raises PermissionDenied (recorded) or PurposeRequired."""
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    actor = actors.from_request(request, channel)
    if not all(policy.allows(user, p) for p in (Permission.CONSULT_PEOPLE, Permission.REVIEW_IDENTITY)):
        recorder.record_now(Event(kind=Kind.DENIED, actor=actor, action=action))
        raise policy.DeniedOnRecord
    if purposes.current(request) is None:
        raise PurposeRequired
    return user, actor
