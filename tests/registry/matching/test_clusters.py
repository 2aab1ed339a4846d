"""Clusters of records under constraints."""

from hypothesis import given
from hypothesis import strategies as st

from registry.matching.clusters import Components, cluster

PAIRS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] != pair[1]), max_size=30)


def test_chain_is_one_cluster_led_by_its_lowest_record() -> None:
    assert cluster([(5, 3), (3, 9), (20, 21)], []) == {3: 3, 5: 3, 9: 3, 20: 20, 21: 20}


def test_no_edge_makes_no_cluster() -> None:
    assert cluster([], [(1, 2)]) == {}


def test_pair_kept_apart_is_not_joined_by_its_own_edge() -> None:
    assert cluster([(1, 2)], [(1, 2)]) == {}


def test_pair_kept_apart_is_not_joined_through_others() -> None:
    assert cluster([(1, 3), (3, 2)], [(1, 2)]) == {1: 1, 3: 1}


def test_stronger_edge_wins_over_the_weaker_one() -> None:
    assert cluster([(3, 2), (1, 3)], [(1, 2)]) == {2: 2, 3: 2}


@given(PAIRS, PAIRS)
def test_no_cluster_holds_a_pair_kept_apart(edges: list[tuple[int, int]], apart: list[tuple[int, int]]) -> None:
    leads = cluster(edges, apart)
    assert all(a not in leads or b not in leads or leads[a] != leads[b] for a, b in apart)


@given(PAIRS)
def test_without_constraints_clusters_are_the_connected_components(edges: list[tuple[int, int]]) -> None:
    leads = cluster(edges, [])
    assert all(leads[a] == leads[b] for a, b in edges)
    assert all(leads[lead] == lead == min(r for r in leads if leads[r] == lead) for lead in set(leads.values()))


@given(PAIRS)
def test_components_are_the_clusters_without_constraints(edges: list[tuple[int, int]]) -> None:
    components = Components(12)
    for a, b in edges:
        components.join(a, b)
    assert dict(components.leads()) == cluster(edges, [])
