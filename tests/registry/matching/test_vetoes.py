"""What is never joined without a human, and what is."""

from datetime import date
from typing import Any

import pytest

from registry.matching.subjects import Source
from registry.matching.vetoes import SURELY_TWO, VETOES
from registry.values import phonetics
from tests.registry.matching.asking import vetoes

CPF, OTHER_CPF = "12345678909", "98765432100"
HE = Source(1, "JOSE CARLOS TESTE SILVA", "MARIA TESTE", "PEDRO SILVA", birth=date(1990, 5, 17), sex="M", cpf=CPF)
BARE = HE._replace(cpf="")
RG: dict[str, Any] = {"rg": "1234567", "rg_uf": "AL"}


@pytest.mark.parametrize(
    ("changes", "veto"),
    [
        ({"name": "ROBERTO TESTE SILVA"}, "given_name"),
        ({"name": "ROBERTO TESTE SILVA", "mother": ""}, "given_name"),
        ({"name": "JOSE ROBERTO TESTE SILVA"}, "twins"),
        ({"name": "JOSE ROBERTO TESTE SILVA", "mother": ""}, "twins"),
        ({"name": "JOSE ROBERTO TESTE SILVA", "birth": date(1990, 5, 18)}, "twins"),
        ({"name": "JOSE ROBERTO TESTE SILVA", "birth": date(1990, 1, 1)}, "twins"),
        ({"name": "JOSE ROBERTO TESTE SILVA", "birth": date(1990, 5, 29)}, "twins"),
        ({"name": "JOSS ROBERTO TESTE SILVA"}, "twins"),
        ({"name": "JOSE R. TESTE SILVA"}, "twins"),
        ({"name": "SILVA JOSE ROBERTO TESTE"}, "given_name"),
        ({"birth": date(1992, 8, 3)}, "birth"),
        ({"sex": "F"}, "sex"),
    ],
)
def test_pairs_without_a_common_number(changes: dict[str, Any], veto: str) -> None:
    assert veto in vetoes(BARE, BARE._replace(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "JOZE CARLOS TESTE SILVA"},
        {"name": "JOSE C TESTE SILVA"},
        {"name": "SILVA JOSE CARLOS TESTE"},
        {"name": "X Y", "alias": HE.name},
        {"birth": date(1990, 7, 17)},
        {"birth": date(1991, 5, 17)},
        {"birth": date(1990, 1, 1)},
        {"birth": None},
        {"sex": ""},
        {"mother": ""},
    ],
)
def test_what_one_person_is_written_as_is_no_veto(changes: dict[str, Any]) -> None:
    assert vetoes(BARE, BARE._replace(**changes)) == set()


def test_common_number_answers_for_another_birth_or_second_name() -> None:
    assert vetoes(HE, HE._replace(birth=date(1992, 8, 3))) == set()
    assert vetoes(HE, HE._replace(name="JOSE ROBERTO TESTE SILVA")) == set()


def test_common_cpf_does_not_answer_for_the_given_names_of_twins() -> None:
    twin: dict[str, Any] = {"name": "ROBERTO TESTE SILVA"}
    assert vetoes(HE, HE._replace(**twin)) == {"given_name"}
    assert vetoes(HE, HE._replace(**twin, mother="ANA XAVIER", birth=date(1970, 2, 3))) == set()


def test_brothers_who_share_a_cpf_are_for_a_human() -> None:
    later: dict[str, Any] = {"birth": date(1998, 9, 24)}
    assert vetoes(HE, HE._replace(name="JOSE PEREIRA SILVA", **later)) == {"birth"}
    assert vetoes(HE, HE._replace(**later)) == set()
    assert vetoes(HE, HE._replace(name="JOSE PEREIRA SILVA", mother="ANA XAVIER", **later)) == set()


def test_prison_number_or_two_documents_answer_for_any_given_name() -> None:
    renamed: dict[str, Any] = {"name": "ROBERTA TESTE SILVA"}
    one = BARE._replace(rji="18012345678")
    assert vetoes(one, one._replace(**renamed)) == set()
    assert vetoes(HE._replace(**RG), HE._replace(**RG, **renamed)) == set()


