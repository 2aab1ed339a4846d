"""Codes of municipalities in words."""

from registry.municipalities import municipality


def test_a_municipality_has_its_name_and_state() -> None:
    assert str(municipality("2704302")) == "Maceió/AL"
    assert str(municipality("5300108")) == "Brasília/DF"


def test_a_code_outside_the_list_says_what_it_can() -> None:
    assert str(municipality("2799999")) == "AL, município 2799999 (código da origem)"
    assert str(municipality("9999999")) == "9999999 (código da origem)"
    assert not municipality("")
