"""Figures of a resolution against the truth, by hand."""

from pathlib import Path

import pytest

from registry.matching import truth
from registry.matching.decisions import Resolved
from registry.matching.edges import Edge
from registry.matching.measuring import Truth, measure

# Ana has records 1, 2 and 3; Bia 4; her twin Bel 5.
KNOWN = Truth({1: "ana", 2: "ana", 3: "ana", 4: "bia", 5: "bel"}, {3: ("homophone",)}, [("bel", "bia")])


def test_everything_right() -> None:
    found = measure(KNOWN, Resolved({1: 1, 2: 1, 3: 1}), 1.0)
    assert (found.pairs.f1, found.b_cubed.f1, found.persons_exact, found.mixed_per_10000) == (1, 1, 1, 0)


def test_one_record_missed_and_shown() -> None:
    shown = [Edge(1, 3, 4.0, (), []), Edge(4, 5, 4.0, (), [])]
    found = measure(KNOWN, Resolved({1: 1, 2: 1}, review=shown), 1.0)
    assert (found.pairs.precision, found.pairs.recall) == (1, pytest.approx(1 / 3))
    assert (found.found, found.missed, found.review, found.review_share) == (pytest.approx(2 / 3), 1, 2, 0.4)
    assert found.persons_exact == pytest.approx(2 / 3)
    assert found.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_twins_joined() -> None:
    found = measure(KNOWN, Resolved({1: 1, 2: 1, 3: 1, 4: 4, 5: 4}), 1.0)
    assert (found.twins, found.twins_joined) == (1, 1)
    assert found.mixed_per_10000 == 5000
    assert found.pairs.precision == pytest.approx(3 / 4)
    assert found.b_cubed.precision == pytest.approx(4 / 5)


def test_recall_is_told_by_class_of_noise() -> None:
    found = measure(KNOWN, Resolved({1: 1, 2: 1}), 1.0)
    assert found.recall_by_noise == {"homophone": (2, 0.0), "none": (1, 1.0)}


def test_truth_files_are_read_for_the_records_that_the_base_has(tmp_path: Path) -> None:
    (tmp_path / "humans.csv").write_text(
        "human_id,mother_name,birth_date\nH1,Maria Teste,1990-01-02\nH2,Maria Teste,1990-01-02\nH3,,1990-01-02\n"
    )
    (tmp_path / "records.csv").write_text(
        "human_id,origin,view,id_origem,noise\nH1,AL,vw_preso,7,homophone;cpf_missing\nH2,AL,vw_visitante,7,\n"
        "H3,PE,vw_preso,7,\n"
    )
    found = truth.read(tmp_path, {("AL", "P", "7"): 70, ("AL", "V", "7"): 71})
    assert found.humans == {70: "H1", 71: "H2"}
    assert found.noise == {70: {"homophone", "cpf_missing"}, 71: set()}
    assert found.twins == [("H1", "H2")]
