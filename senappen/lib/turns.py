"""How often two threads of a process take turns with the interpreter."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

TURN_S = 0.0001


@contextmanager
def short_turns() -> Iterator[None]:
    """Let a thread whose server has answered go on at once, where another computes.

    Python's own turns, of 5 ms, are for programs with few answers. A batch reaches PostgreSQL in a dozen pieces, and
    waited so long after each: two threads that should have worked together worked one after the other.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
