"""Repair of UTF-8 read in a single-byte encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.mojibake import repair_mojibake

PORTUGUESE = "áàâãéêíóôõúüçÁÀÂÃÉÊÍÓÔÕÚÜÇ"
WORDS = st.text(alphabet="abcdefghijlmnoprstuvxzABCDEFGHIJLMNOPRSTUVXZ" + PORTUGUESE, min_size=1, max_size=9)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
MARKS = st.sampled_from(
    [" ", "-", ", ", "' ", "” ", "”, ", " “", "’ ", "’.", " ‘", "» ", " «", " 3º ", " 2ª ", ". ", "\xa0", "…"]
)
# No Portuguese word ends in Â, the lead of every misread sign. Ã alone before a hard space is à misread.
CORRECT = WORDS.filter(lambda word: word != "Ã" and not word.endswith("Â"))
TYPESET = st.lists(st.tuples(CORRECT, MARKS), max_size=6).map(lambda p: "".join(w + m for w, m in p))


def _misread(text: str, encoding: str) -> str:
    return text.encode().decode(encoding)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("JosÃ© da ConceiÃ§Ã£o", "José da Conceição"),
        ("CONCEIÃ‡ÃƒO", "CONCEIÇÃO"),
        ("JosÃƒÂ©", "José"),
        ("CONCEI\xc3\x87\xc3\x83O", "CONCEIÇÃO"),
        ("ANTÃ”NIO", "ANTÔNIO"),
        ("dito “IRMÔ", "dito “IRMÔ"),
        ("Sant’Ana", "Sant’Ana"),
        ("1Âº Grau", "1º Grau"),
        ("José e JosÃ©", "José e José"),
        ("ConceiÃ§Ã", "ConceiçÃ"),
    ],
)
def test_misread_text_is_repaired(wrong: str, right: str) -> None:
    assert repair_mojibake(wrong) == right


@given(TYPESET)
def test_correct_text_is_untouched(text: str) -> None:
    assert repair_mojibake(text) == text


@given(NAMES.map(lambda name: name.replace("à", "a").replace("À", "A")))
def test_names_read_as_latin_1_once_are_recovered(name: str) -> None:
    assert repair_mojibake(_misread(name, "latin-1")) == name


@given(NAMES.map(lambda name: name.replace("à", "a").replace("À", "A")))
def test_names_read_as_latin_1_twice_are_recovered(name: str) -> None:
    assert repair_mojibake(_misread(_misread(name, "latin-1"), "latin-1")) == name


@given(NAMES)
def test_repair_is_idempotent(name: str) -> None:
    once = repair_mojibake(_misread(name, "latin-1"))
    assert repair_mojibake(once) == once
