"""NPU, number of a court case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import npu
from registry.values.errors import Reason

from .strategies import assert_refused, figures, with_one_digit_changed

YEARS = st.integers(1990, 2040).map(str)
STATE_COURTS = st.integers(1, 27).map("8{:02d}".format)


def _with_check_digits(sequence: str, rest: str) -> str:
    return sequence + npu.check_digits(sequence + rest) + rest


NUMBERS = st.builds(
    lambda sequence, year, court, unit: _with_check_digits(sequence, year + court + unit),
    figures(7), YEARS, STATE_COURTS, figures(4),
)  # fmt: skip


@pytest.mark.parametrize("raw", ["0000001-28.1901.8.02.0000", "00000012819018020000", " 0000001 28.1901.8.02.0000"])
def test_punctuation_does_not_matter(raw: str) -> None:
    assert npu.parse(raw) == "00000012819018020000"


def test_parts_are_told_apart() -> None:
    parts = npu.split(_with_check_digits("0001234", "20248020007"))
    assert (parts.sequence, parts.year, parts.segment, parts.court, parts.unit) == ("0001234", 2024, 8, 2, "0007")
    assert parts.state == "AL"
    assert parts.segment_name == "Justiça dos Estados e do Distrito Federal"


@pytest.mark.parametrize(
    ("court", "state"), [("8" + "26", "SP"), ("9" + "13", "MG"), ("6" + "17", "PE"), ("4" + "05", None), ("600", None)]
)
def test_state_comes_from_the_court_order_of_the_resolution(court: str, state: str | None) -> None:
    assert npu.split(_with_check_digits("0001234", f"2024{court}0001")).state == state


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("20240020001", "segment"),
        ("20248280001", "court"),
        ("20249020001", "court"),
        ("20244070001", "court"),
        ("18998020001", "year"),
    ],
)
def test_courts_and_years_that_do_not_exist_are_refused(rest: str, reason: Reason) -> None:
    assert_refused(npu.parse, _with_check_digits("0001234", rest), reason)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("", "empty"), ("123", "length"), ("0001234-XX.2024.8.02.0001", "characters"), ("8" * 20, "repeated")],
)
def test_what_is_not_an_npu_is_refused(raw: str, reason: Reason) -> None:
    assert_refused(npu.parse, raw, reason)


@given(NUMBERS)
def test_parse_reads_what_display_writes(number: str) -> None:
    assert npu.parse(npu.display(number)) == number


@given(NUMBERS)
def test_check_digits_moved_to_the_end_leave_one_in_modulus_97(number: str) -> None:
    assert int(number[:7] + number[9:] + number[7:9]) % 97 == 1


@given(NUMBERS, st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_detected(number: str, position: int, step: int) -> None:
    assert not npu.is_valid(with_one_digit_changed(number, position, step))


@given(NUMBERS, st.integers(0, 18))
def test_two_neighbours_exchanged_are_detected(number: str, at: int) -> None:
    exchanged = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert exchanged == number or not npu.is_valid(exchanged)
