"""A server shared by every process that uses the same folder.

Each user holds a shared lock on `users.lock`; the last one to leave stops the server. A lock dies with its process,
so a killed process never keeps a server alive for the next one to trip over. Starting and stopping happen under
`start.lock`, so that nobody joins a server that is about to go.
"""

import atexit
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


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
