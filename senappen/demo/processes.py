"""Child processes of the demonstration: started together, ended together, whatever ends first."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

from senappen.demo.parent import die_with_parent

STOP_TIMEOUT_S = 15.0


class Processes:
    """Named children whose output goes to `<logs>/<name>.log`."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._files: list[IO[bytes]] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
        """Start `python -m …arguments` in a session of its own, so that Ctrl-C reaches only the demonstration."""
        log = (self.logs / f"{name}.log").open("ab")
        self._files.append(log)
        self._running[name] = subprocess.Popen(  # noqa: S603  our own programs
            [sys.executable, "-m", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def ended(self) -> str | None:
        """The name of a child that ended by itself, if any."""
        return next((name for name, child in self._running.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """End every child and wait for it; those that do not listen are killed with all their own children."""
        for child in self._running.values():
            if child.poll() is None:
                child.terminate()
        for child in self._running.values():
            try:
                child.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self._running.clear()
        for log in self._files:
            log.close()
        self._files.clear()
