"""States that ran the kit's scripts on real servers, as their administrators do. Nobody here exists."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from firebird.driver import create_database

from ingestion.contract import VIEWS, Field, FieldType, View, domain_codes
from ingestion.kit import mapping, scripts, views
from ingestion.kit.databases import DATABASES
from ingestion.models import Credentials, MappingVersion, Source
from senappen import servers

PASSWORD = "senha-de-teste"
NAME = f"kit_{os.getpid()}"
# A PNG by its first bytes, which is all that is asked of it.
IMAGE = "89504e470d0a1a0a"
DRIVERS = {"postgresql": "postgresql+psycopg", "mariadb": "mysql+pymysql", "firebird": "firebird+firebird"}
VALUES = {
    FieldType.DATE: "'2024-01-01'",
    FieldType.TIMESTAMP: "'2024-01-01 08:00:00'",
    FieldType.INTEGER: "1",
    FieldType.BOOLEAN: "TRUE",
}


@dataclass(frozen=True)
class Administrator:
    """Runs scripts on one server. `source` reads what the scripts made."""

    choices: scripts.Choices
    port: int
    database: str

    @property
    def files(self) -> dict[str, str]:
        return dict(scripts.files(self.choices))

    def run(self, script: str) -> None:
        """As the administrator's own client runs a file. Raises when a statement fails."""
        raise NotImplementedError

    def source(self, user: str = "", password: str = PASSWORD) -> Source:
        """A source that is not in the base, with the kit's own mapping."""
        chosen = self.choices
        text = mapping.skeleton("AL", "America/Maceio", chosen.dialect, chosen.schema)
        made = Source(
            pk=1, rule=1, dialect=chosen.dialect, host="127.0.0.1", port=self.port, database=self.database,
            mapping=MappingVersion(pk=1, text=text),
        )  # fmt: skip
        made.seal(Credentials(user or chosen.user, password))
        return made

    def reader(self) -> sa.Engine:
        """The reader's own connections, without what our transport adds to them."""
        place: dict[str, Any] = {"host": "127.0.0.1", "port": self.port, "database": self.database}
        if self.choices.dialect == "firebird":
            place = {"database": f"127.0.0.1/{self.port}:{self.database}"}
        url = sa.URL.create(DRIVERS[self.choices.dialect], self.choices.user, PASSWORD, **place)
        return sa.create_engine(url, poolclass=sa.NullPool)

    def fill(self, view: View, **columns: str) -> None:
        """A row of the table under a view; keywords are SQL literals."""
        table = DATABASES[self.choices.dialect].name(self.choices.tables, views.table_of(view))
        values = {field.name: literal(self.choices.dialect, field) for field in view.fields} | columns
        self.run(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())});")


class OnPostgreSQL(Administrator):
    def run(self, script: str) -> None:
        with psycopg.connect(servers.state_postgres().url(name=self.database), autocommit=True) as server:
            server.execute(script.encode())


class OnMariaDB(Administrator):
    def run(self, script: str) -> None:
        command = ["mariadb", "--no-defaults", f"--socket={servers.state_mariadb().socket}", self.choices.tables]
        _client([*command, "--default-character-set=utf8mb4"], script)


class OnFirebird(Administrator):
    def run(self, script: str) -> None:
        server = servers.state_firebird()
        account = ["-user", "SYSDBA", "-password", server.password]
        place = f"127.0.0.1/{server.port}:{self.database}"
        _client(["isql-fb", "-q", "-b", "-ch", "UTF8", *account, place], script)


def _client(command: list[str], script: str) -> None:
    done = subprocess.run(command, input=script.encode(), capture_output=True, check=False)
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0, said


def literal(dialect: str, field: Field) -> str:
    """An invented value that its field takes, as SQL writes it."""
    if field.type is FieldType.PHOTO:
        return f"'\\x{IMAGE}'" if dialect == "postgresql" else f"x'{IMAGE}'"
    if field.type in VALUES:
        return VALUES[field.type]
    value = sorted(domain_codes(field.domain))[0] if field.domain else "1"
    return f"'{value}'"


@contextmanager
def on_postgresql() -> Iterator[Administrator]:
    """A database of its own on the server that plays the states'."""
    server = servers.state_postgres()
    chosen = scripts.Choices("postgresql", database=NAME, user=f"leitor_{NAME}", address="127.0.0.1")
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {NAME}".encode())
    made = OnPostgreSQL(chosen, server.port, NAME)
    try:
        made.run("CREATE SCHEMA sispen")
        yield made
    finally:
        with psycopg.connect(server.url(), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {NAME} WITH (FORCE)".encode())
            admin.execute(f"DROP ROLE IF EXISTS {chosen.user}".encode())


@contextmanager
def on_mariadb() -> Iterator[Administrator]:
    """Two databases of its own: the state's and the views'."""
    server = servers.state_mariadb()
    server.start()
    names = {"schema": f"{NAME}_v", "tables": f"{NAME}_t"}
    chosen = scripts.Choices("mariadb", **names, user=f"leitor_{NAME}", address="127.0.0.1")
    made = OnMariaDB(chosen, server.port, chosen.schema)
    everywhere = OnMariaDB(replace(chosen, tables="mysql"), server.port, "mysql")
    try:
        everywhere.run(f"CREATE DATABASE {chosen.tables}")
        yield made
    finally:
        everywhere.run(f"DROP DATABASE IF EXISTS {chosen.tables}; DROP DATABASE IF EXISTS {chosen.schema}")
        everywhere.run(f"DROP USER IF EXISTS '{chosen.user}'@'127.0.0.1'")
        server.stop()


@contextmanager
def on_firebird() -> Iterator[Administrator]:
    """A database file of its own."""
    server = servers.state_firebird()
    server.start()
    path = f"{server.folder}/databases/{NAME}.fdb"
    made = OnFirebird(scripts.Choices("firebird", user=f"leitor_{NAME}"), server.port, path)
    with create_database(f"127.0.0.1/{server.port}:{path}", user="SYSDBA", password=server.password, charset="UTF8"):
        pass
    try:
        yield made
    finally:
        Path(path).unlink()
        server.stop()


SERVERS: dict[str, Any] = {"postgresql": on_postgresql, "mariadb": on_mariadb, "firebird": on_firebird}
UNLOCK = {
    "postgresql": "ALTER ROLE {user} PASSWORD '{password}';",
    "mariadb": "ALTER USER '{user}'@'127.0.0.1' IDENTIFIED BY '{password}' ACCOUNT UNLOCK;",
    "firebird": "ALTER USER {user} SET PASSWORD '{password}' ACTIVE; COMMIT;",
}


def install(state: Administrator) -> None:
    """Every script of the kit in its order, over tables with one row each; then the password."""
    for name in ("esquema.sql", "ensaio.sql"):
        state.run(state.files[name])
    for view in VIEWS.values():
        state.fill(view)
    for name in sorted(file for file in state.files if file.startswith("visoes/")):
        state.run(state.files[name])
    for name in ("indices.sql", "leitor.sql"):
        state.run(state.files[name])


def let_in(state: Administrator) -> None:
    """The administrator gives the reader its password."""
    state.run(UNLOCK[state.choices.dialect].format(user=state.choices.user, password=PASSWORD))
