"""How right a resolution is, against records whose human beings are known."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from registry.matching.clusters import Pair
from registry.matching.decisions import Resolved


@dataclass(frozen=True)
class Truth:
    """Record → human, record → classes of noise that struck it, and pairs of humans who are twins."""

    humans: Mapping[int, str]
    noise: Mapping[int, Collection[str]] = field(default_factory=dict)
    twins: Collection[tuple[str, str]] = ()

    def pairs(self) -> set[Pair]:
        """Every pair of records of one human, ordered."""
        records = defaultdict(list)
        for record, human in sorted(self.humans.items()):
            records[human].append(record)
        return {pair for group in records.values() for pair in combinations(group, 2)}


@dataclass(frozen=True)
class Score:
    """Precision and recall, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What `measure` finds. Shares are from 0 to 1; `recall_by_noise` is of the pairs that a class struck."""

    records: int
    true_pairs: int
    pairs: Score  # joined without a human
    b_cubed: Score
    persons_exact: float
    mixed_per_10000: float  # clusters with records of several humans, of 10,000 persons
    twins: int
    twins_joined: int
    review: int  # pairs shown to a human
    found: float  # true pairs joined or shown
    missed: int
    ceiling: float  # true pairs that blocking lets through
    recall_by_noise: Mapping[str, tuple[int, float]]

    @property
    def review_share(self) -> float:
        """Pairs to review, for each record."""
        return self.review / self.records


def measure(truth: Truth, resolved: Resolved, ceiling: float) -> Measures:
    """Compare a resolution with the truth. `ceiling` is the share of true pairs among the candidates."""
    leads = {record: resolved.leads.get(record, record) for record in truth.humans}
    true = truth.pairs()
    joined = {pair for pair in true if leads[pair[0]] == leads[pair[1]]}
    shown = {(edge.a, edge.b) for edge in resolved.review}
    clusters = Counter(leads.values())
    together = sum(size * (size - 1) // 2 for size in clusters.values())
    mixtures = _mixtures(truth, leads)
    found = joined | (true & shown)
    return Measures(
        records=len(leads), true_pairs=len(true),
        pairs=Score(_share(len(joined), together), _share(len(joined), len(true))),
        b_cubed=_b_cubed(truth, leads), persons_exact=_exact(truth, leads),
        mixed_per_10000=10_000 * _share(len(mixtures), len(clusters)),
        twins=len(truth.twins), twins_joined=_twins_joined(truth, mixtures),
        review=len(shown), found=_share(len(found), len(true)), missed=len(true) - len(found), ceiling=ceiling,
        recall_by_noise=_by_noise(truth, true, joined),
    )  # fmt: skip


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _b_cubed(truth: Truth, leads: Mapping[int, int]) -> Score:
    """Bagga and Baldwin (1998): precision and recall of each record's own cluster, averaged over records."""
    shared = Counter((lead, truth.humans[record]) for record, lead in leads.items())
    clusters, humans = Counter(leads.values()), Counter(truth.humans.values())
    precision = sum(n * n / clusters[lead] for (lead, _), n in shared.items())
    recall = sum(n * n / humans[human] for (_, human), n in shared.items())
    return Score(precision / len(leads), recall / len(leads))


def _exact(truth: Truth, leads: Mapping[int, int]) -> float:
    shared = Counter((lead, truth.humans[record]) for record, lead in leads.items())
    clusters, humans = Counter(leads.values()), Counter(truth.humans.values())
    exact = sum(n == clusters[lead] == humans[human] for (lead, human), n in shared.items())
    return _share(exact, len(humans))


def _mixtures(truth: Truth, leads: Mapping[int, int]) -> list[set[str]]:
    humans = defaultdict(set)
    for record, lead in leads.items():
        humans[lead].add(truth.humans[record])
    return [mixed for mixed in humans.values() if len(mixed) > 1]


def _twins_joined(truth: Truth, mixtures: list[set[str]]) -> int:
    return sum(any({a, b} <= mixed for mixed in mixtures) for a, b in truth.twins)


def _by_noise(truth: Truth, true: set[Pair], joined: set[Pair]) -> dict[str, tuple[int, float]]:
    struck: Counter[str] = Counter()
    recalled: Counter[str] = Counter()
    for pair in true:
        classes = {label for record in pair for label in truth.noise.get(record, ())} or {"none"}
        struck.update(classes)
        if pair in joined:
            recalled.update(classes)
    return {label: (count, recalled[label] / count) for label, count in sorted(struck.items())}
