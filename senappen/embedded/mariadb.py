"""A private MariaDB, which plays a state's server in tests and in the demonstration. Needs Debian's mariadb-server."""

import os
import pwd
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

PACKAGE = "mariadb-server"


class MariaDB(SharedServer):
    """A server in `folder`: its administrator enters by a Unix socket only we can reach, others by a loopback port."""

    @property
    def socket(self) -> Path:
        """The socket's path, known before the start."""
        return self.sockets / "mariadb.sock"

    @property
    def port(self) -> int:
        """The loopback port."""
        return known_port(self.folder)

    @property
    def url(self) -> str:
        """The administrator's address, as SQLAlchemy reads it; valid once started, known before."""
        return f"mysql+pymysql://{_account()}@/?unix_socket={self.socket}"

    @property
    def options(self) -> list[str]:
        """Options of the server besides the common ones."""
        return []

    def prepare(self) -> None:
        system_program("mariadbd", PACKAGE)
        super().prepare()
        self.sockets.mkdir(mode=0o700, exist_ok=True)

    def running(self) -> bool:
        return self.control("ping") == 0

    def launch(self) -> None:
        data = self.folder / "data"
        if not (data / "mysql").exists():
            self._initialise(data)
        command = [system_program("mariadbd", PACKAGE), "--no-defaults", f"--datadir={data}", f"--user={_account()}"]
        command += [f"--socket={self.socket}", f"--port={keep_port(self.folder)}", "--bind-address=127.0.0.1"]
        command += ["--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=256M"]
        command += ["--character-set-server=utf8mb4", "--default-time-zone=+00:00"]
        spawn(self.folder, [*command, *self.options])
        wait(self.running, self.folder)

    def shut_down(self) -> None:
        end(self.folder)

    def _initialise(self, data: Path) -> None:
        command = [system_program("mariadb-install-db", PACKAGE), "--no-defaults", f"--datadir={data}"]
        command += [f"--user={_account()}", "--auth-root-authentication-method=socket", "--skip-test-db"]
        command += [f"--auth-root-socket-user={_account()}", "--skip-name-resolve"]
        with (self.folder / "install.log").open("wb") as log:
            done = subprocess.run(command, stdout=log, stderr=log, check=False)  # noqa: S603  our own program
        if done.returncode:
            raise EmbeddedServerError(f"mariadb-install-db failed: see {self.folder}/install.log")

    def control(self, action: str) -> int:
        """Run mariadb-admin; its return code."""
        program = system_program("mariadb-admin", "mariadb-client")
        command = [program, "--no-defaults", f"--socket={self.socket}", action]
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode  # noqa: S603  our own program


def _account() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name
