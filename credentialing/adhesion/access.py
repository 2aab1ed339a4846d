"""Who may open the pages of agencies. Without the permission 403; another agency is as absent as none (404)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from credentialing import policy, verification
from credentialing.models import Agency, User
from credentialing.policy import Permission


def coordination(request: HttpRequest) -> User:
    """Whoever asks, once it is known that they manage agencies. Raises PermissionDenied."""
    user = verified(request)
    if not policy.allows(user, Permission.MANAGE_AGENCIES):
        raise PermissionDenied
    return user


def agency_of(request: HttpRequest, pk: int) -> tuple[User, Agency]:
    """Whoever asks, and an agency they may see. Raises PermissionDenied or Http404, in this order."""
    user = verified(request)
    if not (policy.allows(user, Permission.MANAGE_AGENCIES) or policy.allows(user, Permission.SEE_AGENCY)):
        raise PermissionDenied
    agency = Agency.objects.filter(pk=pk).first()
    if agency is None or not policy.may_see_agency(user, agency):
        raise Http404
    return user, agency


def verified(request: HttpRequest) -> User:
    """Whoever asks, both factors proven. Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    return user
