"""A database of a benchmark's own, on the private servers, made before and removed after."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def fresh_database(name: str) -> Iterator[None]:
    """Set Django up on an empty, migrated database that is used through the application's role."""
    with tempfile.TemporaryDirectory(prefix="senappen-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("SENAPPEN_VAR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
        os.environ.setdefault("LOG_LEVEL", "WARNING")
        from senappen import servers

        servers.ensure()
        import django

        django.setup()
        try:
            yield from _prepared(f"bench_{name}")
        finally:
            servers.stop()


def _prepared(database_name: str) -> Iterator[None]:
    from django.core.management import call_command
    from django.db import connections

    from senappen import database

    database.drop(database_name)
    for alias in connections:
        connections[alias].settings_dict["NAME"] = database_name
    print("preparing the database…", file=sys.stderr)
    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        connections.close_all()
        database.drop(database_name)
