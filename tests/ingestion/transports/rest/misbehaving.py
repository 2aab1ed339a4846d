"""A real HTTP server that answers as a test tells it to, well or badly."""

import json
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Reply:
    """What to answer: `body` as it is or, when not bytes, as JSON; `promised` more bytes than are sent."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    promised: int = 0
    drip: float = 0.0  # seconds between bytes

    @property
    def octets(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Server(ThreadingHTTPServer):
    """`replies` are given one after the other; when they end, `otherwise` decides."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self._scheme = "https" if tls else "http"
        self.asked: list[Asked] = []
        self.replies: list[Reply] = []
        self.otherwise: Callable[[Asked], Reply] = lambda _: Reply([])

    @property
    def base(self) -> str:
        return f"{self._scheme}://localhost:{self.server_port}"

    def always(self, reply: Reply) -> None:
        """One answer to everything."""
        self.otherwise = lambda _: reply

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(
            self.command, parts.path, dict(parse_qsl(parts.query)), dict(self.headers), self.rfile.read(length).decode()
        )
        self.server.asked.append(asked)
        reply = self.server.replies.pop(0) if self.server.replies else self.server.otherwise(asked)
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.octets) + reply.promised), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self._send(reply)

    do_POST = do_GET

    def _send(self, reply: Reply) -> None:
        if not reply.drip:
            self.wfile.write(reply.octets)
            return
        for octet in reply.octets:
            self.wfile.write(bytes([octet]))
            time.sleep(reply.drip)

    def log_message(self, format: str, *args: Any) -> None:
        """Silence."""
