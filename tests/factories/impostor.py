"""A server on a state's address that is not the state's: it speaks as far as TLS, and records what it is then told."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from ingestion.models import SourceDialect
from tests.factories.tls import server_context

PLAIN, SSL = 0xA200, 0x0800


class Impostor:
    """What came: `asked` before TLS, `told` after it. Without a certificate it refuses TLS."""

    def __init__(self, dialect: str, pair: tuple[str, str] | None) -> None:
        self.asked, self.told = b"", b""
        self._welcome, self._context = WELCOMES[SourceDialect(dialect)], server_context(pair) if pair else None
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]

    def serve(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:
                return
            with suppress(OSError), caller:
                caller.settimeout(5)
                self.asked += self._welcome(caller, self._context is not None)
                if self._context is None:
                    self.asked += _rest(caller)
                    continue
                with self._context.wrap_socket(caller, server_side=True) as tls:
                    self.told += _rest(tls)

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


@contextmanager
def impostor(dialect: str, pair: tuple[str, str] | None) -> Iterator[Impostor]:
    """An impostor that shows this certificate and key."""
    made = Impostor(dialect, pair)
    serving = threading.Thread(target=made.serve, daemon=True)
    serving.start()
    try:
        yield made
    finally:
        made.close()
        serving.join(timeout=10)


def _postgresql(caller: socket.socket, tls: bool) -> bytes:
    asked = caller.recv(8)
    caller.sendall(b"S" if tls else b"N")
    return asked


def _mariadb(caller: socket.socket, tls: bool) -> bytes:
    capabilities = PLAIN | SSL if tls else PLAIN
    greeting = b"\x0a10.11.6-MariaDB\0" + struct.pack("<I8sxHBHHB10x", 7, b"saltsalt", capabilities, 45, 2, 0x000F, 21)
    greeting += b"saltsaltsalt\0mysql_native_password\0"
    caller.sendall(len(greeting).to_bytes(3, "little") + b"\0" + greeting)
    return caller.recv(36) if tls else b""


def _oracle(caller: socket.socket, tls: bool) -> bytes:
    return b""


WELCOMES: dict[SourceDialect, Callable[[socket.socket, bool], bytes]] = {
    SourceDialect.POSTGRESQL: _postgresql,
    SourceDialect.MARIADB: _mariadb,
    SourceDialect.ORACLE: _oracle,
}


def _rest(caller: socket.socket) -> bytes:
    found = b""
    with suppress(OSError):
        while piece := caller.recv(4096):
            found += piece
    return found
