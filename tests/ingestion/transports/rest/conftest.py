"""A fictitious state of 300 people, behind servers that nobody here wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fictitious.__main__ import main
from ingestion.transports.rest import client
from tests.ingestion.transports.rest.misbehaving import Server
from tests.ingestion.transports.rest.serving import serving


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


@pytest.fixture
def server() -> Iterator[Server]:
    """An API that does as the test says."""
    with Server() as made:
        yield made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-off without the waiting."""
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.001)
