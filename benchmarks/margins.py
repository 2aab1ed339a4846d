"""The Levantamento by itself: a state made to the margins that a real one published, loaded, and counted.

`MARGINS` names another file of margins (docs/howto/fictitious-country.md) than Amapá's of December 2021.
"""

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.result import Result

NAME = "margins"
CLAIM = "The figures of a state with the margins of a published form are those published, column by column."

DAY = date(2021, 12, 31)
PASSWORD = "leitura"  # noqa: S105 of a database that lives for one run
PREFIX = "margens_"


def run(people: int) -> Iterator[Result]:
    """A line for each section: columns that differ of those held. `people`, if fewer than published, scale it down."""
    from fictitious import margins
    from fictitious.tables import DATA

    (published,) = margins.read(Path(os.environ.get("MARGINS", DATA / "margins_ap.csv")))
    smaller = max(1, published.columns.get(435, 0) // max(1, people))
    given = published if smaller == 1 else published.scaled(smaller)
    closed = margins.close(given)
    computed = _computed(closed)
    by_section: dict[str, list[int]] = defaultdict(list)
    for column, section in _sections().items():
        if column in closed.columns:
            by_section[section].append(column)
    for section, columns in by_section.items():
        wrong = [column for column in columns if closed.columns[column] != computed.get(column, 0)]
        for column in wrong:
            print(f"{column}: expected {closed.columns[column]}, computed {computed.get(column, 0)}", file=sys.stderr)
        yield _result(section, columns, wrong, closed, given, computed)


def _result(
    section: str, columns: list[int], wrong: list[int], closed: Any, given: Any, computed: dict[int, int]
) -> Result:
    changed = [column for column in columns if column in closed.why]
    expected = sum(closed.columns[column] for column in columns)
    return Result(
        name=f"section {section}: columns that differ", value=len(wrong), unit="columns", baseline=len(columns),
        ratio=len(wrong) / len(columns), target="0",
        conditions=f"sum expected {expected}, computed {sum(computed.get(column, 0) for column in columns)}; "
        f"{len(changed)} columns published against other sections" + (f": {changed}" if changed else ""),
    )  # fmt: skip


def _sections() -> dict[int, str]:
    from registry.figures.catalogue import FIGURES

    return {column: figure.section for figure in FIGURES.values() for column in sorted(figure.columns)}


def _computed(closed: Any) -> dict[int, int]:
    """The state made, loaded by the pipeline, and its edition of the form added up over its units."""
    from audit.events import system
    from fictitious.__main__ import load as load_states
    from fictitious.margins import making
    from registry.selectors.figures.form import added
    from registry.services.figures import editions
    from senappen import servers

    server = servers.state_postgres()
    server.start()
    with tempfile.TemporaryDirectory(prefix="senappen-bench-") as folder:
        making.make([closed], Path(folder), seed="1", today=DAY)
        load_states(Path(folder), server.url(), None, PASSWORD, PREFIX)
        _load(closed.uf, server.port, Path(folder))
    made = editions.make(closed.uf, DAY, by=system("benchmark"))
    return added({int(column): value for column, value in values.items()} for values in made.values.values())


def _load(uf: str, port: int, folder: Path) -> None:
    from audit.events import system
    from ingestion.models import Credentials
    from ingestion.pipeline.run import run as run_load
    from ingestion.services import agreements, loads, sources
    from registry.services import origins

    by = system("benchmark")
    nobody: dict[str, Any] = dict.fromkeys(
        ("responsible", "responsible_email", "state_responsible", "state_email"), "-"
    )
    origin = origins.register(code=uf, name=uf, uf=uf, timezone="America/Belem", by=by)
    agreements.sign(origin=origin, number=uf, signed_on=date.today(), by=by, **nobody)
    source = sources.create(
        origin=origin, host="127.0.0.1", port=port, database=f"{PREFIX}estado_{uf.lower()}",
        credentials=Credentials(f"{PREFIX}leitor_{uf.lower()}", PASSWORD),
        mapping=(folder / uf / "mapping.yaml").read_text(encoding="utf-8"), by=by,
    )  # fmt: skip
    started = loads.start(source=source, by=by, enqueued=False)
    run_load(started)
    started.refresh_from_db()
    if started.status != "finished":
        raise RuntimeError(f"the load stopped: {started.cause}")
