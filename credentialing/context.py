"""What every template knows: names, version, the declared purpose."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from credentialing.services import purposes


def platform(request: HttpRequest) -> dict[str, Any]:
    """`platform_name`, `central_body`, `version`, `fictitious`, `purpose`, `session_idle_seconds`."""
    return {
        "platform_name": settings.PLATFORM_NAME,
        "central_body": settings.CENTRAL_BODY,
        "version": settings.VERSION,
        "fictitious": settings.FICTITIOUS,
        "purpose": purposes.current(request),
        "session_idle_seconds": settings.SESSION_IDLE_SECONDS,
        "reference": getattr(request, "reference", ""),
    }
