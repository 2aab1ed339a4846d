"""Where a resolution is wrong, and whether its weights mean what they say; all of it plain values."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import floor, log2
from typing import Any, Final

from registry.matching.decisions import Resolved, Thresholds, resolve
from registry.matching.edges import Edge
from registry.matching.features import FEATURES
from registry.matching.measuring import Truth, measure
from registry.matching.model import Model
from registry.matching.subjects import Subject
from registry.values.states import OF_IBGE

_BAND: Final = 2
_JOINS: Final = (4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0)
_GENERATION: Final = 14

Rows = list[dict[str, Any]]


def calibration(edges: Iterable[Edge], truth: Truth) -> tuple[Rows, float]:
    """Bands of two of weight, with the share of true pairs that the weights predict and the one there is; and the mean
    distance of the two over all pairs (expected calibration error). Pairs with a veto are judged by humans: left out.
    """
    found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for edge in edges:
        if not edge.vetoes:
            odds = 2.0 ** min(edge.score, 60.0)
            found[_BAND * floor(min(edge.score, 30.0) / _BAND)].append((odds / (1 + odds), _is_true(edge, truth)))
    rows: Rows = [
        {
            "from": band, "pairs": len(pairs), "predicted": round(sum(p for p, _ in pairs) / len(pairs), 5),
            "observed": round(sum(true for _, true in pairs) / len(pairs), 5),
        }
        for band, pairs in sorted(found.items())
    ]  # fmt: skip
    total = sum(row["pairs"] for row in rows) or 1
    return rows, round(sum(row["pairs"] * abs(row["predicted"] - row["observed"]) for row in rows) / total, 5)


def vetoes(edges: Iterable[Edge], truth: Truth, join: float) -> Rows:
    """Of each veto the pairs that would have joined but for it, and how many of them are one person: its price."""
    stopped, true = Counter[str](), Counter[str]()
    for edge in edges:
        if edge.score >= join:
            stopped.update(edge.vetoes)
            true.update(edge.vetoes if _is_true(edge, truth) else ())
    return [{"veto": code, "pairs": count, "true": true[code]} for code, count in sorted(stopped.items())]


def groups(truth: Truth, resolved: Resolved, subjects: Mapping[int, Subject]) -> Rows:
    """Precision and recall of the pairs that touch a group: sex, with and without CPF, state of birth."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    true = truth.pairs()
    joined = _joined(truth, resolved)
    for kind, pairs in (("true", true), ("joined", joined), ("right", true & joined)):
        for a, b in pairs:
            for label in _labels(subjects[a]) | _labels(subjects[b]):
                counted[label][kind] += 1
    return [
        {
            "group": label, "true_pairs": n["true"], "recall": round(n["right"] / n["true"], 4) if n["true"] else None,
            "precision": round(n["right"] / n["joined"], 5) if n["joined"] else None,
        }
        for label, n in sorted(counted.items())
    ]  # fmt: skip


def false_pairs(truth: Truth, resolved: Resolved, subjects: Mapping[int, Subject]) -> dict[str, int]:
    """How many pairs of two people share a person, by what the two are to each other."""
    twins = {frozenset(pair) for pair in truth.twins}
    false = _joined(truth, resolved) - truth.pairs()
    kinds = Counter(
        "twins" if frozenset((truth.humans[a], truth.humans[b])) in twins else _relation(subjects[a], subjects[b])
        for a, b in false
    )
    return dict(sorted(kinds.items()))


def thresholds(edges: Sequence[Edge], truth: Truth, used: Thresholds) -> Rows:
    """What other thresholds of joining would give, the rest being the same."""
    rows: Rows = []
    for join in _JOINS:
        other = replace(used, join=join, keep=min(used.keep, join))
        found = measure(truth, resolve(edges, other), 1.0)
        rows.append({
            "join": join, "precision": round(found.pairs.precision, 5), "recall": round(found.pairs.recall, 5),
            "found": round(found.found, 5), "review_share": round(found.review_share, 5),
            "mixed_per_10000": round(found.mixed_per_10000, 2), "twins_joined": found.twins_joined,
        })  # fmt: skip
    return rows


def weights(model: Model) -> Rows:
    """The chances of each level among matches (m) and among strangers (u), and the match weight of the two."""
    rows: Rows = []
    for feature, comparison in zip(FEATURES, model.settings["comparisons"], strict=True):
        known = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for level, kept in zip(feature.levels, known, strict=True):
            m, u = kept["m_probability"], kept["u_probability"]
            rows.append({
                "feature": feature.label, "level": level.text, "m": m, "u": u, "weight": round(log2(m / u), 2),
            })  # fmt: skip
    return rows


def _is_true(edge: Edge, truth: Truth) -> bool:
    return truth.humans.get(edge.a) == truth.humans.get(edge.b)


def _joined(truth: Truth, resolved: Resolved) -> set[tuple[int, int]]:
    clusters = defaultdict(list)
    for record in sorted(truth.humans):
        if record in resolved.leads:
            clusters[resolved.leads[record]].append(record)
    return {pair for records in clusters.values() for pair in combinations(records, 2)}


def _labels(subject: Subject) -> set[str]:
    born = OF_IBGE.get((subject.birthplace or "")[:2])
    return {
        f"sexo {subject.sex or 'não informado'}", "com CPF" if subject.cpf else "sem CPF",
        f"nascido em {born}" if born else "naturalidade desconhecida",
    }  # fmt: skip


def _relation(one: Subject, other: Subject) -> str:
    if one.key_mother and one.key_mother == other.key_mother:
        return "siblings"
    if one.key_name == other.key_name:
        apart = abs((one.year or 0) - (other.year or 0)) if one.year and other.year else 0
        return "generations" if apart >= _GENERATION else "homonyms"
    return "others"
