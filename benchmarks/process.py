"""A process that measures for a benchmark, so that its memory is its own: its database, and what its calls cost."""

import importlib
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

# Stage, seconds of one call, what was given and what was answered.
Note = Callable[[str, float, tuple[Any, ...], Any], None]


def set_up(database: str) -> None:
    """Django on the benchmark's database, by every connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
    import django
    from django.db import connections

    django.setup()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = database


def peak(process: int | str = "self") -> float:
    """MiB of resident memory at most, since the process began or was made to forget it."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def note_calls(stages: Mapping[str, str], note: Note) -> None:
    """Have each call of these functions, stage → where it is looked up, noted until the process ends."""
    for stage, path in stages.items():
        mock.patch(path, _noted(stage, path, note)).start()


def _noted(stage: str, path: str, note: Note) -> Callable[..., Any]:
    module, name = path.rsplit(".", 1)
    real = getattr(importlib.import_module(module), name)

    def noted(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        answer = real(*given, **named)
        note(stage, time.perf_counter() - start, given, answer)
        return answer

    return noted
