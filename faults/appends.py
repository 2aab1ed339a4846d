"""`python -m faults.appends --count 200`: power cuts of PostgreSQL while many record; then the audit is verified.

Ends with 0 when every event that was acknowledged is there, linked once, and the chains agree with what was signed.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

WRITERS = 4


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m faults.appends", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="power cuts (default 200)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="senappen-appends-", ignore_cleanup_errors=True) as folder:
        os.environ["SENAPPEN_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
        os.environ.setdefault("LOG_LEVEL", "CRITICAL")
        import django

        django.setup()
        return run(asked.count, Path(folder) / "checkpoints")


def run(count: int, folder: Path) -> int:
    """So many power cuts; 0 when nothing that was acknowledged is missing or changed."""
    from django.core.management import call_command

    from faults.kept import kill_server, revive
    from senappen import servers

    servers.postgres().start()
    try:
        call_command("migrate", verbosity=0)
        acknowledged: list[int] = []
        over = threading.Event()
        writers = [threading.Thread(target=_record, args=(over, acknowledged), daemon=True) for _ in range(WRITERS)]
        for thread in [*writers, threading.Thread(target=_sign, args=(over,), daemon=True)]:
            thread.start()
        server = servers.postgres()
        for number in range(1, count + 1):
            known = len(acknowledged)
            while len(acknowledged) < known + 20:  # only a server at work is worth killing
                time.sleep(0.01)
            time.sleep(random.uniform(0, 0.3))
            kill_server(server, server.data / "postmaster.pid")
            revive(server)
            if number % 20 == 0 or number == count:
                print(f"{time.strftime('%H:%M:%S')} {number}/{count}: {len(acknowledged)} eventos", flush=True)
        over.set()
        for thread in writers:
            thread.join()
        return _verdict(acknowledged, folder)
    finally:
        servers.stop()


def _record(over: threading.Event, acknowledged: list[int]) -> None:
    from audit import recorder
    from audit.events import Event, Kind, system

    while not over.is_set():
        try:
            acknowledged.append(recorder.record_now(Event(kind=Kind.INTENT, actor=system("faults"), detail={"a": 1})))
        except recorder.AuditUnavailable:
            time.sleep(0.05)


def _sign(over: threading.Event) -> None:
    from django.db import Error, connections

    from audit import checkpoints

    while not over.is_set():
        try:
            checkpoints.sign()
            checkpoints.hand_out()
        except Error:
            connections["auditor"].close()
        time.sleep(0.2)


def _verdict(acknowledged: list[int], folder: Path) -> int:
    from faults.chains import read

    links, outside, wrong = read(folder)
    lost = set(acknowledged) - {link.number for link in links}
    print(
        f"{len(acknowledged)} eventos confirmados, {len(links)} encadeados, {outside} pontos de controle fora; "
        f"perdidos {len(lost)}; alterados {wrong or 'nenhum'}"
    )
    return len(lost) + len(wrong) + (not outside)


if __name__ == "__main__":
    sys.exit(main())
