"""A private Firebird, which plays a state's server in tests and in the demonstration (Debian's firebird3.0-server)."""

import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

from senappen.embedded.server import (
    EmbeddedServerError,
    SharedServer,
    end,
    keep_port,
    known_port,
    spawn,
    system_program,
    wait,
)

PACKAGE = "firebird3.0-server"
ADMINISTRATOR = "SYSDBA"
# What the server needs of its package besides its program: it looks for all of it in its root folder.
PARTS = ("plugins", "lib", "firebird.msg", "plugins.conf")


class Firebird(SharedServer):
    """A server in `folder` on a loopback port, with an account list of its own; databases lie in `folder`/databases."""

    @property
    def port(self) -> int:
        """The loopback port."""
        return known_port(self.folder)

    @property
    def password(self) -> str:
        """The administrator's, made when the server was."""
        return (self.folder / "password").read_text()

    @property
    def url(self) -> str:
        """The administrator's address, as SQLAlchemy reads it, of the folder of databases; valid once started."""
        address = f"{ADMINISTRATOR}:{self.password}@127.0.0.1:{self.port}"
        return f"firebird+firebird://{address}/{self.folder}/databases"

    def prepare(self) -> None:
        system_program("firebird", PACKAGE)
        super().prepare()
        (self.folder / "locks").mkdir(exist_ok=True)
        (self.folder / "databases").mkdir(exist_ok=True)

    def running(self) -> bool:
        if not (self.folder / "port").exists():
            return False
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def launch(self) -> None:
        for part in PARTS:
            link = self.folder / part
            link.unlink(missing_ok=True)
            link.symlink_to(_installed() / part)
        # Character sets are not found through a link: the server compares the real path of the module with this one.
        shutil.copytree(_installed() / "intl", self.folder / "intl", dirs_exist_ok=True)
        (self.folder / "databases.conf").touch()
        self._configure(keep_port(self.folder))
        if not self._accounts.exists():
            self._initialise()
        program = [system_program("firebird", PACKAGE), "-e", str(self.folder), "-em", str(self.folder)]
        spawn(self.folder, [*program, "-el", str(self.folder / "locks")], self._environment)
        wait(self.running, self.folder)

    def shut_down(self) -> None:
        end(self.folder)

    @property
    def _accounts(self) -> Path:
        return self.folder / "security3.fdb"

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "FIREBIRD": str(self.folder), "FIREBIRD_LOCK": str(self.folder / "locks")}

    def _configure(self, port: int) -> None:
        lines = [f"RemoteServicePort = {port}", "RemoteBindAddress = 127.0.0.1", "ServerMode = Super"]
        lines += [f"SecurityDatabase = {self._accounts}", f"DatabaseAccess = Restrict {self.folder}/databases"]
        (self.folder / "firebird.conf").write_text("\n".join(lines) + "\n")

    def _initialise(self) -> None:
        password = secrets.token_urlsafe(9)
        script = (
            f"CREATE DATABASE '{self._accounts}'; COMMIT; CREATE USER {ADMINISTRATOR} PASSWORD '{password}'; COMMIT;"
        )
        with (self.folder / "install.log").open("wb") as log:
            done = subprocess.run(  # noqa: S603  our own program
                [system_program("isql-fb", PACKAGE), "-q", "-b", "-user", ADMINISTRATOR],
                input=script.encode(),
                env=self._environment,
                stdout=log,
                stderr=log,
                check=False,
            )
        if done.returncode:
            self._accounts.unlink(missing_ok=True)
            raise EmbeddedServerError(f"isql-fb failed: see {self.folder}/install.log")
        (self.folder / "password").write_text(password)
        (self.folder / "password").chmod(0o600)


def _installed() -> Path:
    found = next(Path("/usr/lib").glob("*/firebird/3.0"), None)
    if found is None:
        raise EmbeddedServerError(f"Firebird's plugins are not installed: install the Debian package {PACKAGE}.")
    return found
