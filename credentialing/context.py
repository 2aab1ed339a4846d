"""What every template knows: names, version, the declared purpose."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from credentialing import sessions
from credentialing.models import User
from credentialing.services import purposes


def platform(request: HttpRequest) -> dict[str, Any]:
    """`platform_name`, `central_body`, `version`, `fictitious`, `purpose`; `session_left`, of an open session."""
    user: Any = getattr(request, "user", None)
    return {
        "platform_name": settings.PLATFORM_NAME,
        "central_body": settings.CENTRAL_BODY,
        "version": settings.VERSION,
        "fictitious": settings.FICTITIOUS,
        "purpose": purposes.current(request),
        "session_left": sessions.left(request) if isinstance(user, User) else None,
        "reference": getattr(request, "reference", ""),
    }
