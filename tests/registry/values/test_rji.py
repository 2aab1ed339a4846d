"""RJI."""

from __future__ import annotations

import pytest
from hypothesis import given

from registry.values import rji
from registry.values.errors import Reason

from .strategies import assert_refused, varied


@given(varied(11))
def test_parse_reads_what_display_writes(number: str) -> None:
    assert rji.parse(rji.display(number)) == number


def test_display_separates_the_last_two_digits() -> None:
    assert rji.display("18012345678") == "180123456-78"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("", "empty"), ("180123456", "length"), ("18012345A78", "characters"), ("0" * 11, "repeated")],
)
def test_what_is_not_an_rji_is_refused(raw: str, reason: Reason) -> None:
    assert_refused(rji.parse, raw, reason)
