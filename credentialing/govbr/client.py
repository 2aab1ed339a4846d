"""What gov.br says of who came back from it, over mozilla-django-oidc. Every failure has one cause, for the audit."""

from typing import Any, Final

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

# Seconds that gov.br's clock may differ from ours.
LEEWAY: Final = 30
REQUIRED: Final = ["iss", "aud", "exp", "iat", "sub", "nonce"]
_CAUSES: Final = (
    (jwt.InvalidSignatureError, "govbr_signature"),
    (jwt.InvalidAlgorithmError, "govbr_signature"),
    (jwt.InvalidIssuerError, "govbr_issuer"),
    (jwt.InvalidAudienceError, "govbr_audience"),
    (jwt.ExpiredSignatureError, "govbr_expired"),
    (jwt.MissingRequiredClaimError, "govbr_token"),
)
# Anything may come instead of an answer.
_UNFIT: Final = (jwt.PyJWTError, SuspiciousOperation, ValueError, TypeError, KeyError, AttributeError)


class Failed(Exception):
    """gov.br proved nobody. `cause` is for the audit alone, and holds nothing gov.br or the browser sent."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class GovBr(OIDCAuthenticationBackend):  # type: ignore[misc]  # the package is not typed
    """The library's side of the protocol. Not one of `AUTHENTICATION_BACKENDS`: it finds and makes no accounts."""

    def claims(self, *, code: str, verifier: str, nonce: str, return_address: str) -> dict[str, Any]:
        """What the ID token says that gov.br gives for the code, its signature, issuer, audience, time and nonce
        verified. Nothing of the tokens is kept. Raises Failed."""
        asked = {
            "client_id": self.OIDC_RP_CLIENT_ID,
            "client_secret": self.OIDC_RP_CLIENT_SECRET,
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": return_address,
        }
        try:
            token = self.get_token(asked)["id_token"]
        except requests.HTTPError as error:
            answered = error.response.status_code if error.response is not None else 500
            raise Failed("govbr_refused" if answered < 500 else "govbr_unreachable") from None
        except requests.JSONDecodeError:
            raise Failed("govbr_token") from None
        except requests.RequestException:
            raise Failed("govbr_unreachable") from None
        except _UNFIT:
            raise Failed("govbr_token") from None
        return self._verified(token, nonce)

    def _verified(self, token: str, nonce: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = self.verify_token(token, nonce=nonce)
        except requests.JSONDecodeError:
            raise Failed("govbr_key") from None
        except requests.RequestException:
            raise Failed("govbr_unreachable") from None
        except SuspiciousOperation:  # the one check the library makes after those below
            raise Failed("govbr_nonce") from None
        except _UNFIT as error:
            raise Failed(next((cause for kind, cause in _CAUSES if isinstance(error, kind)), "govbr_token")) from None
        return claims

    def retrieve_matching_jwk(self, token: str) -> Any:
        """The key that gov.br publishes under the name and algorithm the token bears."""
        try:
            return super().retrieve_matching_jwk(token)
        except requests.RequestException:
            raise
        except _UNFIT:
            raise Failed("govbr_key") from None

    def _verify_jws(self, payload: str, key: Any) -> dict[str, Any]:
        """As the library does, and what it leaves out: issuer and audience, and that none of `REQUIRED` is missing."""
        claims: dict[str, Any] = jwt.decode(
            payload,
            key,
            algorithms=[self.OIDC_RP_SIGN_ALGO],
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=settings.GOVBR_ISSUER,
            leeway=LEEWAY,
            options={"require": REQUIRED},
        )
        # A token for others too may have been handed on by one of them.
        if claims["aud"] not in (self.OIDC_RP_CLIENT_ID, [self.OIDC_RP_CLIENT_ID]):
            raise Failed("govbr_audience")
        return claims
