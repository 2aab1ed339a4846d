"""Linking a whole nation anew: how long a dry run of a model takes, by stage, and how much memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

from django.db import connection, connections

from audit.events import system
from benchmarks import scale_base
from benchmarks.name_base import Human, invent
from benchmarks.result import Result
from benchmarks.scale_relinking import STAGES
from registry.services import origins

NAME = "relink"
CLAIM = "Links six and a half million records of five million people anew within an hour and a half, in 8 GiB."

_AGAIN: Final = 0.3  # noisy or strange records for each known one: 6.5 million of 5 million people
_AT_ONCE: Final = 100_000
_RECORDS: Final = 6_500_000
_GOAL: Final = 90.0  # minutes, of so many records
_MEMORY: Final = 8192.0  # MiB


def run(people: int) -> Iterator[Result]:
    """Write the records of a nation in which nothing was judged yet, and have a model in use look at all of them."""
    humans = list(invent(people))
    records = people + int(people * _AGAIN)
    model = scale_base.trained(humans, first=records + 1)
    _write(humans, records)
    found = _dry_run(model.version)
    about = f"{records} records, {found['compared']} pairs, {found['judged']} judgements found, none stood before"
    minutes = found["total"] / 60
    goal = _GOAL * records / _RECORDS
    yield _result("total", minutes, "min", goal, f"{about}; goal in proportion to the records", "<= 1")
    for stage in (*STAGES, "scoring"):
        yield _result(stage, found[stage] / 60, "min", minutes, f"{about}; share of the total")
    yield _result("peak", found["peak"], "MiB", _MEMORY, f"{about}; resident, of the process that links", "<= 1")


def _write(humans: list[Human], records: int) -> None:
    """Known records, one of each human, and others that come from the same humans and from strangers."""
    print(f"writing {records} records…", file=sys.stderr)
    origins.register(code="AL", name="Alagoas", uf="AL", timezone="America/Maceio", by=system("benchmark"))
    for some in _batched(humans):
        scale_base.deliver([scale_base.source(human) for human in some], waiting=False)
    first = len(humans) + 1
    for start in range(first, records + 1, _AT_ONCE):
        count = min(_AT_ONCE, records + 1 - start)
        scale_base.deliver(scale_base.arriving(humans, start, count, seed=start), waiting=False)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _batched(humans: list[Human]) -> Iterator[list[Human]]:
    for start in range(0, len(humans), _AT_ONCE):
        yield humans[start : start + _AT_ONCE]


def _dry_run(version: str) -> dict[str, Any]:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.scale_relinking", str(connection.settings_dict["NAME"]), version]
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    found: dict[str, Any] = json.loads(answer)
    return found


def _result(name: str, value: float, unit: str, baseline: float, about: str, target: str = "") -> Result:
    return Result(
        name=f"relink.{name}", value=value, unit=unit, baseline=baseline, ratio=value / baseline, conditions=about,
        target=target,
    )  # fmt: skip
