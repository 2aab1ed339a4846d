"""What DuckDB says of two records: the conditions of vetoes and features, without a model."""

from collections.abc import Iterator

from registry.matching import workbench
from registry.matching.features import FEATURES
from registry.matching.subjects import COLUMNS, Source, subject
from registry.matching.vetoes import VETOES


def vetoes(a: Source, b: Source) -> set[str]:
    """Codes of the vetoes that hold, which must not depend on the order of the two."""
    one, other = _vetoes(a, b), _vetoes(b, a)
    assert one == other
    return one


def levels(a: Source, b: Source) -> dict[str, str]:
    """Feature → level, without those that say nothing."""
    found = {}
    sides = ", ".join(f"{side}.{column} AS {column}_{side}" for side in "lr" for column in COLUMNS)
    for feature in FEATURES:
        cases = [("unknown", feature.unknown), *((level.code, level.sql) for level in feature.levels)]
        [(held,)] = _ask(
            a, b, ", ".join(f"coalesce({'true' if sql == 'ELSE' else sql}, false)" for _, sql in cases), sides
        )
        outcome = next(code for (code, _), holds in zip(cases, held, strict=True) if holds)
        if outcome != "unknown":
            found[feature.code] = outcome
    return found


def _vetoes(a: Source, b: Source) -> set[str]:
    [(held,)] = _ask(a, b, ", ".join(veto.sql for veto in VETOES), "l, r")
    return {veto.code for veto, holds in zip(VETOES, held, strict=True) if holds}


def _ask(a: Source, b: Source, conditions: str, sides: str) -> Iterator[tuple[list[bool]]]:
    with workbench.workbench(threads=1) as bench:
        workbench.put(bench, "one", [subject(a._replace(id=1))])
        workbench.put(bench, "two", [subject(b._replace(id=2))])
        query = f"SELECT [{conditions}] FROM (SELECT {sides} FROM one l, two r)"
        yield from bench.execute(query).fetchall()
