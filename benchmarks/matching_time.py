"""How long a full link of a nation's records takes, with training and with a model that is there."""

from collections.abc import Iterator

from benchmarks.matching import THRESHOLDS, country
from benchmarks.result import Result
from registry.matching.evaluation import Evaluation, evaluate

NAME = "matching_time"
CLAIM = "Links 260,000 records (of 200,000 people) in a minute and a half with training, in half a minute without."

_WITH_TRAINING, _WITHOUT = 90.0, 30.0  # seconds, of 260,000 records


def run(people: int) -> Iterator[Result]:
    """One country, linked by a model trained on it, then by the same model."""
    sources, truth = country(people, "train")
    trained = evaluate(sources, truth, THRESHOLDS)
    yield _result("with_training", trained, _WITH_TRAINING)
    yield _result("without_training", evaluate(sources, truth, THRESHOLDS, trained.model), _WITHOUT)


def _result(name: str, found: Evaluation, goal: float) -> Result:
    seconds = found.forms + found.training + found.linking
    return Result(
        name=f"matching_time.{name}", value=seconds, unit="s", baseline=goal, ratio=seconds / goal,
        conditions=f"{found.measures.records} records: comparable forms {found.forms:.1f} s, training"
        f" {found.training:.1f}, pairs, scores, persons {found.linking:.1f}; goal is for 260,000 records",
        target="<= 1",
    )  # fmt: skip
