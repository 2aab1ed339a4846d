"""Truth files: `humans.csv` and `records.csv`, which say what human being each record of each origin is of.

`records.csv` has human_id, origin, view, id_origem, noise (classes separated by semicolons); `humans.csv` has human_id,
mother_name, birth_date, by which twins are told.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Final

from registry.matching.measuring import Truth

Key = tuple[str, str, str]  # origin, kind, id in the origin

_KINDS: Final = {"vw_preso": "P", "vw_visitante": "V", "vw_advogado": "L"}


def read(folder: Path, ids: Mapping[Key, int]) -> Truth:
    """The truth of the records whose ids are given. Raises FileNotFoundError, and KeyError for a missing column."""
    humans: dict[int, str] = {}
    noise: dict[int, frozenset[str]] = {}
    for row in _rows(folder / "records.csv"):
        record = ids.get((row["origin"], _KINDS[row["view"]], row["id_origem"]))
        if record is not None:
            humans[record] = row["human_id"]
            noise[record] = frozenset(filter(None, row["noise"].split(";")))
    return Truth(humans, noise, twins(_rows(folder / "humans.csv"), set(humans.values())))


def twins(rows: Iterator[dict[str, str]], known: set[str]) -> list[tuple[str, str]]:
    """Pairs of the known humans who were born on one day to a mother of one name."""
    born = defaultdict(list)
    for row in rows:
        if row["human_id"] in known and row["mother_name"]:
            born[row["mother_name"], row["birth_date"]].append(row["human_id"])
    return [pair for siblings in born.values() for pair in combinations(siblings, 2)]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
