"""Where a resolution is wrong, and the page that says so."""

from datetime import date

import pytest

from registry.matching import charts, diagnosis
from registry.matching.decisions import Resolved, Thresholds
from registry.matching.edges import Edge
from registry.matching.features import FEATURES
from registry.matching.measuring import Truth
from registry.matching.model import Model
from registry.matching.subjects import Source, Subject, subject

TRUTH = Truth({1: "A", 2: "A", 3: "B", 4: "C", 5: "C"}, twins=[("A", "B")])
HE = Source(1, "JOSE TESTE SILVA", "MARIA TESTE", birth=date(1990, 5, 17), sex="M", birthplace="2704302")


def edge(a: int, b: int, score: float, *vetoes: str) -> Edge:
    return Edge(a, b, score, vetoes, [])


def known(**changes: Source) -> dict[int, Subject]:
    people = {number: HE._replace(id=number) for number in range(1, 6)}
    return {number: subject(source) for number, source in people.items()}


def test_bands_compare_what_weights_predict_with_what_there_is() -> None:
    edges = [edge(1, 2, 0.0), edge(1, 3, 1.9), edge(4, 5, 12.5), edge(2, 3, 40.0, "twins")]
    bands, error = diagnosis.calibration(edges, TRUTH)
    assert [(band["from"], band["pairs"], band["observed"]) for band in bands] == [(0, 2, 0.5), (12, 1, 1.0)]
    assert bands[0]["predicted"] == pytest.approx((0.5 + 0.78867) / 2, abs=1e-4)
    assert error == pytest.approx((2 * (bands[0]["predicted"] - 0.5) + 1 - bands[1]["predicted"]) / 3, abs=1e-4)


def test_price_of_a_veto_is_what_would_have_joined_rightly() -> None:
    edges = [edge(1, 2, 9.0, "sex"), edge(1, 3, 9.0, "sex", "twins"), edge(4, 5, 7.9, "sex")]
    assert diagnosis.vetoes(edges, TRUTH, 8.0) == [
        {"veto": "sex", "pairs": 2, "true": 1},
        {"veto": "twins", "pairs": 1, "true": 0},
    ]


def test_false_pairs_by_what_two_people_are_to_each_other() -> None:
    people = {number: HE._replace(id=number) for number in range(1, 7)}
    people[4] = HE._replace(id=4, mother="ANA XAVIER", birth=date(1960, 1, 2))
    people[5] = HE._replace(id=5, mother="RITA LIMA", birth=date(1991, 1, 2))
    people[6] = HE._replace(id=6, name="RUI COSTA", mother="")
    truth = Truth({1: "A", 2: "B", 3: "C", 4: "D", 5: "E", 6: "F"}, twins=[("A", "B")])
    made = {number: subject(source) for number, source in people.items()}
    for other, kind in ((2, "twins"), (3, "siblings"), (4, "generations"), (5, "homonyms"), (6, "others")):
        assert diagnosis.false_pairs(truth, Resolved({1: 1, other: 1}), made) == {kind: 1}


def test_groups_have_their_own_precision_and_recall() -> None:
    made = known()
    made[4] = subject(HE._replace(id=4, sex="F", cpf="12345678909", birthplace=""))
    rows = {row["group"]: row for row in diagnosis.groups(TRUTH, Resolved({1: 1, 2: 1, 3: 1}), made)}
    assert (rows["sexo M"]["true_pairs"], rows["sexo M"]["recall"]) == (2, 0.5)
    assert (rows["sexo F"]["recall"], rows["sexo F"]["precision"]) == (0.0, None)
    assert rows["nascido em AL"]["precision"] == pytest.approx(1 / 3, abs=1e-4)
    assert {"com CPF", "sem CPF", "naturalidade desconhecida"} <= set(rows)


def test_other_thresholds_show_what_they_would_join() -> None:
    edges = [edge(1, 2, 9.0), edge(4, 5, 5.0), edge(2, 3, 4.5)]
    rows = {row["join"]: row for row in diagnosis.thresholds(edges, TRUTH, Thresholds(join=8, keep=5, review=0))}
    assert (rows[4.0]["recall"], rows[4.0]["twins_joined"]) == (1.0, 1)
    assert (rows[8.0]["recall"], rows[8.0]["precision"], rows[8.0]["found"]) == (0.5, 1.0, 1.0)
    assert rows[10.0]["recall"] == 0.0


def test_weights_are_of_every_level(model: Model) -> None:
    rows = diagnosis.weights(model)
    assert len(rows) == sum(len(feature.levels) for feature in FEATURES)
    equal = next(row for row in rows if row["feature"] == "CPF")
    assert equal["level"] == "igual"
    assert equal["weight"] > 15


def test_page_stands_alone_and_escapes(model: Model) -> None:
    bands, error = diagnosis.calibration([edge(1, 2, 9.0)], TRUTH)
    figures = {
        "precision": 0.99987, "calibration_error": error, "calibration": bands, "weights": diagnosis.weights(model),
        "recall_by_noise": {"<i>": {"pairs": 1, "recall": 1.0}}, "false_pairs": {"twins": 2},
    }  # fmt: skip
    page = charts.page("abc123", figures)
    assert "0,99987" in page
    assert "&lt;i&gt;" in page
    assert page.count("<circle") == 1
    assert not any(address in page for address in ("http:", "https:", "//", "<script", "url("))


def test_page_of_nothing_measured_is_a_page() -> None:
    assert charts.page("abc123", {}).startswith("<!doctype html>")
