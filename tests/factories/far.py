"""States whose databases are on the internet: real servers with TLS, whose certificate a test chooses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingestion.models import Credentials, Rule, Source, SourceDialect
from ingestion.services import sources
from senappen.embedded import EmbeddedServerError, MariaDBTls, PostgresTls
from senappen.embedded.certificates import Authority
from tests.factories.ingestion import BY, PASSWORD, READER, State, make_mapping, make_state
from tests.factories.registry import make_origin

# The authority that the states' servers are known by.
OURS = Authority()


@dataclass(frozen=True)
class Far:
    """A state's server; on PostgreSQL `state` writes it."""

    dialect: SourceDialect
    server: Any
    database: str
    state: State | None = None

    def source(self, **fields: Any) -> Source:
        """A source of rule 5 that reads it."""
        return far_source(self.dialect, self.server.port, database=self.database, **fields)


def far_source(dialect: str, port: int, **fields: Any) -> Source:
    """A source of rule 5 at a port of this machine."""
    values = {"host": "127.0.0.1", "database": "dados", "authority": OURS.pem, **fields}
    return sources.create(
        origin=make_origin("AL"), port=port, rule=Rule.SQL_INTERNET, dialect=dialect, mapping=make_mapping(),
        credentials=Credentials(READER, PASSWORD), by=BY, **values,
    )  # fmt: skip


@contextmanager
def postgresql(folder: Path) -> Iterator[Far]:
    """The small state, empty, on PostgreSQL; skips where it is not installed."""
    server = PostgresTls(folder)
    _start(server)
    server.show(*OURS.issue())
    state = make_state(server.url())
    state.empty()
    yield Far(SourceDialect.POSTGRESQL, server, state.name, state)
    server.stop()


@contextmanager
def mariadb(folder: Path) -> Iterator[Far]:
    """One prisoner of the small state on MariaDB; skips where it is not installed."""
    server = MariaDBTls(folder)
    server.show(*OURS.issue())
    _start(server)
    _fill(server.url)
    yield Far(SourceDialect.MARIADB, server, "dados")
    server.stop()


def _start(server: Any) -> None:
    try:
        server.start()
    except EmbeddedServerError as absent:
        pytest.skip(str(absent))


def _fill(url: str) -> None:
    texts = ", ".join(f"{name} text" for name in ("pront", "nm", "mae", "nasc", "sx", "gest", "filhos"))
    row = "1, 'P-1', 'JOSÉ INVENTADO', 'MARIA INVENTADA', '05/11/1990', '1', NULL, NULL, '2024-03-01 08:00', 'S'"
    engine = sa.create_engine(url)
    with engine.begin() as administrator:
        for statement in (
            "CREATE DATABASE dados", f"CREATE TABLE dados.vw_preso (cod int, {texts}, alt datetime, atv text)",
            f"INSERT INTO dados.vw_preso VALUES ({row})",
            f"CREATE USER {READER}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'",
            f"GRANT SELECT ON dados.* TO {READER}@'127.0.0.1'",
        ):  # fmt: skip
            administrator.execute(sa.text(statement))
    engine.dispose()
