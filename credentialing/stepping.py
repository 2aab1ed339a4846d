"""The second factor again, for what is sensitive: exports, sealed records, exceptional access, user administration."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from knox.models import AuthToken

from credentialing import sessions


class StepUpRequired(Exception):
    """The second factor was proven too long ago. The middleware leads to where it is proven again."""


def proven_at(request: HttpRequest) -> datetime | None:
    """When the second factor was last proven: in this session, or for this token; None for neither."""
    token = getattr(request, "auth", None)
    if isinstance(token, AuthToken):
        proven: datetime = token.created
        return proven
    row = sessions.row_of(request)
    return row.proven_at if row else None


def is_fresh(request: HttpRequest) -> bool:
    """True if the person proved the second factor within `STEP_UP_SECONDS`: in this session, or for this token."""
    token = getattr(request, "auth", None)
    if isinstance(token, AuthToken):
        return bool(timezone.now() - token.created < timedelta(seconds=settings.STEP_UP_SECONDS))
    return sessions.is_elevated(request)


def require(request: HttpRequest) -> None:
    """Raise StepUpRequired unless the second factor is fresh."""
    if not is_fresh(request):
        raise StepUpRequired
