"""A campaign: faults under load, quiet days, then the comparison."""

import random
import threading
import time
from collections import Counter
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from faults.arena import Arena, Loaded
from faults.compare import compare, total, unsound
from faults.person import Duty, any_running, finish
from faults.strikes import possible
from ingestion.models import Load, LoadKind

FINISH_S = 600.0
LIFE_S = 2.0


def run(folder: Path, *, count: int, prisoners: int, only: str, seed: str) -> int:
    """So many faults; how many rows differ at the end between the base and the states."""
    say(f"semente {seed}: preparando quatro estados de {prisoners} presos e o banco nacional")
    arena = Arena(folder, prisoners=prisoners, seed=seed)
    try:
        arena.start()
        struck = _strike(arena, count, only)
        say("os estados param; últimas cargas")
        wrong = _verdict(arena)
        say("faltas: " + ", ".join(f"{name} {times}" for name, times in sorted(struck.items())))
        say(f"{struck.total()} faltas em {Load.objects.count()} cargas; {wrong} linhas diferentes")
        return wrong
    finally:
        arena.stop()


def _strike(arena: Arena, count: int, only: str) -> Counter[str]:
    """Each fault while some load is running, the states live on and somebody is on duty."""
    strikes = {name: strike for name, strike in possible(arena).items() if not only or name in only.split(",")}
    duty, struck, quiet = Duty(arena.loaded), Counter[str](), threading.Event()
    life = [threading.Thread(target=_live, args=(one, quiet), daemon=True) for one in arena.loaded]
    for thread in life:
        thread.start()
    turns: list[str] = []
    while struck.total() < count:
        if not any_running():
            time.sleep(0.05)
            continue
        # Every kind comes in its turn, in an order of chance.
        turns = turns or random.sample(sorted(strikes), len(strikes))
        name = turns.pop()
        time.sleep(random.uniform(0, 1.5))
        say(f"{struck.total() + 1}/{count} {name}")
        strikes[name](arena)
        struck[name] += 1
    quiet.set()
    for thread in life:
        thread.join()
    duty.rest()
    return struck


def _live(one: Loaded, quiet: threading.Event) -> None:
    while not quiet.wait(LIFE_S):
        try:
            one.state.live()
        except SQLAlchemyError:  # its server was killed: its people try again
            continue


def _verdict(arena: Arena) -> int:
    for kind in (LoadKind.INCREMENTAL, LoadKind.RECONCILIATION, LoadKind.INCREMENTAL):
        for one in arena.loaded:
            finish(one, kind, FINISH_S)
    wrong = 0
    for one in arena.loaded:
        found = compare(one.state, one.source)
        wrong += found.total()
        say(f"{one.code}: {total(one.state)} linhas; diferenças: {dict(found) or 'nenhuma'}")
    found = unsound()
    say(f"o próprio banco: {dict(found) or 'nenhum defeito'}")
    return wrong + found.total()


def say(line: str) -> None:
    """Progress, with the hour."""
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)
