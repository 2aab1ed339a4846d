"""Numbers one typing error apart."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from registry.values import cpf, digits
from registry.values.near_numbers import neighbouring_cpfs, neighbours
from tests.factories.registry import make_cpf

NUMBERS = st.text("0123456789", min_size=5, max_size=12)


@given(NUMBERS)
def test_neighbours_are_one_error_away(number: str) -> None:
    near = neighbours(number)
    assert near
    assert all(OSA.distance(number, one) == 1 for one in near)


@given(NUMBERS, NUMBERS)
def test_nearness_is_mutual(a: str, b: str) -> None:
    assert (a in neighbours(b)) == (b in neighbours(a))


def test_a_short_number_has_no_neighbours() -> None:
    assert neighbours("1234") == set()


def test_only_valid_cpfs_are_near_a_mistyped_one() -> None:
    right = make_cpf(7)
    wrong = right[:3] + str((int(right[3]) + 1) % 10) + right[4:]
    near = neighbouring_cpfs(wrong)
    assert right in near
    assert all(digits.accepts(cpf.parse, one) for one in near)
