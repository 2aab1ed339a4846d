"""The faults, each with its healing."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from faults.arena import Arena
from faults.kept import children, kill_server, revive
from faults.proxy import Mode
from senappen import servers

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
Strike = Callable[[Arena], None]


def _pause(least: float, most: float) -> None:
    time.sleep(random.uniform(least, most))


def kill_worker(arena: Arena) -> None:
    """kill -9 of a worker with its children."""
    arena.kept[random.choice(["worker1", "worker2"])].kill()


def kill_load(arena: Arena) -> None:
    """kill -9 of a process that loads."""
    arena.kept[random.choice(["worker1", "worker2"])].kill_child()


def stop_worker(arena: Arena) -> None:
    """A worker asked to end, as in a deployment."""
    arena.kept[random.choice(["worker1", "worker2"])].ask_to_end()


def kill_beat(arena: Arena) -> None:
    """kill -9 of the clock."""
    arena.kept["beat"].kill()


def kill_base(arena: Arena) -> None:
    """Power cut of the national base's PostgreSQL."""
    server = servers.postgres()
    kill_server(server, server.data / "postmaster.pid")
    _pause(0, 3)
    revive(server)


def kill_backend(arena: Arena) -> None:
    """kill -9 of one PostgreSQL process: the server resets every connection."""
    postmaster = int((servers.postgres().data / "postmaster.pid").read_text().split("\n", 1)[0])
    with suppress(ProcessLookupError, IndexError):
        os.kill(random.choice(children(postmaster)), signal.SIGKILL)
    _pause(1, 2)
    revive(servers.postgres())


def kill_broker(arena: Arena) -> None:
    """Redis gone with all its messages."""
    server = servers.redis()
    kill_server(server, server.folder / "redis.pid")
    _pause(0, 2)
    revive(server)


def kill_state_postgres(arena: Arena) -> None:
    """Power cut of a state's PostgreSQL."""
    server = servers.state_postgres()
    kill_server(server, server.data / "postmaster.pid")
    _pause(0, 3)
    revive(server)


def kill_state_mariadb(arena: Arena) -> None:
    """Power cut of a state's MariaDB."""
    server = servers.state_mariadb()
    kill_server(server, server.folder / "pid")
    _pause(0, 3)
    revive(server)


def kill_gateway(arena: Arena) -> None:
    """kill -9 of a state's gateway."""
    arena.kept["gateway"].kill()


def kill_api(arena: Arena) -> None:
    """kill -9 of a state's own API."""
    arena.kept["api"].kill()


def _network(mode: Mode, least: float, most: float, *, http: bool = False) -> Strike:
    def strike(arena: Arena) -> None:
        one = random.choice([loaded for loaded in arena.loaded if loaded.http or not http])
        one.proxy.become(mode)
        try:
            _pause(least, most)
        finally:
            one.proxy.become(Mode.PASS)

    return strike


def fill_disk(arena: Arena) -> None:
    """No space left where the base writes."""
    file = servers.postgres().folder / "filler"
    with suppress(OSError), file.open("wb") as filler:
        while True:
            filler.write(b"\0" * 4_000_000)
    _pause(1, 5)
    file.unlink(missing_ok=True)
    revive(servers.postgres())


def _clock(offset: str) -> Strike:
    def strike(arena: Arena) -> None:
        worker = arena.kept[random.choice(["worker1", "worker2"])]
        worker.extra = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        worker.kill()
        _pause(6, 10)
        worker.extra = {}
        worker.kill()

    return strike


STRIKES: dict[str, Strike] = {
    "kill -9 worker": kill_worker,
    "kill -9 loading process": kill_load,
    "stop worker": stop_worker,
    "kill -9 beat": kill_beat,
    "kill -9 base": kill_base,
    "kill -9 base backend": kill_backend,
    "kill -9 redis": kill_broker,
    "kill -9 state postgresql": kill_state_postgres,
    "kill -9 state mariadb": kill_state_mariadb,
    "kill -9 gateway": kill_gateway,
    "kill -9 api": kill_api,
    "network cut": _network(Mode.CUT, 0.5, 4),
    "network slow": _network(Mode.SLOW, 2, 5),
    "network stalled": _network(Mode.STALL, 2, 5),
    "half answers": _network(Mode.HALF, 1, 4),
    "HTTP 429": _network(Mode.BUSY, 1, 4, http=True),
    "HTTP 500": _network(Mode.BROKEN, 1, 4, http=True),
    "disk full": fill_disk,
    "clock a year ahead": _clock("+365d"),
    "clock a year behind": _clock("-365d"),
}


def possible(arena: Arena) -> dict[str, Strike]:
    """The faults that this machine lets us cause."""
    lacking = {name for name in STRIKES if name.startswith("clock") and not FAKETIME.exists()}
    if not arena.disk:
        lacking.add("disk full")
    return {name: strike for name, strike in STRIKES.items() if name not in lacking}
