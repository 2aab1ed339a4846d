"""Numbers of one array that must not be taken for each other."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from registry.values import lexemes

KEYS = st.integers(1, lexemes.FATHER_BASE - 1)
ANY = st.one_of(KEYS, KEYS.map(lexemes.of_mother), st.integers(1900, 2030).map(lexemes.of_year))


@given(ANY, ANY)
def test_a_pair_has_one_number_in_either_order_and_no_other_meaning(one: int, other: int) -> None:
    pair = lexemes.of_pair(one, other)
    assert pair == lexemes.of_pair(other, one)
    assert -(2**31) <= pair < lexemes.PAIR_TOP < lexemes.of_mother(lexemes.FATHER_BASE - 1)


def test_pairs_of_common_keys_and_years_hardly_meet() -> None:
    keys = [*range(1, 600), *range(400_000, 400_100)]
    told = [*combinations(keys, 2), *((key, lexemes.of_year(year)) for key in keys for year in range(1930, 2020))]
    assert len({lexemes.of_pair(*pair) for pair in told}) > 0.999 * len(told)


def test_what_a_document_tells_in_pairs() -> None:
    year = lexemes.of_year(1990)
    asked = [(1, 2), (-1, -3), (1_000_000_004, 1_000_000_005), (1, year), (2, year)]
    told = lexemes.pairs([1, 2, 1, 9], [1, 9, 3], [4, 5], [year], {1, 2, 3, 4, 5})
    assert sorted(told) == sorted(lexemes.of_pair(*pair) for pair in asked)
