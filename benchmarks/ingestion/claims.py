"""Each claim of this benchmark, from what the loads measured."""

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.result import Result

COPY = "binary COPY, from a file in memory, of the same rows into a logged table without indexes"
TIMES = f"ratio = our time / {COPY}"


def first_load(people: int, load: dict[str, Any]) -> Iterator[Result]:
    """Reading and publishing, of the prisoners alone (25 columns) and of all views, and closing."""
    prisoners = [view for view in load["views"] if view["view"] == "vw_preso"]
    for step, target in (("extract", 4.5), ("publish", 6.0)):
        yield _step(f"first_{step}_prisoners", people, prisoners, step, target)
        yield _step(f"first_{step}", people, load["views"], step, target)
    rows, copied = _sum(load["views"], "rows"), _sum(load["views"], "copy")
    yield Result(
        name="first_close",
        value=rows / load["close"],
        unit="rows/s",
        baseline=rows / copied,
        ratio=load["close"] / copied,
        conditions=f"{rows} rows, {people} people; persons and search documents after the last view; {TIMES}",
    )


def _step(name: str, people: int, views: Sequence[dict[str, Any]], step: str, target: float) -> Result:
    rows, copied, taken = _sum(views, "rows"), _sum(views, "copy"), _sum(views, step)
    return Result(
        name=name,
        value=rows / taken,
        unit="rows/s",
        baseline=rows / copied,
        ratio=taken / copied,
        target=f"≤ {target:g}",
        conditions=f"{rows} rows of {len(views)} views, {people} people, real MariaDB; {TIMES}",
    )


def orm(people: int, load: dict[str, Any], rate: float) -> Result:
    """Django's bulk_create beside our reading, hash and writing of the same prisoners."""
    prisoners = next(view for view in load["views"] if view["view"] == "vw_preso")
    ours = prisoners["rows"] / prisoners["extract"]
    return Result(
        name="orm_bulk_create",
        value=rate,
        unit="rows/s",
        baseline=ours,
        ratio=ours / rate,
        target="≥ 5",
        conditions=f"prisoners already mapped, {people} people; ratio = extract with hash from MariaDB / bulk_create",
    )


def gateway(people: int, load: dict[str, Any]) -> Result:
    """The prisoners read through the gateway over the same MariaDB."""
    return Result(
        name="gateway_extract_prisoners",
        value=load["rows"] / load["extract"],
        unit="rows/s",
        baseline=load["rows"] / load["copy"],
        ratio=load["extract"] / load["copy"],
        target="≤ 6",
        conditions=f"{load['rows']} prisoners, {people} people, gateway on the same machine; {TIMES}",
    )


def no_changes(people: int, first: dict[str, Any], load: dict[str, Any]) -> Result:
    """An incremental load that finds nothing new."""
    copied = _sum(first["views"], "copy")
    return Result(
        name="no_change_day",
        value=load["seconds"],
        unit="s",
        baseline=copied,
        ratio=load["seconds"] / copied,
        target="value ≤ 2 s",
        conditions=f"{load['read_count']} rows read again, {people} people; ratio = our time / COPY of all rows",
    )


def next_day(people: int, first: dict[str, Any], load: dict[str, Any], changed: int) -> Result:
    """The day after, with part of the rows changed."""
    whole = _sum(first["views"], "extract") + _sum(first["views"], "publish") + first["close"]
    return Result(
        name="next_day",
        value=load["seconds"],
        unit="s",
        baseline=whole,
        ratio=load["seconds"] / whole,
        target="≤ 0.25",
        conditions=f"{changed} rows changed at the state, {load['changed_count']} published, {people} people;"
        " ratio = our time / the first load",
    )


def memory(people: int, loads: Sequence[dict[str, Any]]) -> Result:
    """The worst peak of the workers' processes."""
    peak = max(load["peak_mib"] for load in loads)
    return Result(
        name="peak_memory",
        value=peak,
        unit="MiB",
        baseline=300.0,
        ratio=peak / 300,
        target="≤ 1",
        conditions=f"resident peak of the loading process, first load and next day, {people} people; baseline = target",
    )


def _sum(views: Sequence[dict[str, Any]], name: str) -> Any:
    return sum(view[name] for view in views)
