"""A fictitious state of 300 people, behind servers that nobody here wrote."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fictitious import states
from fictitious.__main__ import main
from fictitious.render import postgres
from ingestion.models import Credentials
from ingestion.transports.rest import client
from senappen import servers
from tests.ingestion.transports.rest.misbehaving import Server
from tests.ingestion.transports.rest.serving import serving

PASSWORD = "leitura-ficticia"


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the country, with estado_al.sqlite."""
    folder = tmp_path_factory.mktemp("rest")
    main(["generate", "--people", "300", "--states", "AL", "--workers", "1", "--out", str(folder)])
    main(["load", "--from", str(folder), "--engine", "sqlite", "--out", str(folder)])
    return folder


@pytest.fixture(scope="session")
def database(country: Path) -> Path:
    return country / "estado_al.sqlite"


@pytest.fixture(scope="session")
def datasette(database: Path) -> Iterator[str]:
    """Address of a Datasette that serves the state."""
    with serving(database) as base:
        yield base


@pytest.fixture(scope="module")
def by_sql(country: Path, states_server: str) -> Iterator[dict[str, Any]]:
    """Where the same state is as a PostgreSQL database."""
    profile = replace(states.profile("AL"), prefix=f"rest_{os.getpid()}_")
    postgres.load(states_server, profile, country / "AL", PASSWORD)
    yield {
        "host": "127.0.0.1", "port": servers.state_postgres().port, "database": profile.database,
        "credentials": Credentials(profile.reader, PASSWORD),
    }  # fmt: skip
    with psycopg.connect(states_server, autocommit=True) as server:
        server.execute(f"DROP DATABASE {profile.database} WITH (FORCE)".encode())
        server.execute(f"DROP ROLE {profile.reader}".encode())


@pytest.fixture
def server() -> Iterator[Server]:
    """An API that does as the test says."""
    with Server() as made:
        yield made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-off without the waiting."""
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.001)
