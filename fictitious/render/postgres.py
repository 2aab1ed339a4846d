"""A state's database in PostgreSQL, loaded from its files."""

from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fictitious.render import schema
from fictitious.states import columns
from fictitious.states.spec import Profile

BLOCK = 1 << 20
# Which next days the database has seen; ours, not the state's: its reader cannot see it.
BOOKKEEPING = "CREATE SCHEMA fictitious; CREATE TABLE fictitious.day (number integer PRIMARY KEY)"


def load(dsn: str, profile: Profile, folder: Path, reader_password: str) -> None:
    """Create the database `estado_<uf>` anew on the server of `dsn` (a superuser's) and fill it from `folder`.

    Another database of that name is dropped. The role `leitor_<uf>` may only select from the views.
    """
    _create(dsn, profile, reader_password)
    with psycopg.connect(make_conninfo(dsn, dbname=profile.database), client_encoding="utf8") as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute((folder / "schema.sql").read_bytes())
        connection.execute(BOOKKEEPING)
        _copy_all(connection, profile, folder)
        connection.execute(schema.keys(profile).encode())
        connection.execute(schema.views(profile).encode())
        connection.execute(schema.grants(profile).encode())
    apply_days(dsn, profile, folder)
    with psycopg.connect(make_conninfo(dsn, dbname=profile.database), autocommit=True) as connection:
        connection.execute("ANALYZE")


def apply_days(dsn: str, profile: Profile, folder: Path) -> list[int]:
    """Apply the days in `folder` that the database has not seen, each in a transaction; their numbers."""
    applied = []
    with psycopg.connect(
        make_conninfo(dsn, dbname=profile.database), client_encoding="utf8", autocommit=True
    ) as connection:
        seen = {number for (number,) in connection.execute("SELECT number FROM fictitious.day")}
        for day in sorted((folder / "days").glob("*")):
            if int(day.name) not in seen:
                with connection.transaction():
                    _copy_all(connection, profile, day)
                    connection.execute((day / "changes.sql").read_bytes())
                    connection.execute("INSERT INTO fictitious.day VALUES (%s)", [int(day.name)])
                applied.append(int(day.name))
    return applied


def _create(dsn: str, profile: Profile, reader_password: str) -> None:
    name, reader = sql.Identifier(profile.database), sql.Identifier(profile.reader)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE 'C' LC_CTYPE 'C'").format(
                name, sql.Literal(profile.encoding)
            )
        )
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [profile.reader]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        connection.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, reader, sql.Literal(reader_password)))


def _copy_all(connection: psycopg.Connection, profile: Profile, folder: Path) -> None:
    """All the native tables whose files are in `folder`."""
    for view in profile.views:
        for table in view.tables:
            names = [column.name for column in columns.of_table(profile, view, table)]
            _copy(connection, f"{profile.schema}.{table.name}", names, folder / "tables" / table.name)


def _copy(connection: psycopg.Connection, table: str, names: list[str], folder: Path) -> None:
    files = sorted(folder.glob("*.copy")) if folder.is_dir() else []
    if not files:
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN".encode()) as copy:
        for file in files:
            with file.open("rb") as lines:
                while block := lines.read(BLOCK):
                    copy.write(block)
