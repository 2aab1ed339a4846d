"""A gateway as a state runs it: uvicorn on a free port, over the small state of `tests.factories.ingestion`."""

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from sqlalchemy.engine import URL

from gateway.app import build
from gateway.config import Config, View
from ingestion.mapping.schema import Mapping
from senappen import servers
from tests.factories.ingestion import PASSWORD, READER

TOKEN = "token de teste do gateway"


def make_view(name: str, relation: str, columns: str, updated: str = "alt", key: str = "cod") -> View:
    return View(name, tuple(relation.split(".")), tuple(columns.split()), updated, key)


def views_of(mapping: Mapping) -> dict[str, View]:
    """What a state agrees to when it configures its gateway by its mapping."""
    found = {}
    for name, given in mapping.views.items():
        updated, key = (given.fields[field].column or "" for field in ("dt_atualizacao", "id_origem"))
        found[name] = View(name, tuple(given.relation.split(".")), given.columns, updated, key)
    return found


def reader_url(database: str, username: str = READER, password: str = PASSWORD) -> URL:
    """The reader of a state's database."""
    return URL.create("postgresql", username, password, "127.0.0.1", servers.state_postgres().port, database)


def free_port() -> int:
    """A port of this machine that nobody serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def make_config(database: URL, views: dict[str, View], **fields: Any) -> Config:
    """A configuration on a free port of this machine."""
    values: dict[str, Any] = {
        "host": "127.0.0.1", "port": free_port(), "tls": None, "photos": None, "batch_rows": 5000,
        "statement_timeout": 60, "encoding": "utf-8",
        "requests_per_minute": 60_000, "streams": 4, "tokens": {"senappen": hashlib.sha256(TOKEN.encode()).hexdigest()},
    }  # fmt: skip
    return Config(database=database, views=views, **{**values, **fields})


@dataclass(frozen=True)
class Running:
    """A gateway that answers."""

    config: Config

    @property
    def port(self) -> int:
        return self.config.port

    def get(self, path: str, token: str | None = TOKEN, **options: Any) -> httpx.Response:
        headers = {**options.pop("headers", {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        address = f"http://127.0.0.1:{self.port}{path}"
        return httpx.request(options.pop("method", "GET"), address, headers=headers, trust_env=False, **options)


@contextmanager
def serve(config: Config) -> Iterator[Running]:
    """The gateway in a thread, with TLS as its command sets it up."""
    from gateway.cli import options

    server = uvicorn.Server(uvicorn.Config(build(config), **options(config)))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Running(config)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
