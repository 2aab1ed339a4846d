"""A fictitious state behind a Datasette: the server, and the mapping by its way of serving tables."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from senappen.demo.ways import api_mapping
from senappen.embedded.certificates import Authority

UP_WITHIN_S = 60


def datasette_mapping(country: Path, base: str) -> str:
    """The state's mapping, by Datasette's way of serving tables."""
    return api_mapping((country / "AL" / "mapping.yaml").read_text(), base, page=300)


@contextmanager
def serving(database: Path, tls: Authority | None = None) -> Iterator[str]:
    """A Datasette that serves a SQLite file, over TLS as that authority vouches for; its address."""
    port, scheme = free_port(), "https" if tls else "http"
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database), "--port", str(port)]
    settings = ["--setting", "suggest_facets", "off", "--setting", "num_sql_threads", "1"]
    if tls:
        files = tls.write(database.parent, days=1)
        settings += ["--ssl-certfile", str(files["certificate"]), "--ssl-keyfile", str(files["key"])]
    trusted = ssl.create_default_context(cadata=tls.pem) if tls else True
    with served([*command, *settings], f"{scheme}://127.0.0.1:{port}/-/versions.json", trusted):
        yield f"{scheme}://127.0.0.1:{port}/{database.stem}"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def served(command: Sequence[str], probe: str, trusted: ssl.SSLContext | bool = True) -> Iterator[None]:
    """A server as a process of its own, from its first answer to the end of the block."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        _await(process, probe, trusted)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _await(process: subprocess.Popen[bytes], probe: str, trusted: ssl.SSLContext | bool) -> None:
    limit = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < limit:
        assert process.poll() is None, "the server ended"
        try:
            httpx.get(probe, trust_env=False, verify=trusted)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")
