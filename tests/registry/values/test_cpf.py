"""CPF."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.values import cpf
from registry.values.errors import Reason

from .strategies import assert_refused, varied, with_one_digit_changed

NUMBERS = varied(9).map(lambda base: base + cpf.check_digits(base))


@pytest.mark.parametrize("raw", ["123.456.789-09", "12345678909", " 123 456 789 09 ", "123.456.789/09"])
def test_punctuation_does_not_matter(raw: str) -> None:
    assert cpf.parse(raw) == "12345678909"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        (" .-", "empty"),
        ("1234567890", "length"),
        ("123456789090", "length"),
        ("1234567890X", "characters"),
        ("١٢٣٤٥٦٧٨٩٠٩", "characters"),
        ("111.111.111-11", "repeated"),
        ("123.456.789-08", "check_digit"),
    ],
)
def test_what_is_not_a_cpf_is_refused(raw: str, reason: Reason) -> None:
    assert_refused(cpf.parse, raw, reason)
    assert not cpf.is_valid(raw)


@given(NUMBERS)
def test_parse_reads_what_display_writes(number: str) -> None:
    assert cpf.parse(cpf.display(number)) == number


@given(NUMBERS, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_detected(number: str, position: int, step: int) -> None:
    # Remainders 0 and 1 both give the digit 0: there modulus 11 as used in the CPF can miss an error.
    assume(number[9] != "0")
    assert not cpf.is_valid(with_one_digit_changed(number, position, step))


def test_mask_shows_five_digits() -> None:
    assert cpf.mask("12345678909") == "123.•••.•••-09"
