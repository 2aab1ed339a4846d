"""RG."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import rg
from registry.values.errors import Reason

from .strategies import assert_refused

NUMBERS = st.integers(1_000, 9_999_999_999).map(str).filter(lambda text: len(set(text)) > 1)


@pytest.mark.parametrize(
    ("raw", "number", "state"),
    [
        ("12.345.678-9", "123456789", None),
        ("12.345.678-x", "12345678X", None),
        ("0012345678", "12345678", None),
        ("12345678 SSP/AL", "12345678", "AL"),
        ("1234567/SDS-PE", "1234567", "PE"),
        ("RG: 123456 - SSP - BA", "123456", "BA"),
        ("1234567 AL", "1234567", "AL"),
        ("MG-12.345.678", "12345678", "MG"),
        ("M-1.234.567", "1234567", "MG"),
        ("1234567 SSP", "1234567", None),
    ],
)
def test_number_and_state_are_told_apart(raw: str, number: str, state: str | None) -> None:
    assert (rg.parse(raw), rg.state(raw)) == (number, state)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        ("SEM RG", "format"),
        ("123", "format"),
        ("000000000", "format"),
        ("99999999", "repeated"),
        ("12345678901234", "format"),
    ],
)
def test_what_cannot_be_an_rg_is_refused(raw: str, reason: Reason) -> None:
    assert_refused(rg.parse, raw, reason)


@given(NUMBERS, st.sampled_from(["", "X"]))
def test_parse_reads_what_display_writes(number: str, last: str) -> None:
    assert rg.parse(rg.display(number + last)) == number + last


@given(NUMBERS, st.integers(0, 3))
def test_leading_zeros_do_not_make_another_number(number: str, zeros: int) -> None:
    assert rg.parse("0" * zeros + number) == rg.parse(number)
