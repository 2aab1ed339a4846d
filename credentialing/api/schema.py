"""What the OpenAPI document says about our two ways to authenticate. Loaded by being imported."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from credentialing.authentication import VerifiedSessionAuthentication, VerifiedTokenAuthentication


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tells the OpenAPI document about the token."""

    target_class = VerifiedTokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tells the OpenAPI document about the session."""

    target_class = VerifiedSessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
