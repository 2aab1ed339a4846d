"""The fictitious country of the demonstration, in state databases on a private PostgreSQL."""

import hashlib
import hmac
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from django.conf import settings

from senappen import servers

SEED = "1"
STAMP = "loaded"


def reader_password() -> str:
    """The password of the states' SELECT-only roles: the same in every run on this machine, known to nobody else."""
    return hmac.new(settings.SECRET_KEY.encode(), b"demo-reader", hashlib.sha256).hexdigest()[:32]


def ensure(folder: Path, *, people: int, states: list[str]) -> bool:
    """Make the country and its databases unless `folder` already holds this one; True when it was made now."""
    wanted = f"{people} {','.join(states)}"
    stamp = folder / STAMP
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    chosen = ["--states", ",".join(states)]
    # The country's life ends today, so that the screens have movements and visits of the last days.
    size = ["--people", str(people), "--seed", SEED, "--today", date.today().isoformat()]
    _fictitious("generate", *size, *chosen, "--out", str(folder))
    address = servers.state_postgres().url()
    _fictitious("load", "--from", str(folder), "--dsn", address, *chosen, "--reader-password", reader_password())
    stamp.write_text(wanted)
    return True


def _fictitious(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "fictitious", *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
