"""One whole run on records whose truth is known: train, block, score, resolve, measure."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registry.matching import diagnosis, linking, workbench
from registry.matching.blocking import RULES
from registry.matching.decisions import Resolved, Thresholds, resolve
from registry.matching.edges import Edge
from registry.matching.measuring import Measures, Truth, measure
from registry.matching.model import Model
from registry.matching.subjects import Source, Subject, subjects


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What came out, and the seconds each stage took: making comparable forms, training, which takes none when a model
    was given, and linking.

    `details` says where it is wrong and what other thresholds would give (see `diagnosis`), as plain values.
    """

    model: Model
    resolved: Resolved
    measures: Measures
    details: dict[str, Any]
    candidates: int
    forms: float
    training: float
    linking: float


def evaluate(sources: Iterable[Source], truth: Truth, thresholds: Thresholds, model: Model | None = None) -> Evaluation:
    """Link the records, with a model trained on them unless one is given, and compare with the truth."""
    begun = time.perf_counter()
    compared = list(subjects(sources))
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", compared)
        start = time.perf_counter()
        used = model or linking.train(bench, "subjects")
        trained = time.perf_counter()
        candidates = workbench.block(bench, "subjects", "subjects", RULES)
        edges = list(linking.score(bench, used, "subjects", thresholds.review))
        resolved = resolve(edges, thresholds)
        linked = time.perf_counter()
        true = truth.pairs()
        ceiling = workbench.count_candidates(bench, true) / max(len(true), 1)
    return Evaluation(
        model=used, resolved=resolved, measures=measure(truth, resolved, ceiling), candidates=candidates,
        details=_details(used, edges, truth, resolved, thresholds, compared),
        forms=start - begun, training=0.0 if model else trained - start, linking=linked - trained,
    )  # fmt: skip


def _details(
    model: Model, edges: list[Edge], truth: Truth, resolved: Resolved, thresholds: Thresholds, compared: list[Subject]
) -> dict[str, Any]:
    known = {subject.id: subject for subject in compared if subject.id in truth.humans}
    scored = [edge for edge in edges if edge.a in known and edge.b in known]
    bands, error = diagnosis.calibration(scored, truth)
    return {
        "calibration_error": error, "calibration": bands,
        "vetoes": diagnosis.vetoes(scored, truth, thresholds.join),
        "false_pairs": diagnosis.false_pairs(truth, resolved, known),
        "groups": diagnosis.groups(truth, resolved, known),
        "thresholds": diagnosis.thresholds(scored, truth, thresholds),
        "weights": diagnosis.weights(model),
    }  # fmt: skip


def figures(measures: Measures) -> dict[str, object]:
    """The measures as plain values, rounded for people and for JSON."""
    return {
        "records": measures.records, "true_pairs": measures.true_pairs,
        "precision": round(measures.pairs.precision, 5), "recall": round(measures.pairs.recall, 5),
        "f1": round(measures.pairs.f1, 5), "b3_precision": round(measures.b_cubed.precision, 5),
        "b3_recall": round(measures.b_cubed.recall, 5), "b3_f1": round(measures.b_cubed.f1, 5),
        "persons_exact": round(measures.persons_exact, 5), "mixed_per_10000": round(measures.mixed_per_10000, 2),
        "twin_pairs": measures.twins, "twins_joined": measures.twins_joined,
        "review": measures.review, "review_share": round(measures.review_share, 5),
        "found": round(measures.found, 5), "missed": measures.missed, "blocking_ceiling": round(measures.ceiling, 5),
        "recall_by_noise": {
            label: {"pairs": count, "recall": round(recall, 4)}
            for label, (count, recall) in measures.recall_by_noise.items()
        },
    }  # fmt: skip
