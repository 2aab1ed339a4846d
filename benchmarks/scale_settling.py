"""`python -m benchmarks.scale_settling DATABASE`: settle what waits and print what it cost.

One JSON object: seconds by stage, `total`, `pairs`, `judged`, `moved`, and the peaks of memory of this process and of
the scoring process, in MiB.
"""

import importlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from unittest import mock

# Stage → where the function is looked up.
STAGES: Final = {
    "locked": "registry.services.resolution.settling._apply",
    "names": "registry.services.resolution.settling._prepare_names",
    "forms": "registry.services.matching.subjects.keep",
    "candidates": "registry.services.matching.candidates.find",
    "transport": "registry.services.matching.scorer._ask",
    "scoring": "registry.services.matching.scorer._take",
    "decisions": "registry.services.resolution.linking.decide",
    "judging": "registry.services.resolution.settling._judge",
    "taking": "registry.services.resolution.taking.take",
    "persons": "registry.services.resolution.persons.rebuild",
    "reviews": "registry.services.reviewing.queueing.requeue",
}


def main() -> None:
    """The process."""
    import django

    django.setup()
    from django.db import connections

    for alias in connections:
        connections[alias].settings_dict["NAME"] = sys.argv[1]
    print(json.dumps(_settle()))


def _settle() -> dict[str, Any]:
    from audit.events import system
    from registry.services import resolution

    found: dict[str, float] = defaultdict(float)
    for stage, path in STAGES.items():
        mock.patch(path, _timed(stage, path, found)).start()
    start = time.perf_counter()
    settled = resolution.settle(by=system("benchmark"))
    found["total"] = time.perf_counter() - start
    found["judging"] -= found["decisions"]
    found["peak"] = peak(os.getpid())
    return {**found, "records": settled.records, "judged": settled.judged, "moved": settled.moved}


def _timed(stage: str, path: str, found: dict[str, float]) -> Callable[..., Any]:
    module, name = path.rsplit(".", 1)
    real = getattr(importlib.import_module(module), name)

    def timed(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        answer = real(*given, **named)
        seconds = time.perf_counter() - start
        # Of batches the longest: so long does whoever else writes or judges records wait.
        found[stage] = max(found[stage], seconds) if stage == "locked" else found[stage] + seconds
        if stage == "candidates":
            found["pairs"] += answer
        if stage == "scoring":
            found["child_peak"] = max(found["child_peak"], peak(given[1].pid))
        return answer

    return timed


def peak(process: int) -> float:
    """Most memory a process ever held, in MiB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError(process)


if __name__ == "__main__":
    main()
