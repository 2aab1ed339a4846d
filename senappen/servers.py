"""Which PostgreSQL and Redis the platform talks to: the ones named in the environment, else private ones."""

import os
from functools import cache
from pathlib import Path

from senappen import env
from senappen.embedded import Firebird, MariaDB, Postgres, PostgresTls, Redis

ROOT = Path(__file__).resolve().parent.parent
APP_ROLE = "senappen_app"
AUDITOR_ROLE = "senappen_auditor"
DATABASE_NAME = "senappen"


def var() -> Path:
    """The folder of everything the platform writes locally (`SENAPPEN_VAR`, default `var/`)."""
    return env.folder("SENAPPEN_VAR", ROOT / "var")


@cache
def postgres() -> Postgres:
    """The private PostgreSQL of the platform."""
    return Postgres(var() / "postgres")


@cache
def redis() -> Redis:
    """The private Redis of the platform."""
    return Redis(var() / "redis")


@cache
def state_postgres() -> Postgres:
    """The private PostgreSQL that plays the states' servers in the demonstration and in tests."""
    return Postgres(var() / "states", tcp=True)


@cache
def state_postgres_tls() -> PostgresTls:
    """The private PostgreSQL that plays a state read over the internet in the demonstration."""
    return PostgresTls(var() / "states-tls")


@cache
def state_mariadb() -> MariaDB:
    """The private MariaDB that plays the states' servers in tests; needs a Debian package."""
    return MariaDB(var() / "states-mariadb")


@cache
def state_firebird() -> Firebird:
    """The private Firebird that plays the states' servers in tests; needs a Debian package."""
    return Firebird(var() / "states-firebird")


def owner_url() -> str:
    """Address of the role that owns the schema and runs migrations."""
    given = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    return given or postgres().url(user="postgres", name=DATABASE_NAME)


def application_url() -> str:
    """Address the application connects to, as a role that cannot change the audit."""
    return os.environ.get("DATABASE_URL") or postgres().url(user=APP_ROLE, name=DATABASE_NAME)


def auditor_url() -> str:
    """Address the readers of the audit connect to, as the only role that may read it."""
    given = os.environ.get("DATABASE_AUDITOR_URL") or os.environ.get("DATABASE_URL")
    return given or postgres().url(user=AUDITOR_ROLE, name=DATABASE_NAME)


def same_login() -> bool:
    """True when one login serves both purposes; the application then lowers itself with `SET ROLE`."""
    return bool(os.environ.get("DATABASE_URL")) and not os.environ.get("DATABASE_OWNER_URL")


def auditor_shares_login() -> bool:
    """True when the readers of the audit come in by somebody else's login, and take their role by `SET ROLE`."""
    return bool(os.environ.get("DATABASE_URL")) and not os.environ.get("DATABASE_AUDITOR_URL")


def redis_url() -> str:
    """Address of Redis, as redis-py writes it."""
    return os.environ.get("REDIS_URL") or redis().url


def ensure() -> None:
    """Start the private servers that the environment does not replace."""
    if not os.environ.get("DATABASE_URL"):
        postgres().start()
    if not os.environ.get("REDIS_URL"):
        redis().start()


def stop() -> None:
    """Leave every private server this process used; the last user of one stops it."""
    for server in (state_firebird(), state_mariadb(), state_postgres_tls(), state_postgres(), redis(), postgres()):
        server.stop()
