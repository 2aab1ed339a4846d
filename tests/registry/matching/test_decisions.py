"""From scored pairs to persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.matching.decisions import Standing, Thresholds, resolve
from registry.matching.edges import Edge
from registry.matching.vetoes import SURELY_TWO

AT = Thresholds(join=10, keep=5, review=0)
SCORES = st.floats(-20, 40)
PAIRS = st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] < pair[1])


def edge(a: int, b: int, score: float, *vetoes: str) -> Edge:
    return Edge(a, b, score, vetoes, [])


def test_score_decides_between_joining_showing_and_leaving_alone() -> None:
    found = resolve([edge(1, 2, 10), edge(3, 4, 9.9), edge(5, 6, -0.1)], AT)
    assert found.leads == {1: 1, 2: 1}
    assert [one.a for one in found.review] == [3]


def test_joined_pair_stays_until_it_falls_below_keep() -> None:
    standing = Standing(joined={(1, 2), (3, 4)})
    found = resolve([edge(1, 2, 5), edge(3, 4, 4.9)], AT, standing)
    assert found.leads == {1: 1, 2: 1}


def test_vetoed_pair_is_shown_whatever_its_score_and_kept_apart_through_others() -> None:
    found = resolve([edge(1, 2, 30, "twins"), edge(1, 3, 20), edge(2, 3, 15)], AT)
    assert found.leads == {1: 1, 3: 1}
    assert [(one.a, one.b) for one in found.review] == [(1, 2), (2, 3)]


def test_surely_two_are_kept_apart_and_nobody_is_asked() -> None:
    found = resolve([edge(1, 2, 30, "given_name", SURELY_TWO), edge(1, 3, 20), edge(2, 3, 15)], AT)
    assert found.leads == {1: 1, 3: 1}
    assert [(one.a, one.b) for one in found.review] == [(2, 3)]


def test_human_who_says_the_same_outranks_a_veto_and_a_low_score() -> None:
    standing = Standing(same={(1, 2), (3, 4)})
    found = resolve([edge(1, 2, 30, "twins"), edge(3, 4, -9)], AT, standing)
    assert found.leads == {1: 1, 2: 1, 3: 3, 4: 3}


def test_human_who_says_different_outranks_the_strongest_score() -> None:
    found = resolve([edge(1, 2, 40)], AT, Standing(different={(1, 2)}))
    assert found.leads == {}
    assert found.review == []


def test_humans_who_contradict_each_other_are_told() -> None:
    standing = Standing(same={(1, 2), (2, 3)}, different={(1, 3)})
    found = resolve([], AT, standing)
    assert found.contradicted == [(2, 3)]


def test_pair_shown_is_not_one_that_others_already_joined() -> None:
    found = resolve([edge(1, 2, 20), edge(2, 3, 20), edge(1, 3, 4)], AT)
    assert found.review == []


def test_thresholds_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="keep"):
        Thresholds(join=5, keep=10, review=0)


@given(st.dictionaries(PAIRS, SCORES, max_size=20), st.sets(PAIRS, max_size=5), st.sets(PAIRS, max_size=5))
def test_nobody_shares_a_person_against_a_human(
    scores: dict[tuple[int, int], float], same: set[tuple[int, int]], different: set[tuple[int, int]]
) -> None:
    edges = [edge(a, b, score) for (a, b), score in scores.items()]
    found = resolve(edges, AT, Standing(same=same - different, different=different))
    assert all(found.leads.get(a, a) != found.leads.get(b, b) for a, b in different)
    shown = {(one.a, one.b) for one in found.review}
    assert shown.isdisjoint(same | different)
