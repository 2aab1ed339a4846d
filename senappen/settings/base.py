"""Settings common to every environment. Values come from `senappen.env`; nothing secret is written here."""

from datetime import timedelta

from csp.constants import NONE, SELF

from senappen import env, servers
from senappen.settings.govbr import *  # noqa: F403
from senappen.settings.rules import *  # noqa: F403

ROOT = servers.ROOT
VAR = servers.var()

PLATFORM_NAME = "Base Prisional Nacional"
# The central body has moved before (Portaria MJSP 218/2021): it is configuration.
CENTRAL_BODY = env.text("SENAPPEN_CENTRAL_BODY", "SENAPPEN · Ministério da Justiça e Segurança Pública")
VERSION = "0.1.0"
FICTITIOUS = env.boolean("SENAPPEN_FICTITIOUS", default=False)
# May a source be on this very machine? Only where a state is played here.
LOOPBACK_SOURCES = False

ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "senappen.urls"
WSGI_APPLICATION = "senappen.wsgi.application"
ASGI_APPLICATION = "senappen.asgi.application"
AUTH_USER_MODEL = "credentialing.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "senappen",
    "credentialing",
    "audit",
    "registry",
    "ingestion",
    "consulta",
    "oversight",
    "senappen.apps.AuditedAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp_webauthn",
    "django_htmx",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "senappen.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "senappen.middleware.ChangesMiddleware",
    "credentialing.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "audit.middleware.AuditUnavailableMiddleware",
    "consulta.middleware.ReceiptMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "credentialing.context.platform",
                "consulta.context.work",
                "oversight.context.desk",
            ],
        },
    },
]


# Four doors to one database: the application, the audit (its own connection, outside every request's
# transaction, so that a rollback never erases it), the auditor, which alone reads the audit, and the owner of the
# schema, for migrations alone.
def _connected(url: str, role: str, **parameters: object) -> dict[str, object]:
    settings = env.database(url)
    # Everything was measured without; compiled, no search of five million persons was faster.
    parameters["jit"] = "off"
    # What is asked for lies in memory or on solid-state disks. Left at 4, a page found by an index costs so much that
    # whole tables are read for a batch of 5,000 rows.
    parameters["random_page_cost"] = 1.1
    if role:
        parameters["role"] = role
    options = " ".join(f"-c {name}={value}" for name, value in parameters.items())
    settings["OPTIONS"] = {**dict(settings["OPTIONS"]), "options": options}  # type: ignore[call-overload]
    settings["CONN_MAX_AGE"] = 60
    settings["CONN_HEALTH_CHECKS"] = True
    return settings


# The Ed25519 key that signs the reports of states' checks, 32 bytes in base64; without one they are not signed.
REPORT_KEY = env.text("REPORT_KEY", "")

# Who a request acts for, as the audit records it. The audit may not import the accounts, which stand above it.
AUDIT_ACTOR = "credentialing.actors.from_request"
# Which purposes were declared for a case: the same arrow.
AUDIT_CASE = "credentialing.services.purposes.of_case"
# What closes when an agency does, in the apps above the accounts: called with `agency` and `by`, they say how many.
AGENCY_CLOSERS = {"loads": "ingestion.services.agencies.stop_loads"}
# How long an answer waits for the audit before it is refused (503), in milliseconds.
AUDIT_TIMEOUT_MS = env.integer("AUDIT_TIMEOUT_MS", 500, least=1)
# The Ed25519 key that signs the audit's chains, only where beat's tasks run; and where what it signed is handed out,
# best a write-once share. Whoever may change the database must reach neither.
AUDIT_KEY_FILE = env.text("AUDIT_KEY_FILE", str(VAR / "audit.key"))
AUDIT_CHECKPOINT_DIR = env.text("AUDIT_CHECKPOINT_DIR", str(VAR / "checkpoints"))
# Whole months that no command may take out of the audit.
AUDIT_KEEP_MONTHS = env.integer("AUDIT_KEEP_MONTHS", 60, least=12)
AUDIT_CHECKPOINT_EMAILS = env.listing("AUDIT_CHECKPOINT_EMAILS")
_app_role = servers.APP_ROLE if servers.same_login() else ""
_auditor_role = servers.AUDITOR_ROLE if servers.auditor_shares_login() else ""
DATABASES = {
    "default": _connected(servers.application_url(), _app_role),
    "audit": _connected(
        servers.application_url(), _app_role, lock_timeout=AUDIT_TIMEOUT_MS, statement_timeout=4 * AUDIT_TIMEOUT_MS
    ),
    "auditor": _connected(servers.auditor_url(), _auditor_role, lock_timeout=AUDIT_TIMEOUT_MS),
    "owner": env.database(servers.owner_url()),
}
DATABASE_ROUTERS = ["senappen.routers.OwnerMigrates"]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": servers.redis_url(),
        "KEY_PREFIX": "senappen",
    }
}

AUTHENTICATION_BACKENDS = ["credentialing.backends.RoleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "credentialing.passwords.BreachedPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "credentialing:login"
LOGIN_REDIRECT_URL = "credentialing:home"
LOGOUT_REDIRECT_URL = "credentialing:login"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# What is sensitive asks for the second factor again when it was proven longer ago.
STEP_UP_SECONDS = env.integer("STEP_UP_SECONDS", 300, least=1)
SESSION_IDLE_SECONDS = int(timedelta(minutes=15).total_seconds())
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "senappen.lib.errors.csrf_failure"
# The name authenticator applications show.
OTP_TOTP_ISSUER = PLATFORM_NAME
# Passkeys, a second factor only, of one domain: never its IP address. Another domain later makes every key worthless.
OTP_WEBAUTHN_RP_NAME = PLATFORM_NAME
OTP_WEBAUTHN_RP_ID = env.text("PASSKEY_DOMAIN", "localhost")
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
# What fails is in the audit.
OTP_WEBAUTHN_EXCEPTION_LOGGER_NAME = ""
PURPOSE_HOURS = env.integer("PURPOSE_HOURS", 4, least=1)

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Who hears of every alert, besides those responsible for the agreement.
ALERT_EMAILS = env.listing("ALERT_EMAILS")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "nao-responda@localhost")
# Whoever reads /metrics brings it; without one there are no metrics.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")

LANGUAGE_CODE = "pt-br"
TIME_ZONE = "America/Sao_Paulo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR / "photos")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "credentialing.authentication.VerifiedTokenAuthentication",
        "credentialing.authentication.VerifiedSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["consulta.permissions.MayConsult"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "consulta.errors.handle_api_exception",
}
REST_KNOX = {
    "TOKEN_TTL": timedelta(hours=8),
    "AUTO_REFRESH": False,
    "TOKEN_LIMIT_PER_USER": 5,
    "AUTH_HEADER_PREFIX": "Bearer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{PLATFORM_NAME}: API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {"FollowKind": "consulta.models.FollowKind", "RecordKind": "registry.models.RecordKind"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # Django logs full URLs and exception texts of requests; ours carry no personal data, theirs might.
    # Refusals (4xx) are in the audit, not in the log with a stack trace each.
    "loggers": {
        "django.db.backends": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # What lays out dossiers tells addresses of persons, and each of its steps.
        "weasyprint": {"level": "CRITICAL"},
        # What it warns of quotes the provider, and claims are of persons; refusals are in the audit with their cause.
        "mozilla_django_oidc": {"level": "CRITICAL"},
        "fontTools": {"level": "ERROR"},
    },
}
