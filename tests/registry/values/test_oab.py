"""Inscription of a lawyer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import oab
from registry.values.errors import Reason
from registry.values.states import STATES

from .strategies import assert_refused

NUMBERS = st.tuples(
    st.sampled_from(sorted(STATES)), st.integers(1, 999_999).map(str), st.sampled_from(["", "A", "B", "E", "P"])
).map("".join)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("OAB/AL 1.234-A", "AL1234A"),
        ("1234-A/AL", "AL1234A"),
        ("al 001234", "AL1234"),
        ("OAB nº 123.456 SP", "SP123456"),
        ("OAB-SP n. 123456", "SP123456"),
        ("12345/PE", "PE12345"),
    ],
)
def test_the_usual_ways_of_writing_are_read(raw: str, expected: str) -> None:
    assert oab.parse(raw) == expected


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        ("OAB", "empty"),
        ("12345", "format"),
        ("AL 1234567", "format"),
        ("AL 000", "format"),
        ("XX 1234", "state"),
        ("José da Silva", "format"),
    ],
)
def test_what_is_not_an_inscription_is_refused(raw: str, reason: Reason) -> None:
    assert_refused(oab.parse, raw, reason)


@given(NUMBERS)
def test_parse_reads_what_display_writes(number: str) -> None:
    assert oab.parse(oab.display(number)) == number


@given(NUMBERS)
def test_split_gives_the_parts_of_the_number(number: str) -> None:
    state, figures, letter = oab.split(number)
    assert state in STATES
    assert figures.isdigit()
    assert state + figures + letter == number
