"""`python -m benchmarks.scale_relinking DATABASE VERSION`: a dry run of a model over the whole base, and what it cost.

One JSON object: seconds by stage and in `total`, the pairs `compared`, what was `judged`, and the `peak` of memory of
this process in MiB. `scoring` is what is left: weighing, comparing, and writing what was found.
"""

import json
import sys
import time
from collections import defaultdict
from typing import Any, Final

from benchmarks.process import note_calls, peak, set_up

# Stage → where the function is looked up.
STAGES: Final = {
    "forms": "registry.matching.workbench.put",
    "pairs": "registry.services.resolution.relinking._block",
    "decisions": "registry.services.resolution.linking.decide",
    "consequences": "registry.services.resolution.consequences.figures",
}


def main() -> None:
    """The process."""
    set_up(sys.argv[1])
    print(json.dumps(_relink(sys.argv[2])))


def _relink(version: str) -> dict[str, Any]:
    from audit.events import system
    from registry.services.resolution import relinking

    found: dict[str, float] = defaultdict(float)

    def note(stage: str, seconds: float, given: tuple[Any, ...], answer: Any) -> None:
        found[stage] += seconds
        print(f"{stage}: {found[stage]:.0f} s", file=sys.stderr, flush=True)
        if stage == "pairs":
            [(found["compared"],)] = given[0].execute("SELECT count(*) FROM pair").fetchall()

    note_calls(STAGES, note)
    start = time.perf_counter()
    made = relinking.dry_run(version=version, by=system("benchmark"))
    total = time.perf_counter() - start
    scoring = total - sum(found[stage] for stage in STAGES)
    judged = made.figures["judgements"]
    return {**found, "scoring": scoring, "total": total, "judged": judged, "peak": peak()}


if __name__ == "__main__":
    main()
