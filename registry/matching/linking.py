"""Training a model, by Splink on DuckDB, and scoring sets of subjects with it."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from statistics import fmean
from typing import Any, Final

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

from registry.matching import workbench
from registry.matching.blocking import RULES, Rule
from registry.matching.edges import Edge
from registry.matching.features import FEATURES, Feature, Level
from registry.matching.model import Model
from registry.matching.predicting import Predictor, linker
from registry.matching.subjects import Subject

# Levels that a base does not show are expected, and `_completed` answers for them.
logging.getLogger("splink").setLevel(logging.ERROR)

_SEED: Final = 7
_PAIRS_FOR_U: Final = 2e6
# Agreement on these is nearly always one person; how many true pairs they find was measured (docs/matching.md).
_SURE: Final = (("key_name", "birth"), ("key_name", "key_mother"), ("cpf", "key_given"))
_SURE_RECALL: Final = 0.85
# Each leaves out what it blocks on, so that together they train every feature.
_PASSES: Final[tuple[Rule, ...]] = (
    ("birth", "key_given"), ("key_name", "key_mother_given"), ("birth", "key_mother_given"),
)  # fmt: skip
_INSTEAD: Final[Rule] = ("key_name",)
_ROUNDS: Final = 5
_ITERATIONS: Final = 3  # of each round
_SETTLED: Final = 1e-3
_LEAST_M: Final = 1e-4
_UNSEEN_M: Final = 5e-3
_LEAST_U: Final = 1e-8
_UNSEEN_U: Final = 1e-6

_Chances = dict[tuple[int, int], float]  # (comparison, level) → m, the chance of the level among matches


def train(bench: duckdb.DuckDBPyConnection, table: str, sure_recall: float = _SURE_RECALL) -> Model:
    """Learn from a table of subjects, without examples: the same subjects give the same model.

    `sure_recall` is the share of the true pairs that agree on one of the rules of `_SURE`.
    """
    frequencies = workbench.count_values(bench, table)
    workbench.weigh(bench, table, "weighed", frequencies)
    taught = linker(DuckDBAPI(bench), _creator())
    taught.training.estimate_probability_two_random_records_match(
        [block_on(*rule) for rule in _SURE], recall=sure_recall
    )
    taught.training.estimate_u_using_random_sampling(max_pairs=_PAIRS_FOR_U, seed=_SEED)
    settings = taught.misc.save_model_to_json()
    return Model(_completed(settings, [_pass(bench, settings, rule) for rule in _PASSES]), frequencies)


def _pass(bench: duckdb.DuckDBPyConnection, settings: dict[str, Any], rule: Rule) -> _Chances:
    """What one pass of expectation-maximisation finds.

    In rounds: a level that no match shows gets a smaller chance with every iteration, down to where floating point
    ends, unless it is lifted in between.
    """
    found: _Chances = {}
    for _ in range(_ROUNDS):
        try:
            before, found = found, _round(bench, _with(settings, found), rule)
        except EMTrainingException:
            # No two records agree so, as in a base without mothers.
            return {} if rule == _INSTEAD else _pass(bench, settings, _INSTEAD)
        if before and max(abs(found[level] - before[level]) for level in found) < _SETTLED:
            break
    return found


def _round(bench: duckdb.DuckDBPyConnection, settings: dict[str, Any], rule: Rule) -> _Chances:
    """The chances after some iterations; after one alone where more would end below what floating point can tell."""
    for iterations in (_ITERATIONS, 1):
        taught = linker(DuckDBAPI(bench), settings | {"max_iterations": iterations})
        try:
            taught.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
        except ValueError:
            # Splink refuses chances below 1e-300: few pairs that differ in much bring a small base there.
            if iterations == 1:
                raise
        else:
            break
    return _chances(taught.misc.save_model_to_json())


def _with(settings: dict[str, Any], chances: _Chances) -> dict[str, Any]:
    started = deepcopy(settings)
    for (i, j), chance in chances.items():
        started["comparisons"][i]["comparison_levels"][j]["m_probability"] = chance
    return started


def _chances(settings: dict[str, Any]) -> _Chances:
    return {
        (i, j): max(level["m_probability"], _LEAST_M)
        for i, comparison in enumerate(settings["comparisons"])
        for j, level in enumerate(comparison["comparison_levels"])
        if "m_probability" in level
    }


def score(bench: duckdb.DuckDBPyConnection, model: Model, table: str, least: float) -> Iterator[Edge]:
    """The pairs of `candidates` whose score is at least `least`, in order of their ids."""
    workbench.weigh(bench, table, "weighed", model.frequencies)
    yield from Predictor(model, least).edges(bench)


def link(model: Model, subjects: Iterable[Subject], least: float, rules: Sequence[Rule] = RULES) -> list[Edge]:
    """Block and score a whole set of subjects in a database of its own."""
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects)
        workbench.block(bench, "subjects", "subjects", rules)
        return list(score(bench, model, "subjects", least))


def _creator() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="id", comparisons=[_comparison(one) for one in FEATURES],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
        retain_intermediate_calculation_columns=True, retain_matching_columns=True,
        max_iterations=_ITERATIONS,
    )  # fmt: skip


def _completed(settings: dict[str, Any], passes: Sequence[_Chances]) -> dict[str, Any]:
    """The settings with the mean chances that the passes found, and one for levels seen seldom or never.

    Without the latter a level that no pair showed has no weight, and one that no *matching* pair showed is an
    absolute refusal, which a base of any size has not seen enough pairs to pronounce.
    """
    for i, comparison in enumerate(settings["comparisons"]):
        for j, level in enumerate(comparison["comparison_levels"]):
            if not level.get("is_null_level"):
                found = [one[i, j] for one in passes if (i, j) in one]
                level["m_probability"] = _rounded(max(fmean(found) if found else _UNSEEN_M, _LEAST_M))
                level["u_probability"] = _rounded(max(level.get("u_probability") or _UNSEEN_U, _LEAST_U))
    prior = _rounded(settings["probability_two_random_records_match"])
    return settings | {"linker_uid": "senappen", "probability_two_random_records_match": prior}


def _rounded(chance: float) -> float:
    """Nine digits: the order in which threads add up moves the last ones, and with them the model's version."""
    return float(f"{chance:.9g}")


def _comparison(feature: Feature) -> Any:
    unknown = cll.CustomLevel(feature.unknown, "unknown").configure(is_null_level=True)
    return cl.CustomComparison(
        output_column_name=feature.code, comparison_levels=[unknown, *map(_level, feature.levels)]
    )


def _level(level: Level) -> Any:
    if level.sql == "ELSE":
        return cll.ElseLevel()
    made = cll.CustomLevel(level.sql, level.code)
    if level.tf:
        return made.configure(tf_adjustment_column=level.tf)
    if level.u:
        return made.configure(u_probability=level.u, fix_u_probability=True)
    return made
