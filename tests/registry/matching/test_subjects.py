"""The comparable form of a record."""

from datetime import date

import pytest

from registry.matching.subjects import Source, subject


def test_name_loses_particles_and_agnome_which_stands_apart() -> None:
    made = subject(Source(1, "João da Silva Souza Júnior"))
    assert (made.name, made.agnome) == ("JOAO SILVA SOUZA", "JUNIOR")


def test_spellings_of_one_name_have_one_phonetic_name() -> None:
    assert subject(Source(1, "Thiago de Souza")).key_name == subject(Source(2, "TIAGO SOUSA")).key_name


def test_misread_accents_are_repaired() -> None:
    assert subject(Source(1, "JosÃ© Teste")).name == "JOSE TESTE"


@pytest.mark.parametrize("written", ["", "NÃO DECLARADO", "ignorado", "-", "XXX"])
def test_filler_is_no_mother(written: str) -> None:
    made = subject(Source(1, "ANA TESTE", mother=written))
    assert (made.mother, made.key_mother, made.mother_keys) == (None, None, None)


def test_first_of_january_is_no_day_to_look_for() -> None:
    made = subject(Source(1, "ANA TESTE", birth=date(1990, 1, 1)))
    assert (made.birth, made.year, made.month_day) == ("19900101", 1990, None)


@pytest.mark.parametrize(("written", "kept"), [("123.456.789-00", "12345678900"), ("1234", None), ("1" * 11, None)])
def test_cpf_of_eleven_digits_is_kept_even_with_wrong_check_digits(written: str, kept: str | None) -> None:
    assert subject(Source(1, "ANA TESTE", cpf=written)).cpf == kept


def test_keys_of_a_name_in_parts_and_in_any_order() -> None:
    made, inverted = subject(Source(1, "ANA PAULA TESTE LIMA")), subject(Source(2, "LIMA, ANA PAULA TESTE"))
    assert made.key_words == inverted.key_words
    assert made.key_name != inverted.key_name
    assert made.keys is not None
    assert (made.key_start, made.key_tail) == (" ".join(made.keys[:2]), " ".join(made.keys[2:]))
    assert subject(Source(3, "ANA LIMA")).key_start is None


def test_initial_has_no_key() -> None:
    assert subject(Source(1, "ANA P. TESTE")).keys == subject(Source(2, "ANA TESTE")).keys
    assert subject(Source(1, "ANA P. TESTE")).name == "ANA P TESTE"


def test_exchanged_day_and_month_are_one_birth_to_look_for() -> None:
    days = [date(1990, 5, 7), date(1990, 7, 5)]
    assert len({subject(Source(1, "ANA TESTE", birth=day)).birth_any for day in days}) == 1
    assert len({subject(Source(1, "ANA TESTE", birth=day)).birth for day in days}) == 2


@pytest.mark.parametrize(
    ("written", "right"), [("123.456.789-09", "12345678909"), ("123.456.789-00", None), ("", None)]
)
def test_cpf_is_right_by_its_check_digits(written: str, right: str | None) -> None:
    assert subject(Source(1, "ANA TESTE", cpf=written)).cpf_right == right


def test_inscription_makes_a_lawyer() -> None:
    assert (subject(Source(1, "ANA TESTE", oab="AL1234")).lawyer, subject(Source(1, "ANA TESTE")).lawyer) == (
        "OAB",
        None,
    )
