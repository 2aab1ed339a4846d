"""How the API knows who asks: a token issued after the second factor, or the session of our own pages."""

from typing import Any

from django.http import HttpRequest
from knox.auth import TokenAuthentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed

from credentialing import clients, policy, verification
from credentialing.models import User


class VerifiedTokenAuthentication(TokenAuthentication):  # type: ignore[misc]
    """A knox token (`Authorization: Bearer …`) whose account and agency are still open at this request, from a system
    of that agency (`clients`)."""

    def authenticate(self, request: Any) -> tuple[User, Any] | None:
        key = clients.presented(request)
        try:
            found: tuple[User, Any] | None = super().authenticate(request)
        except AuthenticationFailed:
            if key is not None:
                clients.refused(key)
            raise
        if found is not None:
            clients.require(key, found[0])
        elif key is not None:
            clients.refused(key)
        return found

    def validate_user(self, auth_token: Any) -> tuple[User, Any]:
        user = User.objects.with_bounds().get(pk=auth_token.user_id)
        if not policy.may_enter(user):
            raise AuthenticationFailed("Credencial inválida.")
        return user, auth_token


class VerifiedSessionAuthentication(SessionAuthentication):
    """The session of the pages, opened with both factors; writes need the CSRF token."""

    def authenticate(self, request: Any) -> tuple[User, None] | None:
        original: HttpRequest = request._request
        user = original.user
        if not isinstance(user, User) or not verification.is_verified(original):
            return None
        self.enforce_csrf(request)
        return user, None
