"""What every test stands on: real PostgreSQL and Redis, the application's own database role, no outside network."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from hypothesis import settings as hypothesis_settings

from senappen import servers

# Speed is measured in benchmarks/: on a busy machine a slow example is no failure.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")

LOCAL = {"127.0.0.1", "localhost", "::1"}
# In production the application cannot read the audit (`as_in_production` in tests/audit takes this back). A test that
# rolls back can look at what it recorded only through the very connection that recorded it.
READABLE = "GRANT SELECT ON audit_accessevent, audit_eventkey, audit_checkpoint TO senappen_app"
NOT_EMPTIED = {"django_migrations", "django_content_type", "auth_permission"}


def pytest_configure(config: pytest.Config) -> None:
    """Start the private servers once, in the controlling process; its workers share them."""
    servers.ensure()
    from django.conf import settings

    # Each worker's own, since some tests empty it.
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1")[2:]) + 1
    settings.CACHES["default"]["LOCATION"] = servers.redis_url().replace("?db=0", f"?db={number}")


@pytest.fixture(scope="session", autouse=True)
def _no_outside_network() -> Iterator[None]:
    """A test that leaves this machine fails."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    socket.socket.connect = local_only  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose, and most tests make accounts."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_limits() -> Iterator[None]:
    """Tests consult faster than people; those of the limits set their own."""
    from django.test import override_settings

    with override_settings(CONSULT_LIMITS={}, CONSULT_LIMITS_AGENCY={}, PACE_WATCH=False):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A migrated database of this worker's own, used through the application's role as in production."""
    from senappen import database
    from tests import databases

    name = f"test_senappen_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        databases.make(name)
        with connections["owner"].cursor() as cursor:
            cursor.execute(READABLE)
    yield
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
        database.drop(name)


@pytest.fixture(autouse=True)
def _auditor_sees_what_will_be_undone(request: pytest.FixtureRequest) -> Iterator[None]:
    """In a test that rolls back, whoever reads the audit reads through the connection that recorded.

    Another connection sees only what is committed: tests of the auditor itself use `committed`.
    """
    marker = request.node.get_closest_marker("django_db")
    databases = marker.kwargs.get("databases", ()) if marker else ()
    if "audit" not in databases or "auditor" in databases:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    own = connections["auditor"]
    connections["auditor"] = connections["audit"]
    yield
    connections["auditor"] = own


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database where commits are real and every connection sees them; emptied afterwards by the owner."""
    with django_db_blocker.unblock():
        yield
        _empty()


def _empty() -> None:
    for alias in ("default", "audit", "auditor"):
        connections[alias].close()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        )
        tables = [f'"{row[0]}"' for row in cursor.fetchall() if row[0] not in NOT_EMPTIED]
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


@pytest.fixture(scope="session")
def states_server() -> str:
    """Address of a PostgreSQL superuser on the server that plays the states' databases."""
    server = servers.state_postgres()
    server.start()
    return server.url()
