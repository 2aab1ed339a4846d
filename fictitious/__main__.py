"""Command line: python -m fictitious generate | load | next-day."""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

from fictitious import margins, states
from fictitious.country import DEFAULT_TODAY, Country
from fictitious.generate import generate
from fictitious.margins import making
from fictitious.next_day import next_day
from fictitious.render import postgres, sqlite

RENDERERS = {"postgresql": "postgres", "mariadb": "mariadb", "firebird": "firebird"}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m fictitious", description="Makes a fictitious country.")
    commands = top.add_subparsers(dest="command", required=True)
    make = commands.add_parser("generate", help="write a country into a folder")
    make.add_argument("--people", type=_positive, default=20_000, help="human beings with at least one record")
    make.add_argument("--seed", default="1")
    make.add_argument("--states", type=_states, default=("AL", "PE", "SP"), help="comma-separated, any of the 27")
    make.add_argument("--out", type=Path, required=True)
    make.add_argument("--today", type=date.fromisoformat, default=DEFAULT_TODAY, help="last day of the country's life")
    make.add_argument("--spoiled", type=float, default=1.0, help="times the usual rate of rows that no load can take")
    make.add_argument(
        "--situations", type=float, default=1.0, help="times the usual rate of what rules and crossings look for"
    )
    make.add_argument(
        "--margins",
        type=Path,
        help="a file of margins: its states are made to them, and what --people says is not read",
    )
    make.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    load = commands.add_parser("load", help="create the states' databases on a server, or SQLite files")
    load.add_argument("--from", dest="folder", type=Path, required=True)
    load.add_argument("--engine", choices=(*RENDERERS, "sqlite"), default="postgresql")
    load.add_argument("--dsn", help="of a superuser; databases estado_<uf> are dropped and made anew")
    load.add_argument("--out", type=Path, help="with --engine sqlite: folder for the files estado_<uf>.sqlite")
    load.add_argument("--states", type=_states)
    load.add_argument("--reader-password", default="leitura-ficticia")
    load.add_argument("--prefix", default="", help="of the databases' and readers' names, to share a server")
    following = commands.add_parser("next-day", help="make the following day, and apply it if a server is given")
    following.add_argument("--from", dest="folder", type=Path, required=True)
    following.add_argument("--dsn", help="of a superuser; days the databases have not seen are applied")
    following.add_argument("--prefix", default="", help="of the databases' names")
    return top


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one")
    return number


def _states(text: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(part.strip().upper() for part in text.split(",") if part.strip()))
    for uf in asked:
        try:
            states.profile(uf)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
    if not asked:
        raise argparse.ArgumentTypeError("no state given")
    return asked


def load(
    folder: Path,
    dsn: str,
    only: tuple[str, ...] | None,
    reader_password: str,
    prefix: str = "",
    engine: str = "postgresql",
) -> None:
    """Load the states, two at a time, the large ones first."""
    # Each needs a driver, and one of them a system library: imported when asked for.
    render = import_module(f"fictitious.render.{RENDERERS[engine]}")
    country = Country.open(folder)
    wanted = sorted(only or country.states, key=lambda uf: -sum(country.counts[uf].values()))

    def one(uf: str) -> None:
        render.load(dsn, replace(states.profile(uf), prefix=prefix), folder / uf, reader_password)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, wanted))


def write_sqlite(folder: Path, target: Path, only: tuple[str, ...] | None) -> None:
    """One file estado_<uf>.sqlite for each state."""
    target.mkdir(parents=True, exist_ok=True)
    for uf in only or Country.open(folder).states:
        sqlite.load(states.profile(uf), folder / uf, target / f"estado_{uf.lower()}.sqlite")


def apply(folder: Path, dsn: str, prefix: str = "") -> None:
    """Apply the days that the states' databases have not seen."""
    for uf in Country.open(folder).states:
        postgres.apply_days(dsn, replace(states.profile(uf), prefix=prefix), folder / uf)


def from_margins(file: Path, out: Path, seed: str, today: date) -> None:
    """Make the states of a file of margins, and tell what of it no population could have."""
    given = margins.read(file)
    wanted = [margins.close(each) for each in given]
    making.make(wanted, out, seed=seed, today=today)
    for each, closed in zip(given, wanted, strict=True):
        for column, words in sorted(closed.why.items()):
            print(f"{each.uf} {column}: {each.columns.get(column, 0)} → {closed.columns[column]} ({words})")


def main(arguments: Sequence[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    if asked.command == "load" and not (asked.out if asked.engine == "sqlite" else asked.dsn):
        parser().error("load needs --dsn, or --out with --engine sqlite")
    if asked.command == "generate" and asked.margins:
        from_margins(asked.margins, asked.out, asked.seed, asked.today)
    elif asked.command == "generate":
        country = Country(
            asked.people, asked.seed, asked.states, asked.today, asked.spoiled, situations=asked.situations
        )
        generate(country, asked.out, asked.workers)
    elif asked.command == "load" and asked.engine == "sqlite":
        write_sqlite(asked.folder, asked.out, asked.states)
    elif asked.command == "load":
        load(asked.folder, asked.dsn, asked.states, asked.reader_password, asked.prefix, asked.engine)
    elif asked.command == "next-day":
        print(next_day(asked.folder))
        if asked.dsn:
            apply(asked.folder, asked.dsn, asked.prefix)
    return 0


if __name__ == "__main__":
    sys.exit(main())
