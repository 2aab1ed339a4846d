"""Documents of the contract and the single search box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.documents import (
    PARSERS,
    Document,
    Guess,
    classify_query,
    display_document,
    normalise_document,
)


@pytest.mark.parametrize(
    ("kind", "raw", "number"),
    [
        ("CPF", "123.456.789-09", "12345678909"),
        ("CIN", "123.456.789-09", "12345678909"),
        ("RG", "12.345.678 SSP/AL", "12345678"),
        ("PASSAPORTE", "ab 123456", "AB123456"),
        ("CERTIDAO", "MATRÍCULA 001", "MATRICULA001"),
        ("código novo da UF", "00-12", "0012"),
    ],
)
def test_a_document_has_a_comparable_number(kind: str, raw: str, number: str) -> None:
    assert normalise_document(kind, raw) == Document(kind, raw, number, None)


def test_a_refused_document_has_a_reason_and_keeps_what_was_sent() -> None:
    document = normalise_document("CPF", "123.456.789-00")
    assert (document.raw, document.number, document.reason) == ("123.456.789-00", None, "check_digit")
    assert document.message == "dígito verificador não confere"


def test_an_accepted_document_has_no_message() -> None:
    assert normalise_document("CPF", "12345678909").message is None


def test_repr_does_not_show_the_number() -> None:
    assert "123" not in repr(normalise_document("CPF", "12345678909"))
    assert "123" not in repr(classify_query("12345678909"))


@given(st.sampled_from(sorted(PARSERS)), st.text(max_size=30))
def test_any_text_gives_a_number_or_a_reason(kind: str, raw: str) -> None:
    document = normalise_document(kind, raw)
    assert (document.number is None) == (document.reason is not None)


@given(st.sampled_from(sorted(PARSERS)), st.text(alphabet="0123456789X.-/ ALSP", max_size=24))
def test_what_is_displayed_is_read_as_the_same_number(kind: str, raw: str) -> None:
    number = normalise_document(kind, raw).number
    if number is not None:
        assert normalise_document(kind, display_document(kind, number)).number == number


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("123.456.789-09", ["CPF", "RJI", "RG", "MATRICULA"]),
        ("180123456-78", ["RJI", "RG", "MATRICULA"]),
        ("12.345.678-X", ["RG", "MATRICULA"]),
        ("MG-12.345.678", ["RG", "MATRICULA"]),
        ("12345678 SSP/AL", ["RG"]),
        ("RG 1234567", ["RG"]),
        ("OAB/AL 1.234-A", ["OAB"]),
        ("1234/AL", ["OAB", "RG"]),
        ("20230001", ["RG", "MATRICULA"]),
        ("José Carlos da Silva", ["NOME"]),
        ("Zé 2", ["NOME"]),
        ("D'Ávila", ["NOME"]),
        ("  ", []),
        ("--", []),
    ],
)
def test_the_box_tells_documents_from_names(text: str, kinds: list[str]) -> None:
    assert [guess.kind for guess in classify_query(text)] == kinds


def test_a_case_number_is_nothing_else() -> None:
    assert classify_query("0000001-28.1901.8.02.0000") == (Guess("NPU", "00000012819018020000"),)


def test_a_name_comes_in_its_comparable_form() -> None:
    assert classify_query(" José  D'Ávila ") == (Guess("NOME", "JOSE DAVILA"),)


@given(st.text(max_size=30))
def test_any_text_with_a_letter_or_digit_has_a_reading(text: str) -> None:
    has_content = any(c.isascii() and c.isalnum() for c in text)
    assert not has_content or classify_query(text)
