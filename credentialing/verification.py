"""Whether a request comes from someone who proved both factors."""

from django.http import HttpRequest
from knox.models import AuthToken

from credentialing.models import User


def is_verified(request: HttpRequest) -> bool:
    """True for a session opened with the second factor, and for a token, since tokens are issued only after it."""
    user = request.user
    if not isinstance(user, User):
        return False
    token = getattr(request, "auth", None)
    if isinstance(token, AuthToken):
        return bool(token.user_id == user.pk)
    return bool(getattr(user, "otp_device", None))
