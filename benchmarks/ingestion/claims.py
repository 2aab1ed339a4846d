"""Each claim of this benchmark, from what the loads measured: by the clock, and by processor time.

A cost is `[clock, processor]` in seconds (`cost.Cost`, as JSON gives it back).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.cost import Cost
from benchmarks.result import Result

COPY = "binary COPY, from a file in memory, of the same rows into a logged table without indexes"
TIMES = f"ratio = our time / {COPY}"
PROCESSOR = "processor time of the loading process and its database session"


def first_load(people: int, load: dict[str, Any]) -> Iterator[Result]:
    """Reading and publishing, of the prisoners alone (25 columns) and of all views, and closing."""
    prisoners = [view for view in load["views"] if view["view"] == "vw_preso"]
    for step, target in (("extract", 4.5), ("publish", 6.0)):
        for name, views in ((f"first_{step}_prisoners", prisoners), (f"first_{step}", load["views"])):
            about = f"{len(views)} views, {people} people, real MariaDB"
            yield from _beside_copy(name, _rows(views), _sum(views, step), _sum(views, "copy"), target, about)
    every = load["views"]
    about = f"{people} people; persons, documents, crossings after the last view; processor of judging's session alone"
    yield from _beside_copy("first_close", _rows(every), Cost(*load["close"]), _sum(every, "copy"), None, about)


def _beside_copy(name: str, rows: int, ours: Cost, copy: Cost, target: float | None, about: str) -> Iterator[Result]:
    """So many rows beside their COPY: by the clock, which the target is about, and by processor time."""
    yield Result(
        name=name, value=rows / ours.clock, unit="rows/s", baseline=rows / copy.clock, ratio=ours.clock / copy.clock,
        target=f"≤ {target:g}" if target else "", conditions=f"{rows} rows, {about}; {TIMES}",
    )  # fmt: skip
    yield Result(
        name=f"{name}.processor", value=1e6 * ours.processor / rows, unit="µs/row",
        baseline=1e6 * copy.processor / rows, ratio=ours.processor / copy.processor,
        conditions=f"{rows} rows, {about}; {PROCESSOR}; {TIMES}",
    )  # fmt: skip


def orm(people: int, load: dict[str, Any], rate: float) -> Result:
    """Django's bulk_create beside our reading, hash and writing of the same prisoners."""
    prisoners = next(view for view in load["views"] if view["view"] == "vw_preso")
    ours = prisoners["rows"] / Cost(*prisoners["extract"]).clock
    return Result(
        name="orm_bulk_create",
        value=rate,
        unit="rows/s",
        baseline=ours,
        ratio=ours / rate,
        target="≥ 5",
        conditions=f"prisoners already mapped, {people} people; ratio = extract with hash from MariaDB / bulk_create",
    )


def gateway(people: int, load: dict[str, Any]) -> Iterator[Result]:
    """The prisoners read through the gateway over the same MariaDB."""
    about = f"prisoners, {people} people, gateway on the same machine, itself not counted as processor"
    ours, copy = Cost(*load["extract"]), Cost(*load["copy"])
    yield from _beside_copy("gateway_extract_prisoners", load["rows"], ours, copy, 6.0, about)


def no_changes(people: int, first: dict[str, Any], load: dict[str, Any]) -> Result:
    """An incremental load that finds nothing new."""
    copied, seconds = _sum(first["views"], "copy").clock, Cost(*load["cost"]).clock
    return Result(
        name="no_change_day",
        value=seconds,
        unit="s",
        baseline=copied,
        ratio=seconds / copied,
        target="value ≤ 2 s",
        conditions=f"{load['read_count']} rows read again, {people} people; ratio = our time / COPY of all rows",
    )


def next_day(people: int, first: dict[str, Any], load: dict[str, Any], changed: int) -> Result:
    """The day after, with part of the rows changed."""
    steps = (_sum(first["views"], "extract"), _sum(first["views"], "publish"), Cost(*first["close"]))
    whole, seconds = sum(step.clock for step in steps), Cost(*load["cost"]).clock
    return Result(
        name="next_day",
        value=seconds,
        unit="s",
        baseline=whole,
        ratio=seconds / whole,
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


def _sum(views: Sequence[dict[str, Any]], step: str) -> Cost:
    return Cost(*map(sum, zip(*(view[step] for view in views), strict=True)))


def _rows(views: Sequence[dict[str, Any]]) -> int:
    return sum(view["rows"] for view in views)
