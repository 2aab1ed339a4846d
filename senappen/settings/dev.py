"""Development, demonstration and tests: private servers, and secrets made on first use under `SENAPPEN_VAR`."""

from senappen import env, secrets
from senappen.settings.base import *  # noqa: F403
from senappen.settings.base import REPORT_KEY, STORAGES, VAR

DEBUG = env.boolean("DEBUG", default=False)
_local = secrets.local(VAR)
SECRET_KEY = _local["secret_key"]
FIELD_KEYS = [_local["field_key"]]
REPORT_KEY = REPORT_KEY or secrets.derived(_local["field_key"], "report")
secrets.keep(VAR / "audit.key", secrets.derived(_local["field_key"], "audit"))
FICTITIOUS = True
LOOPBACK_SOURCES = True
CONDUCT_PLAIN = True
ALLOWED_HOSTS = ["*"]
# `make demo` sets the port; passkeys work at that address and not at 127.0.0.1.
OTP_WEBAUTHN_ALLOWED_ORIGINS = [f"http://localhost:{env.integer('PORT', 8000)}"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# The manifest is needed only behind a real server; the demonstration serves the sources as they are.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# WhiteNoise warns about a folder that is not there, and tests take warnings for errors.
(VAR / "static").mkdir(exist_ok=True)
