"""How two records agree."""

from datetime import date
from typing import Any

import pytest

from registry.matching.subjects import Source
from tests.registry.matching.asking import levels

HE = Source(
    1, "JOSE CARLOS TESTE SILVA", "MARIA TESTE LIMA", "PEDRO SILVA", birth=date(1990, 5, 17), sex="M",
    cpf="12345678909", rji="18012345678", rg="1234567", rg_uf="AL", birthplace="2704302",
)  # fmt: skip


@pytest.mark.parametrize(
    ("feature", "changes", "level"),
    [
        ("name", {}, "equal"),
        ("name", {"name": "JOZE CARLOS TESTE SILVA"}, "sounds"),
        ("name", {"name": "JOSE SILVA"}, "contained"),
        ("name", {"name": "JOSE C. T. SILVA"}, "contained"),
        ("name", {"name": "SILVA JOSE CARLOS TESTE"}, "reordered"),
        ("name", {"name": "JOSE CARLOS TESTE SILVAO"}, "close"),
        ("name", {"name": "JOSE PEREIRA SILVA"}, "ends"),
        ("name", {"name": "JOSE CARLOS PEREIRA"}, "given_and_surname"),
        ("name", {"name": "CARLOS SILVA"}, "words"),
        ("name", {"name": "ANA XAVIER"}, "different"),
        ("mother_name", {"mother": "MARIA"}, "contained"),
        ("mother_name", {"mother": "MARIA LIMA"}, "contained"),
        ("mother_name", {"mother": "MARIA SOUZA LIMA"}, "ends"),
        ("birth_date", {"birth": date(1990, 1, 1)}, "first_january"),
        ("birth_date", {"birth": date(1990, 5, 18)}, "one_digit"),
        ("cpf", {"cpf": "12345678908"}, "one_digit"),
        ("cpf", {"cpf": "12345678990"}, "one_digit"),
        ("cpf", {"cpf": "12345678918"}, "two_digits"),
        ("cpf", {"cpf": "98765432100"}, "different"),
        ("rg", {}, "equal"),
        ("rg", {"rg_uf": ""}, "number"),
        ("rg", {"rg": "1234568"}, "one_digit"),
        ("rg", {"rg": "7654321"}, "different"),
        ("oab", {"oab": "AL1234"}, "different"),
    ],
)
def test_level_of_a_change(feature: str, changes: dict[str, Any], level: str) -> None:
    assert levels(HE, HE._replace(**changes))[feature] == level


@pytest.mark.parametrize(
    ("feature", "changes"),
    [
        ("rg", {"rg": "7654321", "rg_uf": "PE"}),
        ("rg", {"rg_uf": "PE"}),
        ("rg", {"rg": "7654321", "rg_uf": ""}),
        ("rg", {"rg": ""}),
        ("mother_name", {"mother": "NÃO DECLARADO"}),
        ("birth_date", {"birth": None}),
    ],
)
def test_what_says_nothing(feature: str, changes: dict[str, Any]) -> None:
    assert feature not in levels(HE, HE._replace(**changes))


def test_day_and_month_exchanged() -> None:
    assert levels(HE._replace(birth=date(1990, 5, 7)), HE._replace(birth=date(1990, 7, 5)))["birth_date"] == "swapped"


def test_lawyers() -> None:
    one = HE._replace(oab="AL1234")
    assert levels(one, one)["oab"] == "equal"
    assert levels(one, one._replace(oab="PE777A"))["oab"] == "both"
