"""A conduct service that can be told to behave badly. Nobody it knows exists."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REFERENCE = "VC-2026-000123"


class Conductor(ThreadingHTTPServer):
    """`behaviours` are used up one a request, the last one for ever; `bodies` and `paths` are what was asked."""

    daemon_threads = True

    def __init__(self, *behaviours: Callable[["Handler", dict[str, Any]], None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviours = list(behaviours) or [clear]
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.tokens: list[str | None] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that gave up are expected here."""


class Handler(BaseHTTPRequestHandler):
    server: Conductor

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        self.server.paths.append(self.path)
        self.server.tokens.append(self.headers.get("Authorization"))
        waiting = self.server.behaviours
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(self, body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Quiet."""

    def give(self, content: bytes, status: int = 200, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)


def answer(asked: dict[str, Any], **changes: Any) -> bytes:
    """The body of a good answer, with changes."""
    good = {"request": asked["request"], "reference": REFERENCE, "outcome": "clear", "notes": []}
    return json.dumps({**good, **changes}).encode()


def clear(handler: Handler, asked: dict[str, Any]) -> None:
    handler.give(answer(asked))


def notes(handler: Handler, asked: dict[str, Any]) -> None:
    handler.give(answer(asked, outcome="notes", notes=["Sindicância em curso."]))


def status(code: int) -> Callable[[Handler, dict[str, Any]], None]:
    return lambda handler, asked: handler.give(answer(asked), status=code)


def body(**changes: Any) -> Callable[[Handler, dict[str, Any]], None]:
    return lambda handler, asked: handler.give(answer(asked, **changes))


def raw(content: bytes) -> Callable[[Handler, dict[str, Any]], None]:
    return lambda handler, _: handler.give(content)


def slow(handler: Handler, asked: dict[str, Any]) -> None:
    time.sleep(1.5)
    handler.give(answer(asked))


def dripping(handler: Handler, asked: dict[str, Any]) -> None:
    """A byte now and then: no single read is ever late."""
    handler.send_response(200)
    handler.end_headers()
    for byte in answer(asked):
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.1)


def half(handler: Handler, asked: dict[str, Any]) -> None:
    whole = answer(asked)
    handler.give(whole[: len(whole) // 2], length=len(whole))
    handler.close_connection = True


def endless(handler: Handler, asked: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b" " * 1024)


def silent(handler: Handler, asked: dict[str, Any]) -> None:
    handler.close_connection = True


@contextmanager
def conductor(*behaviours: Any, context: ssl.SSLContext | None = None) -> Iterator[Conductor]:
    """The service, running; over TLS with a context."""
    server = Conductor(*behaviours)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    serving.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        serving.join(timeout=5)
