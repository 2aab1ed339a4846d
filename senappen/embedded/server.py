"""A server shared by every process that uses the same folder.

Each user holds a shared lock on `users.lock`; the last one to leave stops the server. A lock dies with its process,
so a killed process never keeps a server alive for the next one to trip over. Starting and stopping happen under
`start.lock`, so that nobody joins a server that is about to go.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

TIMEOUT_S = 30.0
PATIENCE_S = 10.0
POLL_S = 0.05


class EmbeddedServerError(RuntimeError):
    """The private server did not start; the message names its log file."""


class SharedServer:
    """Start on first use, share, stop with the last user. Subclasses say how their server runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sockets = socket_folder(folder)
        self._share: IO[str] | None = None
        self._owner: int | None = None

    def start(self) -> None:
        """Use the server, starting it when it does not run. Raises EmbeddedServerError."""
        if self._owner == os.getpid():
            return
        self.prepare()
        with self._turn():
            if not self.running():
                self.launch()
            self._share = (self.folder / "users.lock").open("w")
            fcntl.flock(self._share, fcntl.LOCK_SH)
            self._owner = os.getpid()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Leave the server; shut it down when we were its last user. Harmless when repeated or after a fork."""
        if self._owner != os.getpid() or self._share is None:
            return
        self._owner = None
        with self._turn():
            last = _alone(self._share)
            self._share.close()
            self._share = None
            if last:
                self.shut_down()

    def revive(self) -> None:
        """Start a server that died under its users. Raises EmbeddedServerError."""
        with self._turn():
            if not self.running():
                self.launch()

    def prepare(self) -> None:
        """Make the folders the server needs."""
        self.folder.mkdir(parents=True, exist_ok=True)

    def running(self) -> bool:
        """True when the server answers."""
        raise NotImplementedError

    def launch(self) -> None:
        """Start the server and return when it answers."""
        raise NotImplementedError

    def shut_down(self) -> None:
        """Stop the server and return when it is gone."""
        raise NotImplementedError

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with (self.folder / "start.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield


def _alone(share: IO[str]) -> bool:
    try:
        fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def socket_folder(folder: Path) -> Path:
    """A short folder for sockets (their paths are limited to 107 bytes), derived from the data folder."""
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"senappen-{digest}"


def known_port(folder: Path) -> int:
    """The loopback port of a server that was started in `folder`."""
    return int((folder / "port").read_text())


def keep_port(folder: Path) -> int:
    """The port of the last start, unless somebody took it meanwhile: others have it in their settings."""
    file = folder / "port"
    if not file.exists() or answers(known_port(folder)):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            file.write_text(str(probe.getsockname()[1]))
    return known_port(folder)


def answers(port: int) -> bool:
    """True when somebody listens to that loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def system_program(name: str, package: str) -> str:
    """The path of a program of a Debian package. Raises EmbeddedServerError."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin")
    if found is None:
        raise EmbeddedServerError(f"The program {name} is not installed: install the Debian package {package}.")
    return found


def spawn(folder: Path, command: list[str], environment: Mapping[str, str] | None = None) -> None:
    """Start a server that outlives us, with its output in `folder`/log and its number in `folder`/pid."""
    with (folder / "log").open("ab") as log:
        started = subprocess.Popen(  # noqa: S603  our own programs
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    (folder / "pid").write_text(str(started.pid))
    # Not ours to wait for: it stops when its last user leaves.
    started.returncode = 0


def end(folder: Path) -> None:
    """Stop the server of `spawn`, by force if it clings to a client. Raises EmbeddedServerError."""
    try:
        process = int((folder / "pid").read_text())
        os.kill(process, signal.SIGTERM)
    except (OSError, ValueError):
        return
    try:
        wait(lambda: ended(process), folder, PATIENCE_S)
    except EmbeddedServerError:
        os.kill(process, signal.SIGKILL)
        wait(lambda: ended(process), folder)


def wait(done: Callable[[], bool], folder: Path, seconds: float = TIMEOUT_S) -> None:
    """Return when `done`. Raises EmbeddedServerError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise EmbeddedServerError(f"The private server does not answer: see {folder}/log")
        time.sleep(POLL_S)


def gone(process: int) -> bool:
    """True when no process has that number."""
    with suppress(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def ended(process: int) -> bool:
    """True when it is gone, or over without that its parent, another user of the server, has noticed."""
    if gone(process):
        return True
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"
