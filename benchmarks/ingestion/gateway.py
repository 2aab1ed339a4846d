"""The gateway as a state runs it, over the benchmark's MariaDB."""

import hashlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.ingestion import state

TOKEN = "token do benchmark"  # noqa: S105 of a gateway that lives for one run
PATIENCE_S = 30


@contextmanager
def gateway_over(source: Any, database_port: int, folder: Path) -> Iterator[None]:
    """A gateway in a process of its own; the source reads through it, its prisoners from the beginning."""
    from ingestion.models import Credentials, Rule, ViewCursor

    port = _free_port()
    file = folder / "gateway.toml"
    file.write_text(_configuration(port, database_port))
    process = subprocess.Popen([sys.executable, "-m", "gateway", "serve", "--config", str(file)])
    try:
        _wait(port)
        source.rule, source.host, source.port = Rule.GATEWAY, "127.0.0.1", port
        source.seal(Credentials("senappen", TOKEN))
        source.save()
        ViewCursor.objects.filter(origin=source.origin).delete()
        yield
    finally:
        process.terminate()
        process.wait()


def _configuration(port: int, database_port: int) -> str:
    database = f"mysql://{state.READER}:{state.PASSWORD}@127.0.0.1:{database_port}/{state.DATABASE}"
    columns = json.dumps([name for name, *_ in state.PRISONERS.columns])
    return f"""
[server]
port = {port}
[tokens]
senappen = "{hashlib.sha256(TOKEN.encode()).hexdigest()}"
[database]
url = "{database}"
[views.vw_preso]
relation = "vw_preso"
columns = {columns}
updated = "dt_alt"
key = "id"
"""


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/health")
        except urllib.error.HTTPError:
            return  # it answers, if only to refuse who has no token
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the gateway does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
