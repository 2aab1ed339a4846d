"""Voter number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import voter_id
from registry.values.errors import Reason

from .strategies import assert_refused, figures, with_one_digit_changed

STATES = st.integers(1, 28).map("{:02d}".format)
BASES = st.tuples(figures(8), STATES).map("".join)
NUMBERS = BASES.map(lambda base: base + min(voter_id.check_digits(base)))


@pytest.mark.parametrize("raw", ["0043 5687 0906", "004356870906", "4356870906"])
def test_leading_zeros_left_out_at_issue_are_put_back(raw: str) -> None:
    assert voter_id.parse(raw) == "004356870906"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        ("1234", "length"),
        ("1234567890123", "length"),
        ("102385012967", "state"),
        ("102385010675", "check_digit"),
        ("11111111111", "check_digit"),
        ("111111111111", "repeated"),
    ],
)
def test_what_is_not_a_voter_number_is_refused(raw: str, reason: Reason) -> None:
    assert_refused(voter_id.parse, raw, reason)


@given(NUMBERS)
def test_parse_reads_what_display_writes(number: str) -> None:
    assert voter_id.parse(voter_id.display(number)) == number


@pytest.mark.parametrize(("code", "state"), [("01", "SP"), ("17", "AL"), ("08", "PE"), ("28", "ZZ")])
def test_state_is_that_of_the_registration(code: str, state: str) -> None:
    assert voter_id.state(f"00001234{code}00") == state


@given(figures(8))
def test_elsewhere_than_sao_paulo_and_minas_one_pair_of_check_digits_is_right(sequence: str) -> None:
    assert len(voter_id.check_digits(sequence + "17")) == 1


def test_sao_paulo_may_write_one_for_a_remainder_of_zero() -> None:
    assert voter_id.check_digits("1066444401") == {"08", "16"}
    assert voter_id.check_digits("1066444417") == {"08"}


@given(NUMBERS, st.integers(10, 11), st.integers(1, 9))
def test_a_wrong_check_digit_is_detected_outside_sao_paulo_and_minas(number: str, position: int, step: int) -> None:
    if voter_id.state(number) not in ("SP", "MG"):
        assert not voter_id.is_valid(with_one_digit_changed(number, position, step))
