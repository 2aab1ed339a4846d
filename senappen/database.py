"""What must exist in PostgreSQL before migrations: the database, the application's role and its default grants."""

from contextlib import suppress
from typing import LiteralString

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from senappen.servers import APP_ROLE, AUDITOR_ROLE


def create(name: str | None = None) -> None:
    """Create the owner's database when it does not exist (private servers and tests)."""
    settings = connections["owner"].settings_dict
    name = name or settings["NAME"]
    if name not in names(name):
        copy("template0", name)


def names(prefix: str) -> list[str]:
    """The databases whose names begin so."""
    with psycopg.connect(login("postgres"), autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return [str(row[0]) for row in rows]


def copy(template: str, name: str) -> None:
    """Create a database as another is, which nobody may be connected to (tests)."""
    _with_names("CREATE DATABASE {} TEMPLATE {}", name, template)


def rename(name: str, new: str) -> None:
    """Give a database, which nobody may be connected to, another name (tests)."""
    _with_names("ALTER DATABASE {} RENAME TO {}", name, new)


def drop(name: str) -> None:
    """Remove a database and whoever is connected to it (tests)."""
    _with_names("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def prepare() -> None:
    """Create the application's role and let it use, but not change, what the owner will create.

    The audit app's migrations take back what this gives too much. The auditor's role gets nothing but what they give.
    """
    role = sql.Identifier(APP_ROLE)
    with psycopg.connect(login(), autocommit=True) as connection:
        for name in (APP_ROLE, AUDITOR_ROLE):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
                # Another process may make it at the same moment.
                with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(AUDITOR_ROLE)))
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
        ):
            connection.execute(sql.SQL(statement).format(role))


def _with_names(statement: LiteralString, *names: str) -> None:
    with psycopg.connect(login("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def login(name: str = "") -> str:
    """How to reach the owner's database, or another of its server."""
    settings = connections["owner"].settings_dict
    return make_conninfo(
        dbname=name or settings["NAME"],
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
    )
