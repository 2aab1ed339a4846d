"""Programs that are started again when they end, as a service manager would."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from senappen.demo.parent import die_with_parent
from senappen.embedded.server import EmbeddedServerError, SharedServer, gone, wait

RESTART_S = 0.5


class Kept:
    """A process of ours. `extra` goes into the environment from its next start on."""

    def __init__(self, name: str, logs: Path, *arguments: str) -> None:
        self.name, self.extra = name, {}  # type: str, dict[str, str]
        self._log = (logs / f"{name}.log").open("ab")
        self._command = [sys.executable, "-m", *arguments]
        self._ended = False
        self._lock = threading.Lock()
        self._start()
        threading.Thread(target=self._watch, daemon=True).start()

    def kill(self) -> None:
        """All of it at once, with no last word."""
        with self._lock, suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def ask_to_end(self) -> None:
        """As a service manager stops a service."""
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGTERM)

    def kill_child(self) -> None:
        """One of the processes it has started itself."""
        if found := children(self._process.pid):
            kill_process(found[-1])

    def end(self) -> None:
        """For good."""
        self._ended = True
        self.kill()
        self._process.wait()
        self._log.close()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            env={**os.environ, **self.extra},
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def _watch(self) -> None:
        while not self._ended:
            self._process.wait()
            time.sleep(RESTART_S)
            with self._lock:
                if not self._ended:
                    self.kill_rest()
                    self._start()

    def kill_rest(self) -> None:
        """Whatever outlived its parent."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


def children(parent: int) -> list[int]:
    """The processes that a process started."""
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return []


def kill_process(number: int) -> None:
    """kill -9, if it is still there."""
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def kill_server(server: SharedServer, pid_file: Path) -> None:
    """A power cut: the server and all its processes at once."""
    process = int(pid_file.read_text().split("\n", 1)[0])
    for one in (process, *children(process)):
        kill_process(one)
    # Until the kernel has buried it, whoever looks takes it for running.
    wait(lambda: gone(process), server.folder)


def revive(server: SharedServer, within_s: float = 60) -> None:
    """Start a server that died, as often as it takes. Raises EmbeddedServerError."""
    deadline = time.monotonic() + within_s
    while True:
        try:
            server.revive()
        except EmbeddedServerError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
        else:
            return
