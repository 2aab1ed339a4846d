"""`python -m benchmarks.scale_settling DATABASE`: settle what waits and print what it cost.

One JSON object: seconds by stage, `total`, `pairs`, `judged`, `moved`, and the peaks of memory of this process and of
the scoring process, in MiB.
"""

import json
import sys
import time
from collections import defaultdict
from typing import Any, Final

from benchmarks.process import note_calls, peak, set_up

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
    set_up(sys.argv[1])
    print(json.dumps(_settle()))


def _settle() -> dict[str, Any]:
    from audit.events import system
    from registry.services import resolution

    found: dict[str, float] = defaultdict(float)

    def note(stage: str, seconds: float, given: tuple[Any, ...], answer: Any) -> None:
        # Of batches the longest: so long does whoever else writes or judges records wait.
        found[stage] = max(found[stage], seconds) if stage == "locked" else found[stage] + seconds
        if stage == "candidates":
            found["pairs"] += answer
        if stage == "scoring":
            found["child_peak"] = max(found["child_peak"], peak(given[1].pid))

    note_calls(STAGES, note)
    start = time.perf_counter()
    settled = resolution.settle(by=system("benchmark"))
    found["total"] = time.perf_counter() - start
    found["judging"] -= found["decisions"]
    found["peak"] = peak()
    return {**found, "records": settled.records, "judged": settled.judged, "moved": settled.moved}


if __name__ == "__main__":
    main()
