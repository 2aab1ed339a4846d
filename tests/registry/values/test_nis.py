"""NIS."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import nis
from registry.values.errors import Reason

from .strategies import assert_refused, varied, with_one_digit_changed

NUMBERS = varied(10).map(lambda base: base + nis.check_digit(base))


@pytest.mark.parametrize("raw", ["120.56412.54-5", "12056412545"])
def test_punctuation_does_not_matter(raw: str) -> None:
    assert nis.parse(raw) == "12056412545"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        ("120564125", "length"),
        ("00000000000", "repeated"),
        ("12056412548", "check_digit"),
        ("1205641254A", "characters"),
    ],
)
def test_what_is_not_a_nis_is_refused(raw: str, reason: Reason) -> None:
    assert_refused(nis.parse, raw, reason)


@given(NUMBERS)
def test_parse_reads_what_display_writes(number: str) -> None:
    assert nis.parse(nis.display(number)) == number


@given(NUMBERS, st.integers(1, 9))
def test_a_wrong_check_digit_is_detected(number: str, step: int) -> None:
    assert not nis.is_valid(with_one_digit_changed(number, 10, step))
