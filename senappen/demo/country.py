"""The fictitious country of the demonstration, each state in a database as its rule needs it."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from ingestion.models import Rule
from senappen import servers
from senappen.demo.ways import BY_API, rule_of, secret

SEED = "1"
STAMP = "loaded"


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
    _load(folder, [uf for uf in states if rule_of(uf) in BY_API], "--engine", "sqlite", "--out", str(folder))
    far = [uf for uf in states if rule_of(uf) == Rule.SQL_INTERNET]
    _load(folder, far, "--dsn", servers.state_postgres_tls().url())
    near = [uf for uf in states if rule_of(uf) in (Rule.SQL_VPN, Rule.GATEWAY)]
    _load(folder, near, "--dsn", servers.state_postgres().url())
    stamp.write_text(wanted)
    return True


def _load(folder: Path, states: list[str], *where: str) -> None:
    if states:
        chosen = ("--states", ",".join(states), "--reader-password", secret("reader"))
        _fictitious("load", "--from", str(folder), *where, *chosen)


def _fictitious(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "fictitious", *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
