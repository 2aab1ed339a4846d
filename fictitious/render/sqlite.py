"""A state's data as one SQLite file, loaded from its files: for servers that read SQLite, such as Datasette."""

import sqlite3
from contextlib import closing
from pathlib import Path

from fictitious.render import rows, schema
from fictitious.states import columns
from fictitious.states.columns import Column
from fictitious.states.spec import Profile, Table, View

# SQLite has neither booleans nor dates: 1 and 0, and the text the files have.
READERS: rows.Readers = {**rows.READERS, "boolean": lambda text: int(text == "t"), "date": str, "timestamp": str}


def load(profile: Profile, folder: Path, target: Path) -> None:
    """Write `target` anew with the native tables and the views of `folder`. SQLite has no readers to grant."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.executescript(_plain(profile, _tables(profile)))
        for view in profile.views:
            for table in view.tables:
                _fill(connection, columns.of_table(profile, view, table), table, folder / "tables" / table.name)
        connection.executescript(_plain(profile, schema.views(profile)))


def _tables(profile: Profile) -> str:
    """The tables with their keys, which SQLite cannot add later."""
    made = schema.tables(profile).removeprefix(f"CREATE SCHEMA {profile.schema};\n")
    for view in profile.views:
        for table in view.tables:
            made = _with_key(profile, view, table, made)
    return made


def _with_key(profile: Profile, view: View, table: Table, script: str) -> str:
    key = columns.of_table(profile, view, table)[0]
    head = f"CREATE TABLE {profile.schema}.{table.name} (\n  {key.name} {key.sql}"
    return script.replace(head, f"{head} PRIMARY KEY", 1)


def _plain(profile: Profile, script: str) -> str:
    """Without the schema and the casts, which SQLite does not have."""
    return script.replace(f" {profile.schema}.", " ").replace("::text", "")


def _fill(connection: sqlite3.Connection, made: list[Column], table: Table, folder: Path) -> None:
    names = ", ".join(column.name for column in made)
    places = ", ".join("?" * len(made))
    values = rows.read(folder, made, READERS)
    connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({places})", values)  # noqa: S608
