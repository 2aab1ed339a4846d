"""Loading a state of N prisoners and 10 N child rows from a real MariaDB, in binary COPYs of the same rows."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.ingestion import claims
from benchmarks.result import Result

NAME = "ingestion"
CLAIM = "What a first load, a day without changes and the following day cost, in binary COPYs of the same rows."

CODE = "AL"
CHANGED_PERCENT = 2


def run(people: int) -> Iterator[Result]:
    """First load, the gateway, a day without changes, the following day. `people` are the state's prisoners."""
    from django.db import connection

    from benchmarks.ingestion.floor import Floor
    from benchmarks.ingestion.gateway import gateway_over
    from benchmarks.ingestion.state import State
    from ingestion.contract import VIEWS
    from senappen import servers

    server = servers.state_mariadb()
    with ExitStack() as stack:
        server.start()
        stack.callback(server.stop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="senappen-bench-")))
        state = State(server.url, people)
        state.build()
        source = _source(server.port)
        first = _load(source, "steps", folder)
        yield from claims.first_load(people, first)
        with connection.cursor() as cursor:
            yield claims.orm(people, first, Floor(VIEWS["vw_preso"], folder).bulk_create(cursor))
        yield claims.no_changes(people, first, _load(source, "whole", folder))
        changed = state.next_day(CHANGED_PERCENT)
        day = _load(source, "whole", folder)
        yield claims.next_day(people, first, day, changed)
        yield claims.memory(people, [first, day])
        stack.enter_context(gateway_over(source, server.port, folder))
        yield from claims.gateway(people, _load(source, "extract", folder))


def _load(source: Any, how: str, folder: Path) -> dict[str, Any]:
    """A load by a process of its own; what it measured."""
    from django.db import connection

    from ingestion.services import loads

    load = loads.start(source=source, by=_actor(), enqueued=False)
    command = [sys.executable, "-m", "benchmarks.ingestion.worker", how, str(load.pk)]
    command += [str(connection.settings_dict["NAME"]), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    if found.get("status", "finished") != "finished":
        load.refresh_from_db()
        raise RuntimeError(f"the load stopped: {load.cause}")
    return found


def _source(port: int) -> Any:
    from benchmarks.ingestion import state
    from ingestion.models import Credentials, SourceDialect
    from ingestion.services import agreements, sources
    from registry.services import origins

    origin = origins.register(code=CODE, name=CODE, uf=CODE, timezone="America/Maceio", by=_actor())
    nobody: dict[str, Any] = dict.fromkeys(
        ("responsible", "responsible_email", "state_responsible", "state_email"), "-"
    )
    agreements.sign(origin=origin, number=CODE, signed_on=date.today(), by=_actor(), **nobody)
    return sources.create(
        origin=origin,
        dialect=SourceDialect.MARIADB,
        host="127.0.0.1",
        port=port,
        database=state.DATABASE,
        credentials=Credentials(state.READER, state.PASSWORD),
        mapping=state.mapping(CODE),
        interval=timedelta(days=1),
        by=_actor(),
    )


def _actor() -> Any:
    from audit.events import system

    return system("benchmarks.ingestion")
