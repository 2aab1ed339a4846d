"""One load in a process of its own, so that its peak of memory is its own: `python -m benchmarks.ingestion.worker`.

Prints one JSON object. `steps` times each view's reading and publishing, with the floor between the two; `whole` runs
the load as the workers do.
"""

import argparse
import json
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.process import peak, set_up


def main() -> int:
    """Run the load that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingestion.worker")
    parser.add_argument("how", choices=["steps", "whole", "extract"])
    parser.add_argument("load", type=int)
    parser.add_argument("database")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    set_up(given.database)
    run = {"steps": _steps, "whole": _whole, "extract": _extract}[given.how]
    from ingestion.pipeline.heap import settled_heap

    with settled_heap():
        found = run(given.load, given.folder)
    print(json.dumps({"peak_mib": peak(), **found}))
    return 0


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _steps(pk: int, folder: Path) -> dict[str, Any]:
    from django.db import connection

    from benchmarks.cost import cost
    from benchmarks.ingestion.floor import Floor
    from ingestion.models import Load, LoadView
    from ingestion.pipeline.extract import open_view
    from ingestion.pipeline.publish import Publication
    from ingestion.pipeline.run import close
    from ingestion.pipeline.work import take
    from ingestion.transports.registry import transport_for

    work = take(Load.objects.get(pk=pk))
    views, most = [], 0.0
    with transport_for(work.source.rule)(work.source) as state, closing(connection.cursor()) as cursor:
        for progress in LoadView.objects.filter(load=work.load).order_by("order"):
            extraction = open_view(work, progress)
            extract = cost(partial(extraction.run, state))
            most = max(most, peak())
            floor = Floor(extraction.landing.view, folder)
            rows = floor.take(cursor, extraction.landing.table)
            copy = floor.cost(cursor)
            # libpq keeps what a slow server has not taken yet: the floor's memory is not the worker's.
            _forget_peak()
            publish = cost(Publication(work, progress, extraction.mapping).run)
            views.append({"view": progress.view, "rows": rows, "copy": copy, "extract": extract, "publish": publish})
            print(f"{views[-1]}", file=sys.stderr)
    closed = cost(lambda: close(work))
    return {"views": views, "close": closed, "peak_mib": max(most, peak())}


def _extract(pk: int, folder: Path) -> dict[str, Any]:
    from django.db import connection

    from benchmarks.cost import cost
    from benchmarks.ingestion.floor import Floor
    from ingestion.models import Load, LoadView
    from ingestion.pipeline.extract import open_view
    from ingestion.pipeline.work import take
    from ingestion.transports.registry import transport_for

    work = take(Load.objects.get(pk=pk))
    progress = LoadView.objects.filter(load=work.load).get(view="vw_preso")
    with transport_for(work.source.rule)(work.source) as state:
        extraction = open_view(work, progress)
        taken = cost(partial(extraction.run, state))
    # The floor again, of these rows: the machine is as busy as it is now, not as it was some minutes ago.
    with closing(connection.cursor()) as cursor:
        floor = Floor(extraction.landing.view, folder)
        rows = floor.take(cursor, extraction.landing.table)
        return {"rows": rows, "extract": taken, "copy": floor.cost(cursor)}


def _whole(pk: int, folder: Path) -> dict[str, Any]:
    from django.db.models import Sum

    from benchmarks.cost import cost
    from ingestion.models import Load, LoadView
    from ingestion.pipeline.run import run

    del folder
    load = Load.objects.get(pk=pk)
    found: dict[str, Any] = {}

    def work() -> None:
        found["status"] = str(run(load))

    taken = cost(work)
    names = ("read_count", "new_count", "changed_count", "rejected_count", "waiting_count")
    return {**found, "cost": taken, **LoadView.objects.filter(load=load).aggregate(**{n: Sum(n) for n in names})}


if __name__ == "__main__":
    sys.exit(main())
