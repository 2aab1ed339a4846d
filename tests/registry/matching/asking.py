"""What DuckDB says of two records: the conditions of vetoes and features, without a model."""

from collections.abc import Collection, Iterator

from registry.matching import workbench
from registry.matching.features import FEATURES
from registry.matching.model import Frequencies
from registry.matching.subjects import COLUMNS, Source, subject
from registry.matching.vetoes import VETOES


def vetoes(a: Source, b: Source, unattested: Collection[str] = ()) -> set[str]:
    """Codes of the vetoes that hold, which must not depend on the order of the two.

    `unattested` are the phonetic keys of given names that the base has too seldom to be names.
    """
    one, other = _vetoes(a, b, unattested), _vetoes(b, a, unattested)
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


def _vetoes(a: Source, b: Source, unattested: Collection[str]) -> set[str]:
    given = {subject(source).key_given for source in (a, b)} - {None, *unattested}
    frequencies = {"key_given": Frequencies({str(key): 0.1 for key in given}, 0.0001)}
    [(held,)] = _ask(a, b, ", ".join(veto.sql for veto in VETOES), "l, r", frequencies)
    return {veto.code for veto, holds in zip(VETOES, held, strict=True) if holds}


def _ask(
    a: Source, b: Source, conditions: str, sides: str, frequencies: dict[str, Frequencies] | None = None
) -> Iterator[tuple[list[bool]]]:
    known = frequencies or {"key_given": Frequencies({}, 0.01)}
    with workbench.workbench(threads=1) as bench:
        for table, source in (("one", a._replace(id=1)), ("two", b._replace(id=2))):
            workbench.put(bench, f"plain_{table}", [subject(source)])
            workbench.weigh(bench, f"plain_{table}", table, known)
        query = f"SELECT [{conditions}] FROM (SELECT {sides} FROM one l, two r)"
        yield from bench.execute(query).fetchall()
