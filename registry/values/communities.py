"""Groups of a small graph whose members are linked more with each other than with the rest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_ROUNDS: Final = 20


def communities(nodes: Sequence[int], edges: Iterable[tuple[int, int, float]]) -> Mapping[int, int]:
    """The community of each node, numbered from 0, the largest first: label propagation, weighted, repeatable.

    In turn, each node takes the label that weighs most among its neighbours; of equals it keeps its own, else the
    smallest. Edges to nodes that are not given count for nothing.
    """
    known = set(nodes)
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b, weight in edges:
        if a in known and b in known and a != b:
            near[a].append((b, weight))
            near[b].append((a, weight))
    labels = {node: node for node in nodes}
    for _ in range(_ROUNDS):
        changed = [node for node in nodes if _adopt(node, near[node], labels)]
        if not changed:
            break
    return _numbered(nodes, labels)


def _adopt(node: int, near: list[tuple[int, float]], labels: dict[int, int]) -> bool:
    weights: dict[int, float] = defaultdict(float)
    for other, weight in near:
        weights[labels[other]] += weight
    if not weights:
        return False
    best = max(weights, key=lambda label: (weights[label], label == labels[node], -label))
    changed = best != labels[node]
    labels[node] = best
    return changed


def _numbered(nodes: Sequence[int], labels: Mapping[int, int]) -> dict[int, int]:
    sizes: dict[int, int] = defaultdict(int)
    for node in nodes:
        sizes[labels[node]] += 1
    order = {label: n for n, label in enumerate(sorted(sizes, key=lambda label: (-sizes[label], label)))}
    return {node: order[labels[node]] for node in nodes}
