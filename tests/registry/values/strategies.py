"""Invented numbers with right check digits, for the tests of document numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from registry.values.errors import InvalidDocument, Reason


def figures(length: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="0123456789", min_size=length, max_size=length)


def varied(length: int) -> st.SearchStrategy[str]:
    """Digits which are not all the same."""
    return figures(length).filter(lambda text: len(set(text)) > 1)


def with_one_digit_changed(number: str, position: int, step: int) -> str:
    changed = (int(number[position]) + step) % 10
    return number[:position] + str(changed) + number[position + 1 :]


def assert_refused(parse: Callable[[str], str], raw: str, reason: Reason) -> None:
    with pytest.raises(InvalidDocument) as refusal:
        parse(raw)
    assert refusal.value.reason == reason
