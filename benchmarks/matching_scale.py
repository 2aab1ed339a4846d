"""Linking a load against a large base: seconds by stage, memory, Splink on the same pairs, searches meanwhile."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from random import Random
from statistics import median, quantiles
from typing import Any, Final

import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql
from splink import DuckDBAPI, Linker

from benchmarks import scale_base
from benchmarks.name_base import Human, build
from benchmarks.result import Result
from benchmarks.search_base import Human as Asked
from benchmarks.search_queries import KINDS, Query
from registry.matching import workbench
from registry.matching.features import FREQUENCIES
from registry.matching.model import Model
from registry.matching.subjects import SENT, Subject
from registry.scope import Scope
from registry.selectors.search import search
from registry.services import bulk
from registry.services.matching import candidates
from registry.values.names import tokens

NAME = "matching_scale"
CLAIM = "Links ten thousand new records against millions within seconds, and searches go on meanwhile."

NEW: Final = 10_000
_ASKED: Final = 240
_GOAL: Final = 45.0  # seconds, against five million
_MEMORY: Final = 4096.0  # MiB
_STAGES: Final = (
    "names", "forms", "candidates", "transport", "scoring", "taking", "decisions", "judging", "persons", "reviews",
)  # fmt: skip


def run(people: int) -> Iterator[Result]:
    """Build the base, settle new records alone, compare with Splink, settle others while searches run."""
    humans = build(people)
    model = scale_base.trained(humans, first=people + 10 * NEW)
    scale_base.keep_forms(humans, model.version)
    rng = Random(3)
    queries = [
        KINDS[kind](rng, _asked(rng.choice(humans))) for kind in sorted(KINDS) for _ in range(_ASKED // len(KINDS))
    ]
    new = scale_base.arriving(humans, people + 1, NEW, seed=5)
    scale_base.deliver(new)
    alone = _finished(_start())
    about = f"{NEW} new records against {people} people, nothing else of ours running"
    yield from _stages("alone", alone, about)
    yield _against_splink(model, [one.id for one in new], alone, about)
    yield _against_splink_finding(model, people, alone, about)
    yield from _searching(humans, queries, people)


def _asked(human: Human) -> Asked:
    """Somebody as the search benchmark asks for them; this base knows no fathers and no nicknames."""
    return Asked(human.id, human.words, tokens(human.mother), (), "", human.birth, human.sex, human.uf)


def _start() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "benchmarks.scale_settling", str(connection.settings_dict["NAME"])]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _finished(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    answer, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("settling failed")
    found: dict[str, Any] = json.loads(answer)
    return found


def _stages(name: str, found: dict[str, Any], about: str) -> Iterator[Result]:
    said = f"{about}; {found['judged']} judgements, {found['moved']} records moved"
    yield _result(f"{name}.total", found["total"], "s", _GOAL, f"{said}; goal is for 5 million", "<= 1")
    for stage in _STAGES:
        yield _result(f"{name}.{stage}", found.get(stage, 0.0), "s", found["total"], f"{about}; share of the total")
    yield _result(f"{name}.locked", found["locked"], "s", found["total"], f"{about}; the longest batch")
    yield _result(f"{name}.pairs", found["pairs"] / found["records"], "per new", 1.0, about)
    for process in ("peak", "child_peak"):
        yield _result(f"{name}.{process}", found[process], "MiB", _MEMORY, f"{about}; resident", "<= 1")


def _against_splink(model: Model, new: list[int], ours: dict[str, Any], about: str) -> Result:
    pairs, forms = _same_pairs(new)
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", forms)
        bench.register("arriving", pa.table({"a": [a for a, _ in pairs], "b": [b for _, b in pairs]}))
        bench.execute(
            "CREATE TABLE candidates AS SELECT '0' AS match_key, a AS join_key_l, b AS join_key_r FROM arriving"
        )
        start = time.perf_counter()
        api = DuckDBAPI(bench)
        linker = Linker(api.register("subjects"), model.settings, log_level=None)
        linker.table_management.register_blocked_pairs_for_predict(api.register("candidates"))
        predicted = linker.inference.predict(threshold_match_weight=settings.MATCHING_REVIEW)
        linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_weight=settings.MATCHING_JOIN
        )
        plain = time.perf_counter() - start
    return _result(
        "against_splink", ours["total"], "s", plain,
        f"{about}; all of settling; baseline: Splink's predict and connected components of the same {len(pairs)} pairs,"
        " already found and in memory", "<= 1.3",
    )  # fmt: skip


def _against_splink_finding(model: Model, people: int, ours: dict[str, Any], about: str) -> Result:
    """Splink given the whole base and the new records, all of them in memory, to find pairs by itself."""
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", _forms())
        for name, side in (("base", f"id <= {people}"), ("fresh", f"id > {people}")):
            bench.execute(f"CREATE TABLE {name} AS SELECT * FROM subjects WHERE {side}")
        start = time.perf_counter()
        api = DuckDBAPI(bench)
        linker = Linker(api.register("subjects"), model.settings, log_level=None)
        for column in FREQUENCIES:
            linker.table_management.compute_tf_table(column)
        base, fresh = api.register("base"), api.register("fresh")
        least = settings.MATCHING_REVIEW
        between = linker.inference.predict_between(base, fresh, threshold_match_weight=least)
        linker.inference.predict_within(fresh, threshold_match_weight=least)
        linker.clustering.cluster_pairwise_predictions_at_threshold(
            between, threshold_match_weight=settings.MATCHING_JOIN
        )
        plain = time.perf_counter() - start
    return _result(
        "against_splink_finding", ours["total"], "s", plain,
        f"{about}; all of settling; baseline: Splink's frequencies, predict_between, predict_within and connected"
        " components with the same rules, base and new records in memory", "<= 1.3",
    )  # fmt: skip


def _forms() -> Iterator[Subject]:
    columns = ", ".join(SENT[1:])
    query = sql.SQL("SELECT record_id, {} FROM registry_matchsubject").format(sql.SQL(columns))
    with transaction.atomic():
        for rows in bulk.pieces(query):
            yield from map(_subject, rows)


def _subject(row: tuple[Any, ...]) -> Subject:
    kept = dict(zip(SENT, row, strict=True))
    return Subject(keys=_split(kept["key_name"]), mother_keys=_split(kept["key_mother"]), **kept)


def _same_pairs(new: list[int]) -> tuple[list[tuple[int, int]], list[Subject]]:
    """The candidate pairs of the new records and the comparable forms they are of, as PostgreSQL has them."""
    columns = ", ".join(f"s.{column}" for column in SENT[1:])
    with transaction.atomic(), connection.cursor() as cursor:
        bulk.temporary(cursor, "linking", "record_id bigint PRIMARY KEY")
        bulk.copy(cursor, "linking", ("record_id",), ((one,) for one in new))
        bulk.analyse(cursor, "linking")
        candidates.find(cursor)
        cursor.execute("SELECT a, b FROM linking_pair")
        pairs = cursor.fetchall()
        cursor.execute(
            f"SELECT s.record_id, {columns} FROM registry_matchsubject s"
            " WHERE s.record_id IN (SELECT a FROM linking_pair UNION SELECT b FROM linking_pair)"
        )
        return pairs, list(map(_subject, cursor.fetchall()))


def _split(key: str | None) -> list[str] | None:
    return key.split() if key else None


def _searching(humans: Sequence[Human], queries: Sequence[Query], people: int) -> Iterator[Result]:
    """Searches while nothing links, then while new records are settled, then idle again."""
    scale_base.deliver(scale_base.arriving(humans, people + 1 + 2 * NEW, NEW, seed=6))
    _times(queries)  # so that neither side pays for a cold cache
    before = _times(queries)
    process, meanwhile = _start(), []
    while process.poll() is None:
        meanwhile += _times(queries, process)
    found = _finished(process)
    idle = before + _times(queries)
    about = (
        f"{people} people, {len(meanwhile)} whole pages while {NEW} records are settled, {len(idle)} before and after"
    )
    for name, value, baseline in (
        ("p50", median(meanwhile), median(idle)), ("p95", quantiles(meanwhile, n=20)[-1], quantiles(idle, n=20)[-1]),
    ):  # fmt: skip
        yield _result(f"search.{name}", value, "ms", baseline, about, "<= 1.5")
    yield _result("searched.total", found["total"], "s", _GOAL, f"{about}; goal is for 5 million")


def _times(queries: Sequence[Query], process: "subprocess.Popen[bytes] | None" = None) -> list[float]:
    """Milliseconds of each search; until the process ends, if one is given."""
    times: list[float] = []
    for query in queries:
        if process is not None and process.poll() is not None:
            break
        start = time.perf_counter()
        search(query.criteria, Scope(lawyers=True))
        times.append(1000 * (time.perf_counter() - start))
    return times


def _result(name: str, value: float, unit: str, baseline: float, about: str, target: str = "") -> Result:
    return Result(
        name=f"matching_scale.{name}", value=value, unit=unit, baseline=baseline, ratio=value / baseline,
        conditions=about, target=target,
    )  # fmt: skip
