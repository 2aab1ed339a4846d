"""Loading a state: extract and publish against PostgreSQL's own binary COPY of the same rows."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.result import Result

NAME = "ingestion"
CLAIM = "What a first load, a day without changes and the following day cost, in binary COPYs of the same rows."

STATE = "SP"
PASSWORD = "leitura"  # noqa: S105 of a database that lives for one run


@dataclass
class Seconds:
    """Where the time of a load went."""

    extract: float = 0.0
    publish: float = 0.0
    close: float = 0.0
    rows: int = 0


def run(people: int) -> Iterator[Result]:
    """First load, a day without changes, the following day; each beside COPY. `people` live in one state."""
    from senappen import servers

    server = servers.state_postgres()
    server.start()
    with tempfile.TemporaryDirectory(prefix="senappen-bench-") as folder:
        _fictitious("generate", "--people", str(people), "--seed", "1", "--states", STATE, "--out", folder)
        _fictitious("load", "--from", folder, "--dsn", server.url(), "--reader-password", PASSWORD)
        source = _source(Path(folder), server.port)
        database = server.url(name=f"estado_{STATE.lower()}")
        copied = _copy_views(source, database)
        first = _load(source)
        yield from _first(people, copied, first)
        yield from _again(people, copied, "no_change_day", _load(source))
        _fictitious("next-day", "--from", folder, "--dsn", server.url())
        yield from _again(people, first.extract + first.publish + first.close, "next_day", _load(source))
        yield _memory(people)


def _first(people: int, copied: float, load: Seconds) -> Iterator[Result]:
    size = f"{load.rows} rows of 20 views, {people} people"
    for name, taken in (("extract", load.extract), ("publish", load.publish), ("close", load.close)):
        yield Result(
            name=f"first_load_{name}",
            value=load.rows / taken,
            unit="rows/s",
            baseline=load.rows / copied,
            ratio=taken / copied,
            conditions=f"{size}; ratio = our time / binary COPY of the same rows between the same servers",
        )


def _again(people: int, baseline: float, name: str, load: Seconds) -> Iterator[Result]:
    total = load.extract + load.publish + load.close
    against = "binary COPY of all rows" if name == "no_change_day" else "the first load"
    yield Result(
        name=name,
        value=total,
        unit="s",
        baseline=baseline,
        ratio=total / baseline,
        conditions=f"{load.rows} rows read, {people} people; ratio = our time / {against}",
    )


def _memory(people: int) -> Result:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(
        name="peak_memory",
        value=peak,
        unit="MiB",
        baseline=300.0,
        ratio=peak / 300,
        conditions=f"resident peak of the loading process after all of the above, {people} people; baseline = target",
    )


def _load(source: Any) -> Seconds:
    from ingestion.models import LoadView, Source
    from ingestion.pipeline.extract import open_view
    from ingestion.pipeline.publish import Publication
    from ingestion.pipeline.run import close
    from ingestion.pipeline.work import take
    from ingestion.services import loads
    from ingestion.transports.registry import transport_for

    assert isinstance(source, Source)
    seconds = Seconds()
    work = take(loads.start(source=source, by=_actor(), enqueued=False))
    with transport_for(source.rule)(source) as state:
        for progress in LoadView.objects.filter(load=work.load).order_by("order"):
            extraction = open_view(work, progress)
            began = time.perf_counter()
            extraction.run(state)
            landed = time.perf_counter()
            Publication(work, progress, extraction.mapping).run()
            seconds.publish += time.perf_counter() - landed
            seconds.extract += landed - began
            seconds.rows += progress.read_count
    began = time.perf_counter()
    close(work)
    seconds.close = time.perf_counter() - began
    return seconds


def _source(folder: Path, port: int) -> Any:
    from ingestion.models import Credentials
    from ingestion.services import sources
    from registry.services import origins

    origin = origins.register(code=STATE, name=STATE, uf=STATE, timezone="America/Sao_Paulo", by=_actor())
    return sources.create(
        origin=origin,
        host="127.0.0.1",
        port=port,
        database=f"estado_{STATE.lower()}",
        credentials=Credentials(f"leitor_{STATE.lower()}", PASSWORD),
        mapping=(folder / STATE / "mapping.yaml").read_text(),
        photo_folder=str(folder / STATE / "photos"),
        interval=timedelta(days=1),
        by=_actor(),
    )


def _copy_views(source: Any, state_url: str) -> float:
    """Seconds to copy every view of the mapping, binary, into untyped twins of the state's columns."""
    from django.db import connection

    from ingestion.mapping.reading import read
    from ingestion.models import Source

    assert isinstance(source, Source)
    assert source.mapping
    seconds = 0.0
    with psycopg.connect(state_url) as state, connection.cursor() as cursor:
        for view in read(source.mapping.text).views.values():
            columns = sql.SQL(", ").join(map(sql.Identifier, view.columns))
            relation = sql.Identifier(*view.relation.split("."))
            query = sql.SQL("SELECT {} FROM {}").format(columns, relation)
            cursor.execute(sql.SQL("CREATE UNLOGGED TABLE landing.copied ({})").format(_types(state, query)))
            began = time.perf_counter()
            with (
                state.cursor().copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT binary)").format(query)) as origin,
                cursor.copy("COPY landing.copied FROM STDIN (FORMAT binary)") as target,
            ):
                for piece in origin:
                    target.write(piece)
            seconds += time.perf_counter() - began
            cursor.execute("DROP TABLE landing.copied")
    return seconds


def _types(state: psycopg.Connection[Any], query: sql.Composed) -> sql.Composed:
    described = state.execute(sql.SQL("{} LIMIT 0").format(query)).description or []
    return sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(_type(state, column.type_code)))
        for column in described
    )


def _type(state: psycopg.Connection[Any], oid: int) -> str:
    row = state.execute("SELECT format_type(%s, NULL)", [oid]).fetchone()
    found: str = row[0] if row else "text"
    # Unlimited: char without a length would mean one character.
    return "text" if found.startswith("char") else found


def _fictitious(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "fictitious", *arguments], check=True, stdout=subprocess.DEVNULL)


def _actor() -> Any:
    from audit.events import system

    return system("benchmarks.ingestion")
