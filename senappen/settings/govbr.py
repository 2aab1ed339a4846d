"""Entering with gov.br, in the names mozilla-django-oidc reads. Without GOVBR_CLIENT_ID there is no such way in.

Addresses, scopes and claims: *Roteiro de Integração do Login Único* (acesso.gov.br/roteiro-tecnico).
"""

from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from senappen import env

# From the lowest; a bronze account is whoever fills a form in, so that it cannot be the least.
_LEVELS: Final = {"prata": "silver", "ouro": "gold"}


def _safe(name: str, address: str) -> str:
    """The address, if it is of https, or of this very machine, where a provider is played."""
    parts = urlsplit(address)
    if address and parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured(f"{name} must be an https address.")
    return address


def _level() -> str:
    level = env.text("GOVBR_LEVEL", "prata")
    if level not in _LEVELS:
        raise ImproperlyConfigured(f"GOVBR_LEVEL must be one of {sorted(_LEVELS)}.")
    return _LEVELS[level]


OIDC_RP_CLIENT_ID = env.text("GOVBR_CLIENT_ID", "")
OIDC_RP_CLIENT_SECRET = env.text("GOVBR_CLIENT_SECRET", "")
if bool(OIDC_RP_CLIENT_ID) != bool(OIDC_RP_CLIENT_SECRET):
    raise ImproperlyConfigured("Set both GOVBR_CLIENT_ID and GOVBR_CLIENT_SECRET, or neither.")

# As the tokens name it, to the letter: gov.br's ends in a slash.
GOVBR_ISSUER = _safe("GOVBR_ISSUER", env.text("GOVBR_ISSUER", "https://sso.acesso.gov.br/"))
GOVBR_LEVEL = _level()
# Where gov.br leads after its own session ended; it must be registered there. Without it that session stays.
GOVBR_LOGOUT_RETURN = _safe("GOVBR_LOGOUT_RETURN", env.text("GOVBR_LOGOUT_RETURN", ""))

_at = GOVBR_ISSUER.rstrip("/")
OIDC_OP_AUTHORIZATION_ENDPOINT = f"{_at}/authorize"
OIDC_OP_TOKEN_ENDPOINT = f"{_at}/token"
OIDC_OP_JWKS_ENDPOINT = f"{_at}/jwk"
GOVBR_LOGOUT_ENDPOINT = f"{_at}/logout"
# The library wants one; what the token says is enough, and the person's further data are none of ours.
OIDC_OP_USER_ENDPOINT = ""
OIDC_AUTHENTICATION_CALLBACK_URL = "credentialing:govbr-return"
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = env.text("GOVBR_SCOPES", "openid govbr_confiabilidades govbr_confiabilidades_idtoken")
OIDC_AUTH_REQUEST_EXTRA_PARAMS = {"prompt": _prompt} if (_prompt := env.text("GOVBR_PROMPT", "")) else {}
OIDC_USE_PKCE = True
OIDC_TOKEN_USE_BASIC_AUTH = True
OIDC_TIMEOUT = env.integer("GOVBR_TIMEOUT", 5, least=1)
OIDC_VERIFY_SSL = env.file("GOVBR_CA_FILE") or True
