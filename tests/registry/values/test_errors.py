"""Refusals: what they say and what they must not say."""

from __future__ import annotations

import pytest

from registry.values import cpf
from registry.values.errors import REASONS, InvalidDate, InvalidDocument, InvalidValue, message_of


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_message_of_its_own(reason: str) -> None:
    messages = [message_of(r) for r in REASONS]
    assert messages.count(message_of(reason)) == 1  # type: ignore[arg-type]


def test_documents_and_dates_are_refused_alike() -> None:
    assert issubclass(InvalidDocument, InvalidValue)
    assert issubclass(InvalidDate, InvalidValue)


def test_a_refusal_does_not_hold_the_number() -> None:
    with pytest.raises(InvalidDocument) as refusal:
        cpf.parse("123.456.789-00")
    assert not any(character.isdigit() for character in str(refusal.value) + repr(refusal.value))
    assert refusal.value.__cause__ is None
