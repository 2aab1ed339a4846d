"""TLS in each database's own protocol (rule 5): how it is asked for, how its driver verifies it, what the session says.

A database whose driver cannot be made to verify who answers is not here, and is not read over the internet.
"""

import socket
import struct
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, text

from ingestion.dialects import causes
from ingestion.models import Source
from ingestion.network.trust import Trust

# PostgreSQL's documentation, "Message Formats": SSLRequest.
SSL_REQUEST = struct.pack("!II", 8, 80877103)
# MariaDB's documentation, "Connection phase": capabilities of client and server.
CLIENT_PROTOCOL_41, CLIENT_SSL, SECURE_CONNECTION = 0x200, 0x800, 0x8000
LARGEST_PACKET, UTF8MB4 = 0xFF_FFFF, 45
TCPS = "SELECT SYS_CONTEXT('USERENV', 'NETWORK_PROTOCOL') FROM DUAL"


class ServerError(Exception):
    """The server answered with an error before TLS; the arguments are as in its driver's errors."""


class Encryption(Protocol):
    """What one database system needs."""

    def ask(self, wire: socket.socket) -> None:
        """Bring the server to where TLS begins, telling it nothing. Raises SourceProblem when it will not go there."""

    def connect_args(self, source: Source, address: str, trust: Trust, files: Path) -> dict[str, Any]:
        """Arguments with which the driver dials the address and refuses whoever is not `trust.server_name`."""

    def confirmed(self, connection: Connection) -> bool:
        """Does the session itself say that it is encrypted?"""


class PostgreSQLEncryption:
    """libpq's `verify-full`. The password never leaves, and with SCRAM is bound to this TLS channel (RFC 5802)."""

    def ask(self, wire: socket.socket) -> None:
        wire.sendall(SSL_REQUEST)
        answer = wire.recv(1)
        if answer != b"S":
            raise causes.problem({b"N": "tls_refused", b"": "cut"}.get(answer, "tls_unknown"))

    def connect_args(self, source: Source, address: str, trust: Trust, files: Path) -> dict[str, Any]:
        given = {
            "host": trust.server_name, "hostaddr": address, "sslmode": "verify-full", "gssencmode": "disable",
            "sslrootcert": str(files / "ca.crt"), "channel_binding": "prefer",
        }  # fmt: skip
        if not trust.certificate:
            return {**given, "sslcertmode": "disable"}
        return {**given, "sslcert": str(files / "client.crt"), "sslkey": str(files / "client.key")}

    def confirmed(self, connection: Connection) -> bool:
        driver: Any = connection.connection.dbapi_connection
        said = connection.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
        return bool(driver.pgconn.ssl_in_use) and said is True


class MariaDBEncryption:
    """An upgrade inside the connection phase, which asyncmy never leaves out once it has a context."""

    def ask(self, wire: socket.socket) -> None:
        greeting = _packet(wire)
        if greeting[:1] == b"\xff":
            raise ServerError(int.from_bytes(greeting[1:3], "little"))
        _, ended, rest = greeting[1:].partition(b"\0")
        if greeting[:1] != b"\x0a" or not ended or len(rest) < 15:
            raise causes.problem("tls_unknown")
        # Thread, first half of the salt and a filler stand before the lower capabilities.
        if not int.from_bytes(rest[13:15], "little") & CLIENT_SSL:
            raise causes.problem("tls_refused")
        capabilities = CLIENT_PROTOCOL_41 | CLIENT_SSL | SECURE_CONNECTION
        request = struct.pack("<IIB23x", capabilities, LARGEST_PACKET, UTF8MB4)
        wire.sendall(len(request).to_bytes(3, "little") + b"\x01" + request)

    def connect_args(self, source: Source, address: str, trust: Trust, files: Path) -> dict[str, Any]:
        return {"ssl": trust.context()}

    def confirmed(self, connection: Connection) -> bool:
        row = connection.execute(text("SHOW SESSION STATUS LIKE 'Ssl_cipher'")).first()
        return row is not None and bool(row[1])


class OracleEncryption:
    """TCPS: TLS from the first byte."""

    def ask(self, wire: socket.socket) -> None:
        return

    def connect_args(self, source: Source, address: str, trust: Trust, files: Path) -> dict[str, Any]:
        # The driver's own comparison of names would take the address for the name; the context's takes the name.
        host = f"[{address}]" if ":" in address else address
        dsn = f"tcps://{host}:{source.port}/{source.database}"
        return {"dsn": dsn, "ssl_context": trust.context(), "ssl_server_dn_match": False}

    def confirmed(self, connection: Connection) -> bool:
        return str(connection.scalar(text(TCPS))).lower() == "tcps"


def _packet(wire: socket.socket) -> bytes:
    size = int.from_bytes(_exactly(wire, 4)[:3], "little")
    return _exactly(wire, min(size, 4096))


def _exactly(wire: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        piece = wire.recv(count - len(found))
        if not piece:
            raise causes.problem("cut")
        found += piece
    return found
