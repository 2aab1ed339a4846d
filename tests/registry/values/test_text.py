"""The comparable form of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.text import normalise, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("José  da\tSilva ", "JOSE DA SILVA"),
        ("Conceição Assunção", "CONCEICAO ASSUNCAO"),
        ("Jose\u0301", "JOSE"),
        ("D'Ávila", "DAVILA"),
        ("d´água d’Oeste", "DAGUA DOESTE"),
        ("Ana-Maria (vulgo)", "ANA MARIA VULGO"),
        ("José–Carlos", "JOSE CARLOS"),
        ("Bjørn Straße", "BJORN STRASSE"),
        ("Jo\u00adsé\u200b", "JOSE"),
        ("\u00a0", ""),
    ],
)
def test_text_becomes_capitals_without_accents(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text(max_size=40))
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=40))
def test_normalise_leaves_words_of_ascii_capitals_and_digits(text: str) -> None:
    assert re.fullmatch(r"([A-Z0-9]+( [A-Z0-9]+)*)?", normalise(text))


@given(st.text(max_size=40))
def test_normalise_ignores_surrounding_space_and_repetition_of_space(text: str) -> None:
    assert normalise(f"  {text.replace(' ', '   ')} ") == normalise(text)


def test_tokens_leave_the_particles_out() -> None:
    assert tokens("Maria do Carmo dos Santos e Silva") == ("MARIA", "CARMO", "SANTOS", "SILVA")
