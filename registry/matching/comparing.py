"""The degree to which each feature of one subject agrees with others: the levels of `features`, without a model."""

from collections.abc import Iterable, Sequence
from typing import Final

from registry.matching.features import FEATURES, Feature
from registry.matching.subjects import COLUMNS, Subject
from registry.matching.workbench import put, workbench

UNKNOWN: Final = ""
_ELSE: Final = "ELSE"


def levels(asked: Subject, others: Iterable[Subject], features: Sequence[str]) -> dict[int, dict[str, str]]:
    """For each of the others, by id, the level of each feature (`{"name": "sounds"}`), UNKNOWN where one lacks it."""
    wanted = [feature for feature in FEATURES if feature.code in features]
    cases = ", ".join(_case(feature) for feature in wanted)
    with workbench(threads=1, memory="256MiB") as bench:
        put(bench, "asked", [asked])
        if not put(bench, "others", others):
            return {}
        # Conditions and names are fixed texts of this package.
        query = f"SELECT id_r, {cases} FROM ({_side('asked', 'l')}) CROSS JOIN ({_side('others', 'r')})"  # noqa: S608
        rows = bench.execute(query).fetchall()
    return {row[0]: dict(zip((feature.code for feature in wanted), row[1:], strict=True)) for row in rows}


def _case(feature: Feature) -> str:
    arms = " ".join(f"WHEN {level.sql} THEN '{level.code}'" for level in feature.levels if level.sql != _ELSE)
    rest = next((level.code for level in feature.levels if level.sql == _ELSE), UNKNOWN)
    return f"CASE WHEN {feature.unknown} THEN '{UNKNOWN}' {arms} ELSE '{rest}' END"


def _side(table: str, suffix: str) -> str:
    return f"SELECT {', '.join(f'{column} AS {column}_{suffix}' for column in COLUMNS)} FROM {table}"  # noqa: S608
