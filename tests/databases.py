"""Databases for tests: migrated once, then copied, since every migration takes far longer than a copy of its result."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import psycopg
from django.core.management import call_command
from django.db import connections

from senappen import database

ROOT: Final = Path(__file__).resolve().parent.parent
PREFIX: Final = "senappen_template_"
# What a migrated database depends on: its migrations, and what they and the permissions of the models read.
_SOURCES: Final = (
    "*/migrations/*.py", "*/models/*.py", "*/models.py", "credentialing/roles.py", "credentialing/activities.py",
    "audit/events.py", "audit/sealing.py", "senappen/database.py", "senappen/lib/*.py", "requirements/dev.txt",
)  # fmt: skip
_LOCK: Final = 7_209_114  # any number; the workers of a run make the template one after the other


def make(name: str) -> None:
    """An empty database of this name with every migration applied; whatever had the name is gone."""
    with _one_at_a_time():
        template = PREFIX + _digest()
        if template not in database.names(PREFIX):
            _migrate(template)
        database.drop(name)
        database.copy(template, name)
    _use(name)


def _migrate(template: str) -> None:
    """Make the template under another name, so that a run that was killed leaves none that is half made."""
    making = f"{PREFIX}making"
    for old in database.names(PREFIX):
        database.drop(old)
    _use(making)
    call_command("migrate", verbosity=0)
    _close()
    database.rename(making, template)


def _use(name: str) -> None:
    _close()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name


def _close() -> None:
    for alias in connections:
        connections[alias].close()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with psycopg.connect(database.login("postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield  # the lock goes with the connection


def _digest() -> str:
    """Of the sources and the day: migrations make the partitions of the months to come."""
    digest = hashlib.sha256(date.today().isoformat().encode())
    for path in sorted({path for pattern in _SOURCES for path in ROOT.glob(pattern)}):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]
