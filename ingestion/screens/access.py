"""Who sees which origins: the administration all of them, a state's technician those of the agency's UF.

Without the permission the answer is 403; an origin outside the scope is as absent as one that does not exist (404).
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from credentialing import policy, verification
from credentialing.models import User
from credentialing.roles import Permission
from ingestion.models import Source
from registry.models import Origin


def reader(request: HttpRequest, *, needs: Permission = Permission.SEE_CONNECTORS) -> User:
    """Whoever asks, once it is known that they see the connectors and hold `needs`. Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    if not all(policy.allows(user, permission) for permission in (Permission.SEE_CONNECTORS, needs)):
        raise PermissionDenied
    return user


def visible_origins(user: User) -> QuerySet[Origin]:
    """The origins whose transfer the user may see; none without the permission."""
    if not policy.allows(user, Permission.SEE_CONNECTORS):
        return Origin.objects.none()
    if policy.allows(user, Permission.MANAGE_SOURCES):
        return Origin.objects.all()
    return Origin.objects.filter(uf=user.agency.uf).exclude(uf="")


def visible_sources(user: User) -> QuerySet[Source]:
    """The source in use of each visible origin, by origin code; the latest where none is enabled."""
    sources = Source.objects.select_related("origin", "mapping").filter(origin__in=visible_origins(user))
    return sources.order_by("origin__code", "-enabled", "-pk").distinct("origin__code")


def source_of(request: HttpRequest, code: str, *, needs: Permission = Permission.SEE_CONNECTORS) -> Source:
    """The source in use of the origin in the address. Raises PermissionDenied or Http404, in this order."""
    source = visible_sources(reader(request, needs=needs)).filter(origin__code=code).first()
    if source is None:
        raise Http404
    return source
