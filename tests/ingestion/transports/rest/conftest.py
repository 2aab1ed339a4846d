"""A fictitious state of 300 people, behind servers that nobody here wrote."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from fictitious.__main__ import main
from ingestion.transports.rest import client
from tests.ingestion.transports.rest.misbehaving import Server

UP_WITHIN_S = 60


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
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database), "--port", str(port)]
    settings = ["--setting", "suggest_facets", "off", "--setting", "num_sql_threads", "1"]
    with served([*command, *settings], f"http://127.0.0.1:{port}/-/versions.json"):
        yield f"http://127.0.0.1:{port}/estado_al"


@pytest.fixture
def server() -> Iterator[Server]:
    """An API that does as the test says."""
    with Server() as made:
        yield made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-off without the waiting."""
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.001)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def served(command: Sequence[str], probe: str) -> Iterator[None]:
    """A server as a process of its own, from its first answer to the end of the block."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        _await(process, probe)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _await(process: subprocess.Popen[bytes], probe: str) -> None:
    limit = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < limit:
        assert process.poll() is None, "the server ended"
        try:
            httpx.get(probe, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")
