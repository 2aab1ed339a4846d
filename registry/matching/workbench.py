"""The DuckDB database of one linking run: the subjects, their candidate pairs, the values' frequencies."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from registry.matching import blocking
from registry.matching.features import FREQUENCIES
from registry.matching.model import Frequencies
from registry.matching.subjects import COLUMNS, Subject

_AT_ONCE: Final = 50_000
_KEPT_VALUES: Final = 20_000  # of each column: the common ones; the rest are as rare as the rarest kept
_LEAST_COUNT: Final = 3
_LEAST_EXPECTED: Final = 0.1
_LEAST_BEARERS: Final = 10  # of a given name, to say whether it is a woman's
# Among the frequencies of a model, though it is no column of a subject.
WOMEN: Final = "women"
_SPILL: Final = "40GiB"

_ARROW: Final = {
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
}
_SCHEMA: Final = pa.schema([(column, _ARROW[kind]) for column, kind in COLUMNS.items()])


@contextmanager
def workbench(*, threads: int = 2, memory: str = "2GiB", on_disk: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database in memory that spills to a temporary folder and cannot reach the network.

    `on_disk` keeps it in a file of that folder, compressed: what does not fit in memory and is read over and over would
    be spilled as it is, and read back five times as large.
    """
    with tempfile.TemporaryDirectory(prefix="senappen-matching-") as spill:
        settings: dict[str, Any] = {
            "threads": threads, "memory_limit": memory, "temp_directory": spill, "max_temp_directory_size": _SPILL,
            "autoinstall_known_extensions": False, "autoload_known_extensions": False,
        }  # fmt: skip
        with duckdb.connect(str(Path(spill) / "bench.duckdb") if on_disk else ":memory:", config=settings) as bench:
            yield bench


def put(bench: duckdb.DuckDBPyConnection, table: str, subjects: Iterable[Subject]) -> int:
    """Make a table of subjects; how many there are."""
    columns = ", ".join(f"{column} {kind}" for column, kind in COLUMNS.items())
    bench.execute(f"CREATE TABLE {table} ({columns})")
    rest, count = iter(subjects), 0
    while rows := list(islice(rest, _AT_ONCE)):
        arrow = pa.Table.from_arrays(
            [pa.array(column, type=kind) for column, kind in zip(zip(*rows, strict=True), _SCHEMA.types, strict=True)],
            schema=_SCHEMA,
        )
        bench.register("arriving", arrow)
        bench.execute(f"INSERT INTO {table} SELECT * FROM arriving")  # noqa: S608 a table of ours
        bench.unregister("arriving")
        count += len(rows)
    return count


def block(bench: duckdb.DuckDBPyConnection, left: str, right: str, rules: Sequence[blocking.Rule]) -> int:
    """Make `candidates`, in the form Splink takes, of the pairs of two tables of subjects; how many there are."""
    bench.execute(
        "CREATE OR REPLACE TABLE candidates AS SELECT '0' AS match_key, a AS join_key_l, b AS join_key_r"  # noqa: S608
        f" FROM ({blocking.pairs(left, right, rules)})"
    )
    return int(_value(bench, "SELECT count(*) FROM candidates"))


def count_candidates(bench: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[int, int]]) -> int:
    """How many of these ordered pairs are candidates."""
    ordered = sorted(pairs)
    bench.register("arriving", pa.table({"a": [a for a, _ in ordered], "b": [b for _, b in ordered]}))
    query = "SELECT count(*) FROM arriving JOIN candidates ON join_key_l = a AND join_key_r = b"
    return int(_value(bench, query)) if ordered else 0


def count_values(bench: duckdb.DuckDBPyConnection, table: str) -> dict[str, Frequencies]:
    """The frequencies of the common values of every column that needs them, and the share of women by given name."""
    return {column: _frequencies(bench, table, column) for column in FREQUENCIES} | {WOMEN: _women(bench, table)}


def weigh(bench: duckdb.DuckDBPyConnection, table: str, target: str, frequencies: dict[str, Frequencies]) -> None:
    """Make `target`: the table of subjects with the frequency of each value, in the columns `tf_*`, the words of the
    name, and `second_given` and `women` as `given_names` has them.

    Leaves a table `share_<column>` of the common values of each column, in the form of Splink's look-ups.
    """
    keep_shares(bench, frequencies)
    join_shares(bench, table, target, frequencies)


