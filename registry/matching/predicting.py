"""Scoring pairs with a trained model, by Splink on DuckDB."""

from collections.abc import Iterator
from typing import Any, Final

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator

from registry.matching import workbench
from registry.matching.blocking import RULES
from registry.matching.edges import Edge
from registry.matching.features import FEATURES, FREQUENCIES, Feature
from registry.matching.model import Frequencies, Model
from registry.matching.rules import Reasons
from registry.matching.vetoes import VETOES, codes

_FETCH: Final = 50_000


class Predictor:
    """Scores the pairs of a table `candidates`, whose subjects are in `weighed`, in any database that has both.

    Splink takes half a second to make its statements, as long as they take for some thousand pairs: it makes them
    once, here, of empty tables.
    """

    def __init__(self, model: Model, least: float) -> None:
        unseen = {column: Frequencies({}, 0.0) for column in model.frequencies}
        with workbench.workbench(threads=1, memory="256MiB") as empty:
            workbench.put(empty, "subjects", ())
            workbench.weigh(empty, "subjects", "weighed", unseen)
            workbench.block(empty, "subjects", "subjects", RULES[:1])
            api = _Recording(empty)
            scored = linker(api, model.settings)
            scored.table_management.register_blocked_pairs_for_predict(api.register("candidates"))
            answer = scored.inference.predict(threshold_match_weight=least, warning_mode="never")
        self._statements, self._predicted = api.statements, answer.physical_name

    def edges(self, bench: duckdb.DuckDBPyConnection) -> Iterator[Edge]:
        """The pairs whose score is at least `least`, in order of their ids."""
        for statement in self._statements:
            bench.execute(statement)
        reader = bench.cursor()
        reader.execute(_edges(self._predicted))
        while rows := reader.fetchmany(_FETCH):
            yield from map(_edge, rows)
        bench.execute(f"DROP TABLE {self._predicted}")


class _Recording(DuckDBAPI):
    """Splink's door to DuckDB, which keeps the statements that make tables and take them away."""

    def __init__(self, bench: duckdb.DuckDBPyConnection) -> None:
        super().__init__(bench)
        self.statements: list[str] = []

    def _execute_sql_against_backend(self, final_sql: str) -> duckdb.DuckDBPyRelation:
        if final_sql.lstrip().startswith(("CREATE TABLE", "DROP TABLE")):
            self.statements.append(final_sql)
        return super()._execute_sql_against_backend(final_sql)


def linker(api: DuckDBAPI, settings: SettingsCreator | dict[str, Any]) -> Linker:
    """A linker on the weighed subjects, whose settings are our own and need no check."""
    linker = Linker(api.register("weighed"), settings, log_level=None, validate_settings=False)
    for column in FREQUENCIES:
        # The subjects have their frequencies already; without a look-up Splink would count every column again.
        linker.table_management.register_term_frequency_lookup(api.register(f"share_{column}"), column)
    return linker


def _edges(predicted: str) -> str:
    weights = ", ".join(f"p.gamma_{feature.code}, {_weight(feature)}" for feature in FEATURES)
    vetoes = ", ".join(veto.sql for veto in VETOES)
    return (
        f"SELECT p.id_l, p.id_r, p.match_weight, {vetoes}, {weights} FROM {predicted} p"  # noqa: S608 ours
        " JOIN weighed l ON l.id = p.id_l JOIN weighed r ON r.id = p.id_r ORDER BY 1, 2"
    )


def _weight(feature: Feature) -> str:
    adjusted = any(level.tf for level in feature.levels)
    return f"p.mw_{feature.code}" + (f" + p.mw_tf_adj_{feature.code}" if adjusted else "")


def _edge(row: tuple[Any, ...]) -> Edge:
    a, b, score, *rest = row
    held, found = rest[: len(VETOES)], rest[len(VETOES) :]
    reasons: Reasons = [
        {"feature": feature.code, "outcome": _outcome(feature, gamma), "weight": round(weight, 2)}
        for feature, gamma, weight in zip(FEATURES, found[::2], found[1::2], strict=True)
        if gamma >= 0
    ]
    return Edge(a, b, score, codes(held), reasons)


def _outcome(feature: Feature, gamma: int) -> str:
    """Splink numbers levels from the last, `else`, which is 0."""
    return feature.levels[len(feature.levels) - 1 - gamma].code