@pytest.mark.parametrize("other", ["MATEUS TESTE SILVA", "MATHEUS PAULO TESTE SILVA", "MATHEUS T TESTE SILVA"])
def test_like_names_of_one_birth_with_other_documents_may_be_twins(other: str) -> None:
    one = BARE._replace(name="MATHEUS TESTE SILVA", rji="18012345678")
    few = [phonetics.key("PAULO")]
    assert vetoes(one, one._replace(name=other, rji="18099999999"), few) == {"documents"}
    assert vetoes(one._replace(**RG), one._replace(name=other, rji="", rg="7654321", rg_uf="AL"), few) == {"documents"}
    assert vetoes(one, one._replace(name=other, rji=""), few) == set()
    assert vetoes(one, one._replace(rji="18099999999")) == set()
    assert vetoes(one._replace(**RG), one._replace(name=other, rji="18099999999", **RG)) == set()


@pytest.mark.parametrize("written", ["ROBRETI", "RUBERTO", "FOBERTI"])
def test_given_name_that_the_base_has_not_may_be_one_misspelt(written: str) -> None:
    one, other = BARE._replace(name="ROBERTO TESTE SILVA"), BARE._replace(name=f"{written} TESTE SILVA")
    slipped = {phonetics.key(written)} - {phonetics.key("ROBERTO")}
    assert vetoes(one, other, unattested=slipped) == set()
    assert vetoes(one, other._replace(name="GILBERTO TESTE SILVA"), unattested=[phonetics.key("GILBERTO")])


def test_two_names_of_the_base_are_two_however_alike() -> None:
    one, other = HE._replace(name="NATALIA TESTE SILVA"), HE._replace(name="MATAIA TESTE SILVA")
    assert vetoes(one, other) == {"given_name"}
    assert vetoes(one, other, unattested=[phonetics.key("MATAIA")]) == set()


def test_twins_of_names_that_nobody_else_has_need_a_sure_number_to_be_one() -> None:
    one, other = HE._replace(name="KEMYLLE TESTE SILVA"), HE._replace(name="KETYLLA TESTE SILVA")
    rare = [phonetics.key("KEMYLLE"), phonetics.key("KETYLLA")]
    assert vetoes(one._replace(cpf=""), other._replace(cpf=""), unattested=rare) == {"given_name"}
    assert vetoes(one, other, unattested=rare) == {"given_name"}
    slipped = other._replace(name="KENYLE TESTE SILVA")
    assert vetoes(one, slipped, unattested=[phonetics.key("KENYLE")]) == set()
    assert vetoes(one._replace(**RG), other._replace(**RG), unattested=rare) == set()


def test_a_letter_between_two_names_of_one_birth_and_mother_makes_twins_until_a_number_is_common() -> None:
    one, other = BARE._replace(name="VALDIR TESTE SILVA"), BARE._replace(name="VALMIR TESTE SILVA")
    valdir, valmir = phonetics.key("VALDIR"), phonetics.key("VALMIR")
    assert vetoes(one, other) == {"given_name"}
    assert vetoes(one, other, unattested=[valdir, valmir]) == {"given_name"}
    assert vetoes(one, other, unattested=[valmir]) == {"given_name"}
    assert vetoes(one, other._replace(mother="")) == {"given_name"}
    assert vetoes(one._replace(mother=""), other._replace(mother="")) == {"given_name"}
    assert vetoes(one, other._replace(mother="ANNA TESTE XAVIER")) == {"given_name"}
    strange, strangers = BARE._replace(name="VALCIR TESTE SILVA"), {"mother": "ANA XAVIER"}
    assert vetoes(one, strange) == {"given_name"}
    assert vetoes(one, strange._replace(**strangers)) == vetoes(one, strange._replace(birth=None)) == set()
    assert vetoes(one._replace(cpf=CPF), strange._replace(cpf=CPF)) == set()


