"""The second country, by which matching is measured too, is what it says."""

from collections import Counter

from benchmarks.other_country import country
from benchmarks.other_errors import CHANCES


def test_one_seed_is_one_country() -> None:
    assert country(300, "a") == country(300, "a")
    assert country(300, "a")[0] != country(300, "b")[0]


def test_every_error_strikes_and_leaves_the_human() -> None:
    sources, truth = country(4000, "a")
    struck = Counter(label for labels in truth.noise.values() for label in labels)
    assert {error.__name__ for error, _ in CHANCES} <= set(struck)
    assert [source.id for source in sources] == sorted(truth.humans)
    assert len(set(truth.humans.values())) == 4000


def test_twins_are_two_humans_of_one_mother_and_day() -> None:
    sources, truth = country(4000, "a")
    clean = {truth.humans[source.id]: source for source in sources if not truth.noise[source.id]}
    pairs = [(clean[a], clean[b]) for a, b in truth.twins if a in clean and b in clean]
    assert len(pairs) > 10
    assert all(a.birth == b.birth and a.name != b.name for a, b in pairs)
    assert all(
        a.mother.replace("DE ", "").replace("DOS ", "")[:4] == b.mother[:4] for a, b in pairs if a.mother and b.mother
    )
