"""The state's kit on a technician's machine (`kit.py`): no database, no Redis, and no secret of ours."""

import base64
import secrets

SECRET_KEY = secrets.token_urlsafe(64)
# Credentials of the source are sealed in memory for one check, by a key that ends with it.
FIELD_KEYS = [base64.b64encode(secrets.token_bytes(32)).decode()]
REPORT_KEY = ""
AUTH_USER_MODEL = "credentialing.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "credentialing",
    "audit",
    "registry",
    "ingestion",
    "pgtrigger",
    "pghistory",
]
# The checker may run on the very machine of the database or gateway, so this machine is an address like another.
LOOPBACK_SOURCES = True
LANGUAGE_CODE = "pt-br"
TIME_ZONE = "America/Sao_Paulo"
USE_TZ = True
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