@pytest.mark.parametrize(("written", "times"), [("VALSIR", 30), ("VADLIR", 30), ("VALDJR", 30), ("VALIR", 100)])
def test_slip_that_makes_no_name_is_one_of_twins_too(written: str, times: int) -> None:
    one, other = BARE._replace(name="VALDIR TESTE SILVA"), BARE._replace(name=f"{written} TESTE SILVA")
    common, rare = ({phonetics.key(written): 0.1 / n} for n in (times * 0.9, times * 1.1))
    assert vetoes(one, other, shares=common) == {"given_name"}
    assert vetoes(one, other, shares=rare) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JOSE CARLOS TESTE SILVA", "JOSE TESTE SILVA"),
        ("JOSE VALDIR TESTE SILVA", "JOSE VALCIR TESTE SILVA"),
        ("JOSE PEDRO TESTE SILVA", "JOSE TESTE SILVA"),
        ("JOSE MARIA TESTE SILVA", "JOSE M TESTE SOUZA"),
        ("JOSE C T SILVA", "JOSE C TESTE SILVA"),
        ("JOSE C TESTE SOUZA", "JOSE CARLOS TESTE SILVA"),
    ],
)
def test_second_name_that_nothing_shows_to_be_of_both_is_for_a_human(one: str, other: str) -> None:
    mine, theirs = BARE._replace(name=one), BARE._replace(name=other)
    assert vetoes(mine, theirs) == {"second_name"}
    assert vetoes(mine._replace(cpf=CPF), theirs._replace(cpf=CPF)) == set()
    assert vetoes(mine, theirs._replace(mother="ANA XAVIER")) == set()


def test_initial_of_a_second_name_is_for_a_human_who_has_a_number_to_go_by() -> None:
    short = BARE._replace(name="JOSE C TESTE SILVA")
    assert vetoes(BARE, short) == set()
    for number in ({"cpf": CPF}, {"rji": "18012345678"}, {"rg": "1234567"}):
        assert vetoes(BARE._replace(**number), short) == {"second_name"}
        assert vetoes(BARE._replace(**number), short._replace(**number)) == set()
    assert vetoes(HE, short._replace(name="JOSE CARLOS T SILVA")) == set()
    assert vetoes(HE._replace(name="JOSE TESTE LIMA SILVA"), short._replace(name="JOSE T LIMA SILVA")) == set()
    assert vetoes(HE, short._replace(mother="ANA XAVIER")) == set()


def test_two_letters_make_a_twin_sooner_than_a_stranger() -> None:
    one, other = BARE._replace(name="GERSON TESTE SILVA"), BARE._replace(name="GRRZON TESTE SILVA")
    rare, rarer = ({phonetics.key("GRRZON"): 0.1 / times} for times in (90, 110))
    assert vetoes(one, other, shares=rare) == {"given_name"}
    assert vetoes(one, other, shares=rarer) == set()
    assert vetoes(one._replace(cpf=CPF), other._replace(cpf=CPF), shares=rare) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JOSE TESTE XAVIER SILVA", "JOSE XAVIER SILVA"),
        ("JOSE CARLOS TESTE SILVA", "JOSE CARLUS TESTE SILVA"),
        ("JOSE TESTE SILVA", "JOSE SILVA XAVIER"),
        ("JOSE TESTE SILVA", "JOSE TETSI SILVA"),
        ("JOSE TESTE XAVIER", "JOSE T XAVIER"),
        ("JOSE XAVIER", "JOSE T XAVIER"),
        ("JOSE RARO TESTE SILVA", "JOSE TESTE SILVA"),
    ],
)
def test_surname_of_the_family_or_a_word_that_few_are_given_is_no_second_name(one: str, other: str) -> None:
    rare = [phonetics.key("RARO"), phonetics.key("TETSI")]
    assert vetoes(BARE._replace(name=one), BARE._replace(name=other), rare) == set()


@pytest.mark.parametrize(
    ("one", "other", "veto"),
    [
        ("JOSE CARLOS TESTE SILVA", "JOSE JOSE TESTE SILVA", {"twins", "second_name"}),
        ("JOSE CARLOS TESTE SILVA", "JOSE T T SILVA", {"twins"}),
        ("JOSE CARLOS TESTE SILVA", "CARLOS JOSE TESTE SILVA", {"given_name"}),
        ("JOSE VALDIR TESTE SILVA", "JOSE VALMIR TESTE SILVA", {"twins", "second_name"}),
    ],
)
def test_first_name_twice_an_initial_out_of_place_and_names_exchanged_are_other_names(
    one: str, other: str, veto: set[str]
) -> None:
    assert vetoes(BARE._replace(name=one), BARE._replace(name=other)) == veto


