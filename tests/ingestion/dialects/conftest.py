"""A state on each of the servers that this machine has."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fictitious.__main__ import main
from fictitious.country import Country
from fictitious.generate import generate
from ingestion.models import SourceDialect
from senappen import servers
from senappen.embedded import EmbeddedServerError
from tests.ingestion.dialects.opening import FIREBIRD, MARIADB, PASSWORD, PREFIX, STATE


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of a country of 300 people in one state, with times as Firebird keeps them: to the ten-thousandth."""
    folder = tmp_path_factory.mktemp("dialects")
    generate(Country(300, "dialects", (STATE,)), folder, 1)
    for file in folder.glob("*/tables/*/*.copy"):
        file.write_bytes(re.sub(rb"(:\d\d\.\d{4})\d\d", rb"\1", file.read_bytes()))
    return folder


def render(country: Path, engine: str, dsn: str) -> None:
    names = ["--prefix", PREFIX, "--reader-password", PASSWORD]
    main(["load", "--from", str(country), "--engine", engine, "--dsn", dsn, *names])


@pytest.fixture(scope="module")
def postgresql(country: Path, states_server: str) -> Iterator[None]:
    """The state on PostgreSQL, what the others are compared with."""
    render(country, "postgresql", states_server)
    yield
    with psycopg.connect(states_server, autocommit=True) as server:
        server.execute(f"DROP DATABASE {PREFIX}estado_al WITH (FORCE)")


@pytest.fixture(scope="module", params=[MARIADB, FIREBIRD])
def server(request: pytest.FixtureRequest, country: Path) -> Iterator[tuple[str, Any]]:
    """The state on another server; skipped where its Debian package is absent."""
    dialect = SourceDialect(request.param)
    found: Any = servers.state_mariadb() if dialect is MARIADB else servers.state_firebird()
    try:
        found.start()
    except EmbeddedServerError as absent:
        pytest.skip(str(absent))
    render(country, dialect, found.url)
    yield dialect, found
    found.stop()
