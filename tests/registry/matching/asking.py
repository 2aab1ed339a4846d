"""What DuckDB says of two records: the conditions of vetoes and features, without a model."""

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import duckdb
import pyarrow as pa

from registry.matching import workbench
from registry.matching.features import FEATURES
from registry.matching.model import Frequencies
from registry.matching.subjects import COLUMNS, Source, subject
from registry.matching.vetoes import VETOES, codes

_SIDES: Final = ", ".join(f"{side}.{column} AS {column}_{side}" for side in "lr" for column in COLUMNS)


def vetoes(
    a: Source,
    b: Source,
    unattested: Collection[str] = (),
    women: Collection[str] = (),
    men: Collection[str] = (),
    shares: Mapping[str, float] = MappingProxyType({}),
) -> set[str]:
    """Codes of the vetoes that hold, which must not depend on the order of the two.

    `unattested` are the phonetic keys of given names that the base has too seldom to be names; `women` and `men` those
    of names that women alone or men alone have; `shares` says of some how many have them.
    """
    known = {key for source in (a, b) for key in subject(source).keys or () if key not in unattested}
    frequencies = {
        "key_given": Frequencies(dict.fromkeys(sorted(known), 0.1) | dict(shares), 0.00001),
        workbench.WOMEN: Frequencies(dict.fromkeys(women, 1.0) | dict.fromkeys(men, 0.0), 0.0),
    }
    one, other = _ask(a, b, f"[{', '.join(veto.sql for veto in VETOES)}]", frequencies)
    assert one == other
    return set(codes(one))


def levels(a: Source, b: Source) -> dict[str, str]:
    """Feature → level, without those that say nothing."""
    found = {}
    for feature in FEATURES:
        cases = [("unknown", feature.unknown), *((level.code, level.sql) for level in feature.levels)]
        conditions = ", ".join(f"coalesce({'true' if sql == 'ELSE' else sql}, false)" for _, sql in cases)
        held, _ = _ask(a, b, f"(SELECT [{conditions}] FROM (SELECT {_SIDES}))", {})
        outcome = next(code for (code, _), holds in zip(cases, held, strict=True) if holds)
        if outcome != "unknown":
            found[feature.code] = outcome
    return found


def _ask(a: Source, b: Source, selected: str, frequencies: dict[str, Frequencies]) -> list[list[bool]]:
    """What is selected of the two as `l` and `r`, then as `r` and `l`."""
    bench, known = _bench(), {"key_given": Frequencies({}, 0.01)} | frequencies
    bench.execute("DROP TABLE IF EXISTS plain")
    workbench.put(bench, "plain", [subject(a._replace(id=1)), subject(b._replace(id=2))])
    workbench.weigh(bench, "plain", "weighed", known)
    rows = bench.sql("SELECT * FROM weighed").to_arrow_table()
    asked = _asked(selected, rows.schema)
    asked.execute("DELETE FROM pair")
    asked.register("rows", rows)
    asked.execute("INSERT INTO pair SELECT * FROM rows")
    return [held for (held,) in asked.execute("EXECUTE question").fetchall()]


@cache
def _bench() -> duckdb.DuckDBPyConnection:
    """Of all tests: opening one takes longer than a question."""
    return duckdb.connect(":memory:", config={"threads": 1})


@cache
def _asked(selected: str, schema: pa.Schema) -> duckdb.DuckDBPyConnection:
    """A database whose `question` of the table `pair` is planned once: that takes longer than all else."""
    asked = duckdb.connect(":memory:", config={"threads": 1})
    asked.register("empty", schema.empty_table())
    asked.execute("CREATE TABLE pair AS SELECT * FROM empty")
    asked.execute(f"PREPARE question AS SELECT {selected} FROM pair l JOIN pair r ON l.id <> r.id ORDER BY l.id")
    return asked
