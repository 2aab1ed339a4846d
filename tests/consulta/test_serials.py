"""The number by which documents tried one after another are told, at the gate and at the desk."""

import pytest

from consulta.serials import asked_number, serial


@pytest.mark.parametrize(
    ("digits", "counted"),
    [
        ("04812345617", 48123456),  # a CPF without its check digits
        ("123456", 123456),
        ("12345", None),
        ("", None),
        ("1" * 18, int("1" * 18)),
        ("1" * 19, None),
    ],
)
def test_the_serial_of_a_document(digits: str, counted: int | None) -> None:
    assert serial(digits) == counted


def test_digits_are_those_of_a_document_or_of_free_text_in_our_own_figures() -> None:
    assert asked_number({"document": "048.123.456-17", "text": "9"}) == "04812345617"
    assert asked_number({"text": "RG 1.234.567"}) == "1234567"
    assert asked_number({"document": "²²²²²²", "name": "Ana"}) == ""