def test_rare_name_spelled_in_two_ways_may_be_two_names() -> None:
    one, other = BARE._replace(name="NOLSON TESTE SILVA"), BARE._replace(name="NOLSOM TESTE SILVA")
    assert phonetics.key("NOLSON") == phonetics.key("NOLSOM")
    assert vetoes(one, other) == set()
    assert vetoes(one, other, unattested=[phonetics.key("NOLSON")]) == {"given_name"}
    assert vetoes(one, one, unattested=[phonetics.key("NOLSON")]) == set()


@pytest.mark.parametrize(("birth", "stopped"), [((2005, 5, 17), False), ((1996, 5, 17), False), ((2005, 5, 18), True)])
def test_year_or_decade_off_by_one_is_a_slip_though_more_digits_differ(
    birth: tuple[int, int, int], stopped: bool
) -> None:
    one = BARE._replace(birth=date(1995, 5, 17))
    assert (vetoes(one, one._replace(birth=date(*birth))) == {"birth"}) is stopped
    at_the_turn = BARE._replace(birth=date(1999, 5, 17))
    assert vetoes(at_the_turn, at_the_turn._replace(birth=date(2000, 5, 17))) == set()


def test_other_given_name_and_other_documents_or_birth_are_two_people() -> None:
    one = BARE._replace(name="VALDIR TESTE SILVA", rji="18012345678")
    other = one._replace(name="VALMIR TESTE SILVA", rji="18099999999")
    assert vetoes(one, other) == {"given_name", "documents", SURELY_TWO}
    later = BARE._replace(name="ROBERTO TESTE SILVA", birth=date(1998, 9, 24))
    assert vetoes(BARE, later) == {"given_name", "birth", SURELY_TWO}


def test_wholly_other_given_names_of_one_sex_are_two_people_and_of_two_may_be_a_social_name() -> None:
    women, men = [phonetics.key("ROBERTA"), phonetics.key("JULIANA")], [phonetics.key("BRUNO"), phonetics.key("TIAGO")]
    named = {name: BARE._replace(name=f"{name} TESTE SILVA") for name in ("BRUNO", "TIAGO", "ROBERTA", "JULIANA")}
    for one, other in (("BRUNO", "TIAGO"), ("ROBERTA", "JULIANA")):
        assert vetoes(named[one], named[other], women=women, men=men) == {"given_name", SURELY_TWO}
        assert vetoes(named[one], named[other]) == {"given_name"}
    assert vetoes(named["BRUNO"], named["ROBERTA"], women=women, men=men) == {"given_name"}
    declared = named["BRUNO"]._replace(alias=named["TIAGO"].name)
    assert vetoes(declared, named["TIAGO"], women=women, men=men) == set()
    assert vetoes(named["BRUNO"]._replace(**RG), named["TIAGO"]._replace(**RG), women=women, men=men) == {"given_name"}


def test_twins_whose_names_differ_by_a_letter_are_two_though_one_has_the_surname_first() -> None:
    one, other = BARE._replace(name="SILVA GLEIDSON TESTE"), BARE._replace(name="GLEIRSON TESTE SILVA")
    assert vetoes(one, other) == {"given_name"}


@pytest.mark.parametrize(
    ("other", "stopped"),
    [("CARLOS TESTE XAVIER", True), ("JOSE TESTE XAVIER", False), ("JOSE TESTE", False), ("JOSE SILVA", True)],
)
def test_rare_word_before_a_name_is_a_surname_where_both_go_on_alike(other: str, stopped: bool) -> None:
    one, rare = BARE._replace(name="RARO JOSE TESTE SILVA"), [phonetics.key("RARO")]
    assert (vetoes(one, BARE._replace(name=other), rare) == {"given_name"}) is stopped
    assert vetoes(one, BARE._replace(name=other)) == {"given_name"}