def keep_shares(bench: duckdb.DuckDBPyConnection, frequencies: dict[str, Frequencies]) -> None:
    """Half of `weigh`, once for those who weigh many tables: the tables `share_<column>`."""
    # A model trained before given names had a sex knows none.
    for column, found in ({WOMEN: Frequencies({}, 0.0)} | frequencies).items():
        values, shares = pa.array(found.shares, pa.string()), pa.array(found.shares.values(), pa.float64())
        bench.register("arriving", pa.table({column: values, f"tf_{column}": shares}))
        bench.execute(f"CREATE OR REPLACE TABLE share_{column} AS SELECT * FROM arriving")  # noqa: S608 a table of ours
        bench.unregister("arriving")


def join_shares(bench: duckdb.DuckDBPyConnection, table: str, target: str, frequencies: dict[str, Frequencies]) -> None:
    """The other half: the table of subjects with what the tables `share_<column>` have of them."""
    columns = [
        *(f"split_part(s.name, ' ', {at}) AS {word}" for at, word in enumerate(("first", "second", "third"), 1)),
        "second.tf_key_given AS second_given", f"share_{WOMEN}.tf_{WOMEN} AS {WOMEN}",
    ]  # fmt: skip
    joins = [
        "LEFT JOIN share_key_given second ON second.key_given = s.keys[2]",
        f"LEFT JOIN share_{WOMEN} ON share_{WOMEN}.{WOMEN} = s.key_given",
    ]
    for column, found in frequencies.items():
        if column != WOMEN:
            share = f"coalesce(share_{column}.tf_{column}, {found.floor})"
            columns.append(f"CASE WHEN s.{column} IS NOT NULL THEN {share} END::DOUBLE AS tf_{column}")
            joins.append(f"LEFT JOIN share_{column} ON share_{column}.{column} = s.{column}")
    bench.execute(
        f"CREATE OR REPLACE TABLE {target} AS SELECT s.*, {', '.join(columns)} FROM {table} s {' '.join(joins)}"  # noqa: S608
    )


def _women(bench: duckdb.DuckDBPyConnection, table: str) -> Frequencies:
    """Of each given name that some have, the share of women among those whose sex is known."""
    found = bench.execute(
        f"SELECT key_given, round(avg((sex = 'F')::INTEGER), 3) FROM {table} WHERE key_given IS NOT NULL"  # noqa: S608
        f" AND sex IN ('F', 'M') GROUP BY 1 HAVING count(*) >= {_LEAST_BEARERS} ORDER BY count(*) DESC, 1"
        f" LIMIT {_KEPT_VALUES}"
    ).fetchall()
    return Frequencies(dict(found), 0.0)


def _frequencies(bench: duckdb.DuckDBPyConnection, table: str, column: str) -> Frequencies:
    total = int(_value(bench, f"SELECT count({column}) FROM {table}")) or 1  # noqa: S608 names of this package
    found = bench.execute(
        f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"  # noqa: S608 as above
        f" HAVING count(*) >= {_LEAST_COUNT} ORDER BY 2 DESC, 1 LIMIT {_KEPT_VALUES}"
    ).fetchall()
    rarest = found[-1][1] - 1 if len(found) == _KEPT_VALUES else _LEAST_COUNT - 1
    return Frequencies(
        {value: count / total for value, count in found}, _expected(bench, table, column, rarest) / total
    )


def _expected(bench: duckdb.DuckDBPyConnection, table: str, column: str, most: int) -> float:
    """How often a value seen at most so many times is expected in as many records again (Good, 1953).

    A name seen once is far rarer than one in so many records, for there are many names that were not seen at all.
    """
    times = dict(
        bench.execute(
            f"SELECT n, count(*) FROM (SELECT count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY {column})"  # noqa: S608
            f" WHERE n <= {most + 1} GROUP BY 1"
        ).fetchall()
    )
    values = sum(times.get(n, 0) for n in range(1, most + 1))
    seen_again = sum((n + 1) * times.get(n + 1, 0) for n in range(1, most + 1))
    return min(max(seen_again / values, _LEAST_EXPECTED), most) if values else most


def _value(bench: duckdb.DuckDBPyConnection, query: str) -> Any:
    rows = bench.execute(query).fetchall()
    return rows[0][0]
