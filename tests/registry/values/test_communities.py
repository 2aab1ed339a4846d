"""Label propagation on small graphs."""

from registry.values.communities import communities


def test_two_triangles_joined_by_a_weak_edge_are_two_communities() -> None:
    edges = [(1, 2, 5.0), (2, 3, 5.0), (1, 3, 5.0), (4, 5, 5.0), (5, 6, 5.0), (4, 6, 5.0), (3, 4, 1.0)]
    found = communities([1, 2, 3, 4, 5, 6], edges)
    assert found[1] == found[2] == found[3] != found[4] == found[5] == found[6]
    assert set(found.values()) == {0, 1}


def test_whoever_has_no_links_is_a_community_alone_and_strangers_do_not_count() -> None:
    assert communities([1, 2], [(1, 9, 5.0)]) == {1: 0, 2: 1}
