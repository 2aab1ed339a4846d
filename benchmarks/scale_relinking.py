"""`python -m benchmarks.scale_relinking DATABASE VERSION`: a dry run of a model over the whole base, and what it cost.

One JSON object: seconds by stage and in `total`, the pairs `compared`, what was `judged`, and the `peak` of memory of
this process in MiB. `scoring` is what is left: weighing, comparing, and writing what was found.
"""

import importlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final
from unittest import mock

# Stage → where the function is looked up.
STAGES: Final = {
    "forms": "registry.matching.workbench.put",
    "pairs": "registry.services.resolution.relinking._block",
    "decisions": "registry.services.resolution.linking.decide",
    "consequences": "registry.services.resolution.consequences.figures",
}


def main() -> None:
    """The process."""
    import django

    django.setup()
    from django.db import connections

    for alias in connections:
        connections[alias].settings_dict["NAME"] = sys.argv[1]
    print(json.dumps(_relink(sys.argv[2])))


def _relink(version: str) -> dict[str, Any]:
    from audit.events import system
    from benchmarks.scale_settling import peak
    from registry.services.resolution import relinking

    found: dict[str, float] = defaultdict(float)
    for stage, path in STAGES.items():
        mock.patch(path, _timed(stage, path, found)).start()
    start = time.perf_counter()
    made = relinking.dry_run(version=version, by=system("benchmark"))
    total = time.perf_counter() - start
    scoring = total - sum(found[stage] for stage in STAGES)
    judged = made.figures["judgements"]
    return {**found, "scoring": scoring, "total": total, "judged": judged, "peak": peak(os.getpid())}


def _timed(stage: str, path: str, found: dict[str, float]) -> Callable[..., Any]:
    module, name = path.rsplit(".", 1)
    real = getattr(importlib.import_module(module), name)

    def timed(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        answer = real(*given, **named)
        found[stage] += time.perf_counter() - start
        print(f"{stage}: {found[stage]:.0f} s", file=sys.stderr, flush=True)
        if stage == "pairs":
            [(count,)] = given[0].execute("SELECT count(*) FROM pair").fetchall()
            found["compared"] = count
        return answer

    return timed


if __name__ == "__main__":
    main()
