"""The `make` that started the demonstration, when it was one.

A Ctrl-C reaches both. A signal sent to make alone does not reach us: killed, make would leave us behind; interrupted,
it puts the signal's default action back and waits for its recipe, which would be forever.
"""

import ctypes
import os
import signal
from pathlib import Path

PR_SET_PDEATHSIG = 1
_INTERRUPT = 1 << (signal.SIGINT - 1)


def die_with_parent() -> None:
    """Ask the kernel to end this process (SIGTERM) when its parent dies without saying goodbye."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Make:
    """Watches the parent, if it is make."""

    def __init__(self) -> None:
        self._folder = Path(f"/proc/{os.getppid()}")
        self._is_make = self._read("comm").strip() == "make"
        self._minded_interrupts = self._minds_interrupts()
        if self._is_make:
            die_with_parent()

    def was_interrupted(self) -> bool:
        """True once make has caught an interrupt and waits for us to end."""
        return self._is_make and self._minded_interrupts and not self._minds_interrupts()

    def _minds_interrupts(self) -> bool:
        caught = [line.split()[1] for line in self._read("status").splitlines() if line.startswith("SigCgt")]
        return bool(caught) and bool(int(caught[0], 16) & _INTERRUPT)

    def _read(self, name: str) -> str:
        try:
            return (self._folder / name).read_text()
        except OSError:
            return ""
