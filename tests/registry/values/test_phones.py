"""Telephone numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.phones import AREA_CODES, to_e164

AREAS = st.sampled_from(sorted(AREA_CODES))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("(82) 99999-1234", "+5582999991234"),
        ("+55 (82) 3221-1234", "+558232211234"),
        ("082 3221-1234", "+558232211234"),
        ("0xx82 3221-1234", "+558232211234"),
        ("0 15 82 99999 1234", "+5582999991234"),
        ("005582999991234", "+5582999991234"),
        ("82 9999-1234", "+5582999991234"),
        ("82 3221-1234 ramal 12", "+558232211234"),
    ],
)
def test_a_number_with_area_code_is_completed(raw: str, expected: str) -> None:
    assert to_e164(raw) == expected


def test_the_area_of_the_caller_completes_a_local_number() -> None:
    assert to_e164("3221-1234", area_code=82) == "+558232211234"


@pytest.mark.parametrize(
    "raw",
    ["", "123", "3221-1234", "(20) 3221-1234", "82 1221-1234", "(82) 3221-1234 / 99999-1234", "recado 82 99999-1234"],
)
def test_what_is_not_one_complete_number_is_none(raw: str) -> None:
    assert to_e164(raw) is None


@given(AREAS, st.integers(20_000_000, 59_999_999))
def test_the_result_is_read_again_as_itself(area: int, subscriber: int) -> None:
    number = to_e164(f"{area}{subscriber}")
    assert number is not None
    assert to_e164(number) == number


@given(st.text(max_size=25))
def test_the_result_is_international_or_none(raw: str) -> None:
    number = to_e164(raw)
    assert number is None or re.fullmatch(r"\+55[1-9]{2}([2-5]\d{7}|9\d{8})", number)
