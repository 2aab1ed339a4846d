"""The drawing of the weights adds up."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.review.present.waterfall import LEFT, RIGHT, WIDTH, waterfall

weights = st.lists(st.floats(-12, 20).map(lambda w: round(w, 2)), max_size=10)


def reasons(values: list[float]) -> list[dict[str, str | float]]:
    return [{"feature": "name", "outcome": "equal", "weight": value} for value in values]


def test_words_and_figures() -> None:
    drawn = waterfall(4.0, [{"feature": "birth_date", "outcome": "swapped", "weight": 9.5}])
    assert drawn is not None
    assert [(s.label, s.outcome, s.weight, s.total, s.tone) for s in drawn.steps] == [
        ("Ponto de partida", "dois registros quaisquer", "−5,5", "−5,5", "start"),
        ("Nascimento", "dia e mês trocados", "+9,5", "4,0", "for"),
        ("Resultado", "16 para 1 a favor", "+4,0", "4,0", "end"),
    ]


@pytest.mark.parametrize(
    ("score", "words"),
    [(0, "1,0 para 1 a favor"), (-3, "8,0 para 1 contra"), (12, "4.096 para 1 a favor"), (25, "mais de 1 milhão")],
)
def test_odds(score: float, words: str) -> None:
    drawn = waterfall(score, [])
    assert drawn is not None
    assert drawn.odds.startswith(words)


def test_a_feature_of_another_model_shows_by_its_own_name_and_no_score_draws_nothing() -> None:
    drawn = waterfall(1.0, [{"feature": "iris", "outcome": "near", "weight": 1.0}])
    assert drawn is not None
    assert (drawn.steps[1].label, drawn.steps[1].outcome) == ("iris", "near")
    assert waterfall(None, []) is None


@given(st.floats(-40, 60), weights)
def test_each_bar_begins_where_the_last_ended_and_stays_within(score: float, values: list[float]) -> None:
    drawn = waterfall(score, reasons(values))
    assert drawn is not None
    for step in drawn.steps:
        assert step.x >= LEFT
        assert step.x + step.width <= WIDTH - RIGHT + 1.2
    ends = [{round(step.x, 1), round(step.x + step.width, 1)} for step in drawn.steps[:-1]]
    for before, after in pairwise(ends):
        assert any(abs(x - y) <= 1.1 for x in before for y in after)
