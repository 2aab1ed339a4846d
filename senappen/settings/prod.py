"""Production: every secret comes from the environment, and unsafe values stop the start."""

import re

from django.core.exceptions import ImproperlyConfigured

from senappen import env, servers
from senappen.settings.base import *  # noqa: F403
from senappen.settings.base import ALLOWED_HOSTS, STEP_UP_SECONDS

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
# AES-256 keys in base64, the current one first; the others only read what they once wrote.
FIELD_KEYS = env.listing("FIELD_KEYS")

for _name in (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_AUDITOR_URL",
    "REDIS_URL",
    "ALLOWED_HOSTS",
    "FIELD_KEYS",
    "AUDIT_KEY_FILE",
    "AUDIT_CHECKPOINT_DIR",
):
    env.text(_name)
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; '*' is not accepted.")
_names = [host.lstrip(".") for host in ALLOWED_HOSTS if not re.fullmatch(r"[0-9.]+|\[.*\]", host)]
if not _names:
    raise ImproperlyConfigured("ALLOWED_HOSTS must hold a name: passkeys belong to a domain, not to an IP address.")
OTP_WEBAUTHN_RP_ID = env.text("PASSKEY_DOMAIN", _names[0])
OTP_WEBAUTHN_ALLOWED_ORIGINS = env.listing("PASSKEY_ORIGINS") or [
    f"https://{name}" for name in _names if f".{name}".endswith(f".{OTP_WEBAUTHN_RP_ID}")
]
if not OTP_WEBAUTHN_ALLOWED_ORIGINS:
    raise ImproperlyConfigured("PASSKEY_DOMAIN must be a name of ALLOWED_HOSTS, or a domain above one of them.")
if env.database(servers.application_url())["USER"] == env.database(servers.owner_url())["USER"]:
    raise ImproperlyConfigured("DATABASE_URL must log in as another role than DATABASE_OWNER_URL.")
if env.database(servers.auditor_url())["USER"] == env.database(servers.application_url())["USER"]:
    raise ImproperlyConfigured("DATABASE_AUDITOR_URL must log in as another role than DATABASE_URL.")
if env.boolean("SENAPPEN_FICTITIOUS", default=False):
    raise ImproperlyConfigured("SENAPPEN_FICTITIOUS is for demonstrations.")

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A second factor older than five minutes is never fresh, whatever the environment says.
STEP_UP_SECONDS = min(STEP_UP_SECONDS, 300)

# The API is for systems of agencies: a person's token alone, taken away, opens nothing from elsewhere.
API_NEEDS_AGENCY_KEY = env.boolean("API_NEEDS_AGENCY_KEY", default=True)