@pytest.mark.parametrize(
    ("written", "stopped"),
    [("SYLVA JOSE CARLO TESTE", False), ("SILVA JOSE CARLOS TESTI", False), ("SILVA JAIR CARLOS TESTE", True)],
)
def test_surname_first_and_misspelt_is_no_other_given_name(written: str, stopped: bool) -> None:
    assert (vetoes(BARE, BARE._replace(name=written)) == {"given_name"}) is stopped


def test_surname_first_with_another_short_given_name_is_for_a_human() -> None:
    assert vetoes(BARE._replace(name="ANA SOUZA LIMA"), BARE._replace(name="LIMA EVA SOUZA")) == {"given_name"}


def test_space_within_a_name_is_no_initial() -> None:
    assert vetoes(BARE._replace(name="LUCIANO TESTE"), BARE._replace(name="LUCIAN O TESTE")) == set()


def test_surname_alone_is_no_other_given_name_where_the_cpf_is_one() -> None:
    alone = HE._replace(name="SILVA")
    assert vetoes(HE, alone) == set()
    assert vetoes(HE, alone._replace(name="XAVIER")) == {"given_name"}
    assert vetoes(BARE, alone._replace(cpf="")) == {"given_name"}


@pytest.mark.parametrize(("one", "other"), [("JOSE", "JOSE"), ("JOSE", "JOSE TESTE"), ("JOSE TESTE", "JOSE TESTE")])
def test_names_of_a_word_or_two_can_be_compared(one: str, other: str) -> None:
    mine, theirs = BARE._replace(name=one, rji="18012345678"), BARE._replace(name=other, rji="18099999999")
    assert vetoes(mine, theirs) <= {"documents"}


def test_one_name_misspelt_on_one_cpf_is_no_brother() -> None:
    later = HE._replace(name="JOSE CARLOS TESTI SILVO", birth=date(1998, 9, 24))
    assert vetoes(HE, later) == set()
    valdir, valmir = (HE._replace(name=f"{name} TESTE SILVA") for name in ("VALDIR", "VALMIR"))
    born_later = valmir._replace(birth=date(1998, 9, 24))
    assert vetoes(valdir, born_later) == {"birth"}
    assert vetoes(valdir, born_later, unattested=[phonetics.key("VALMIR")]) == set()


def test_cpf_of_wrong_digits_is_another_document_but_no_other_cpf() -> None:
    wrong = HE._replace(cpf="98765432101")
    assert vetoes(HE, wrong) == set()
    assert vetoes(HE, wrong._replace(name="JOZE CARLOS TESTE SILVA")) == {"documents"}
    assert vetoes(HE, wrong._replace(name="JOZE CARLOS TESTE SILVA", cpf=OTHER_CPF)) == {"cpf", "documents"}
    assert vetoes(HE, wrong._replace(name="JOZE CARLOS TESTE SILVA", cpf="12345678999")) == set()


@pytest.mark.parametrize(
    ("cpf", "stopped"),
    [(OTHER_CPF, True), ("98765432101", False), ("12345678990", False), ("12345678999", False), ("", False)],
)
def test_only_two_right_cpfs_that_differ_conflict(cpf: str, stopped: bool) -> None:
    assert (vetoes(HE, HE._replace(cpf=cpf)) == {"cpf"}) is stopped


def test_other_name_of_the_same_first_name_tells_nothing() -> None:
    short = BARE._replace(name="JOSE TESTE SILVA")
    assert vetoes(BARE, short) == vetoes(BARE._replace(alias=short.name), short) == {"second_name"}


def test_surnames_left_out_misspelt_or_abbreviated_are_no_like_names_of_twins() -> None:
    one, other = (BARE._replace(name="JOSE TESTE SILVA", rji=rji) for rji in ("18012345678", "18099999999"))
    for written in ("JOSE SILVA", "JOSE TESTI SILVA", "JOSE T SILVA"):
        assert vetoes(one, other._replace(name=written)) == set()
    assert vetoes(one, other._replace(name="JOSE CARLOS TESTE SILVA")) == {"second_name", "documents"}
    assert vetoes(one, other._replace(name="JOZE TESTE SILVA")) == {"documents"}


def test_every_veto_is_explained() -> None:
    assert all(veto.text.endswith(".") for veto in VETOES)
