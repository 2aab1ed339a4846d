"""What is never joined without a human, and what is."""

from datetime import date
from typing import Any

import pytest

from registry.matching.subjects import Source
from registry.matching.vetoes import VETOES
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
    assert vetoes(one, one._replace(name=other, rji="18099999999")) == {"documents"}
    assert vetoes(one._replace(**RG), one._replace(name=other, rji="", rg="7654321", rg_uf="AL")) == {"documents"}
    assert vetoes(one, one._replace(name=other, rji="")) == set()
    assert vetoes(one, one._replace(rji="18099999999")) == set()
    assert vetoes(one._replace(**RG), one._replace(name=other, rji="18099999999", **RG)) == set()


@pytest.mark.parametrize(
    ("cpf", "stopped"),
    [(OTHER_CPF, True), ("98765432101", False), ("12345678990", False), ("12345678999", False), ("", False)],
)
def test_only_two_right_cpfs_that_differ_conflict(cpf: str, stopped: bool) -> None:
    assert (vetoes(HE, HE._replace(cpf=cpf)) == {"cpf"}) is stopped


def test_every_veto_is_explained() -> None:
    assert all(veto.text.endswith(".") for veto in VETOES)
