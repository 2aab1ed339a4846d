"""Legible form, index form, agnome and comparison of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import names

WORDS = st.sampled_from(
    [
        "José",
        "Maria",
        "João",
        "Ana",
        "Wesley",
        "Thiago",
        "da",
        "de",
        "dos",
        "e",
        "Silva",
        "Souza",
        "Gonçalves",
        "Júnior",
        "Neto",
        "D'Ávila",
        "J.",
        "Lima",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("JOSE CARLOS DA SILVA JR", "JUNIOR"),
        ("José Carlos da Silva Júnior", "JUNIOR"),
        ("Pedro de Souza Filho", "FILHO"),
        ("Pedro de Souza Netto", "NETO"),
        ("Pedro Lima Sobrinho", "SOBRINHO"),
        ("Pedro Lima III", "TERCEIRO"),
        ("Júnior", None),
        ("Júnior da Silva", None),
        ("Pedro Lima", None),
        ("", None),
    ],
)
def test_suffix_is_the_agnome_at_the_end(name: str, expected: str | None) -> None:
    assert names.suffix(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("JOSÉ CARLOS DA SILVA", "José Carlos da Silva"),
        ("  maria   DOS SANTOS e souza ", "Maria dos Santos e Souza"),
        ("ANA-CLARA D'ÁVILA", "Ana-Clara D'Ávila"),
        ("DA SILVA JOSE", "Da Silva Jose"),
        ("PEDRO LIMA III", "Pedro Lima III"),
        ("J. SILVA", "J. Silva"),
    ],
)
def test_display_has_initial_capitals_and_lower_particles(name: str, expected: str) -> None:
    assert names.display(name) == expected


@given(NAMES)
def test_display_changes_nothing_but_case_and_space(name: str) -> None:
    assert names.display(name).upper() == name.upper()


@given(NAMES)
def test_display_is_idempotent(name: str) -> None:
    assert names.display(names.display(name)) == names.display(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("JOSÉ CARLOS DA SILVA", "SILVA, José Carlos da"),
        ("JOSÉ CARLOS DA SILVA JÚNIOR", "SILVA Júnior, José Carlos da"),
        ("maria d'ávila", "D'ÁVILA, Maria"),
        ("ZECA", "Zeca"),
        ("ZECA JÚNIOR", "Zeca Júnior"),
        ("", ""),
    ],
)
def test_index_form_begins_with_the_last_surname(name: str, expected: str) -> None:
    assert names.index_form(name) == expected


@given(NAMES)
def test_index_form_keeps_every_word(name: str) -> None:
    assert sorted(names.normalise(names.index_form(name)).split()) == sorted(names.normalise(name).split())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("JOSE CARLOS DA SILVA", "José Carlos da Silva"),
        ("Wesley Souza", "UESLEI DE SOUSA LIMA"),
        ("Jose C. Silva", "José Carlos da Silva"),
        ("Maria Souza Lima", "Maria Lima Souza"),
        ("José Silva", "José Silva Neto"),
        ("José Silva Júnior", "José Silva Filho"),
        ("Ana", "Anna"),
    ],
)
def test_one_name_written_differently_is_compatible(a: str, b: str) -> None:
    assert names.compatible(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("José Silva", "João Silva"),
        ("José Silva", "Silva José"),
        ("José Silva Júnior", "José Silva Neto"),
        ("José Carlos Silva", "José Souza Silva Lima"),
        ("José Silva Silva", "José Silva Lima"),
        ("José", "José Silva"),
        ("J. Silva", "José Silva"),
        ("", "José"),
        ("", ""),
    ],
)
def test_different_names_are_not_compatible(a: str, b: str) -> None:
    assert not names.compatible(a, b)


@given(NAMES, NAMES)
def test_compatible_is_symmetric(a: str, b: str) -> None:
    assert names.compatible(a, b) == names.compatible(b, a)


@given(NAMES)
def test_a_name_is_compatible_with_itself_in_capitals(name: str) -> None:
    assert names.compatible(name, names.normalise(name)) == bool(names.tokens(name))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("JOSÉ CARLOS DA SILVA", "José Carlos da Silva"),
        ("josé carlos da silva", "José Carlos da Silva"),
        ("José Carlos McDonald", "José Carlos McDonald"),
        ("", ""),
    ],
)
def test_only_names_in_one_case_are_made_legible(written: str, shown: str) -> None:
    assert names.legible(written) == shown
