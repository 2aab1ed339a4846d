"""Keys of telephones, addresses and marks; names that are none."""

import pytest

from registry.values.traces import address_key, hashed, mark_words, phone_keys
from registry.values.unnamed import is_unnamed


def test_phones_of_one_field_and_of_states_with_a_single_area() -> None:
    assert phone_keys("(82) 3221-1234 / 99999-1234") == ("+558232211234", "+5582999991234")
    assert phone_keys("99999-1234", "AL") == ("+5582999991234",)
    assert phone_keys("99999-1234", "SP") == ()


def test_an_address_without_a_door_has_no_key() -> None:
    assert address_key("Rua das Acácias, Centro, Maceió - AL") is None
    assert address_key("Rua das Acácias, 120, Maceió - AL") == address_key("R. DAS ACACIAS Nº 120, MACEIO/AL")


def test_a_mark_is_told_by_what_it_shows_and_else_by_where_it_is() -> None:
    assert mark_words("Tatuagem de dragão no braço direito") == mark_words("DRAGAO")
    assert mark_words("cicatriz no braço") == mark_words("BRAÇO, lado esquerdo")
    assert not set(mark_words("caveira no braço")) & set(mark_words("Cicatriz de 5 cm, braço"))
    assert mark_words("cicatriz") == ()


def test_equal_keys_hash_alike() -> None:
    assert hashed("a") == hashed("a") != hashed("b")


@pytest.mark.parametrize("name", ["NÃO IDENTIFICADO", "Homem não identificado 3", "IGNORADA", "N I", "", "Sem nome"])
def test_names_that_are_none(name: str) -> None:
    assert is_unnamed(name)


@pytest.mark.parametrize("name", ["MARIA IGNORADA DA SILVA", "INDIO", "JOSE NAO", "NILTON", "XAVIER"])
def test_names_that_only_look_so(name: str) -> None:
    assert not is_unnamed(name)
