"""Mother, birth and documents."""

from datetime import date

import pytest

from registry.scope import Scope
from registry.selectors.search import Criteria, Precision, from_json, to_json
from registry.selectors.search.criteria import Filters
from registry.values import cpf
from registry.values.dates import parse_birth_query
from registry.values.identity_strength import IdentityStrength
from tests.factories.registry import (
    make_case,
    make_cpf,
    make_document,
    make_lawyer,
    make_name,
    make_prisoner,
)
from tests.registry.selectors.search.conftest import Find

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_the_mother_tells_namesakes_apart(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", mother_name="IVONE PEREIRA")
    make_prisoner(name="JOÃO PEREIRA", mother_name="MARIA APARECIDA DOS SANTOS")
    found = find(text="joão pereira", mother="maria aparecida")
    assert found.cards[0].mother == "Maria Aparecida dos Santos"
    assert "mãe: todas as partes" in [reason.label for reason in found.cards[0].reasons]
    assert all(card.score < found.cards[0].score for card in found.cards[1:])


def test_the_mother_alone_is_enough(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", mother_name="MARIA APARECIDA DOS SANTOS")
    make_prisoner(name="MARIA APARECIDA SANTOS", mother_name="IVONE TESTE")
    assert [card.name for card in find(mother="aparecida santos").cards] == ["João Pereira"]


def test_another_name_of_the_mother_counts_and_is_the_one_shown(find: Find) -> None:
    record = make_prisoner(name="JOÃO PEREIRA", mother_name="MARIA PEREIRA")
    make_name(record=record, kind="MAE", value="MARIA QUINTELA")
    found = find(text="joão pereira", mother="maria quintela")
    assert found.cards[0].mother == "Maria Quintela"


def test_an_unknown_mother_is_kept_and_told(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", mother_name="")
    make_prisoner(name="RUBENS", mother_name="IVONE QUINTELA")
    found = find(text="joão pereira", mother="ivone quintela", precision=Precision.BROAD)
    card = next(card for card in found.cards if card.name == "João Pereira")
    assert "mãe não informada" in [reason.label for reason in card.reasons]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("12/03/1991", "nascimento igual"),
        ("03/1991", "mês e ano iguais"),
        ("1991", "ano igual"),
        ("1989-1993", "nascimento no período"),
        ("03/12/1991", "dia e mês trocados"),
    ],
)
def test_a_birth_is_a_day_a_month_a_year_or_a_range(find: Find, asked: str, reason: str) -> None:
    make_prisoner(name="JOÃO PEREIRA", birth_date=date(1991, 3, 12))
    make_prisoner(name="JOÃO PEREIRA", birth_date=date(1975, 8, 30))
    found = find(text="joão pereira", birth=parse_birth_query(asked))
    assert [card.birth for card in found.cards] == [date(1991, 3, 12)]
    assert reason in [why.label for why in found.cards[0].reasons]


def test_the_first_of_january_stands_for_the_year(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", birth_date=date(1991, 1, 1))
    found = find(text="joão pereira", birth=parse_birth_query("12/03/1991"))
    assert "só o ano igual (1º de janeiro)" in [reason.label for reason in found.cards[0].reasons]


def test_a_broad_search_allows_two_years_around(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", birth_date=date(1990, 3, 12))
    asked = parse_birth_query("12/03/1991")
    assert find(text="joão pereira", birth=asked).total == 0
    assert find(text="joão pereira", birth=asked, precision=Precision.BROAD).total == 1


def test_a_birth_alone_finds(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", birth_date=date(1991, 3, 12))
    make_prisoner(name="RUBENS", birth_date=date(1975, 8, 30))
    assert [card.name for card in find(birth=parse_birth_query("1991")).cards] == ["João Pereira"]


def test_a_cpf_finds_one_person_punctuated_or_not(find: Find) -> None:
    number = make_cpf()
    make_prisoner(name="JOÃO PEREIRA", cpf=number)
    make_prisoner(name="RUBENS QUEIROZ", cpf=make_cpf())
    for text in (number, cpf.display(number)):
        found = find(text=text)
        assert [card.name for card in found.cards] == ["João Pereira"]
        assert [reason.label for reason in found.cards[0].reasons] == ["CPF igual"]


def test_a_cpf_kept_only_as_a_document_finds(find: Find) -> None:
    number = make_cpf()
    record = make_prisoner(name="JOÃO PEREIRA")
    make_document(record=record, kind="CIN", raw=number, number=number)
    assert find(document=number).total == 1


def test_rg_rji_registration_case_and_oab_find(find: Find) -> None:
    record = make_prisoner(name="JOÃO PEREIRA", rji="18012345678", registration="A55001")
    make_document(record=record, raw="1.234.567 SSP/AL", number="1234567")
    make_case(prisoner=record, npu="00012348520208020001")
    make_lawyer(name="CLARA ADVOGADA", oab_number="4321")
    for text, why in {
        "RG 1.234.567": "RG igual",
        "180123456-78": "RJI igual",
        "A55001": "matrícula igual",
        "0001234-85.2020.8.02.0001": "processo igual",
        "OAB/AL 4.321": "OAB igual",
    }.items():
        found = find(text=text)
        assert [reason.label for reason in found.cards[0].reasons if found.total == 1] == [why], text


def test_a_document_that_nobody_has_finds_nobody_even_with_a_name(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", cpf=make_cpf())
    assert find(text="joão pereira", document=make_cpf()).total == 0


def test_a_document_and_a_different_name_still_find_its_holder(find: Find) -> None:
    number = make_cpf()
    make_prisoner(name="JOÃO PEREIRA", cpf=number)
    assert find(text="rubens queiroz", document=number).total == 1


def test_lawyers_are_found_only_by_who_may_see_them(find: Find) -> None:
    make_lawyer(name="CLARA ADVOGADA", oab_number="4321", cpf="")
    for asked in ({"text": "clara advogada"}, {"text": "OAB/AL 4321"}):
        assert find(**asked).total == 1
        hidden = find(**asked, scope=Scope())
        assert hidden.total == 0
        assert all(not facet.counts for facet in hidden.facets)


def test_criteria_survive_their_json() -> None:
    criteria = Criteria(
        text="a",
        mother="b",
        birth=parse_birth_query("03/1991"),
        document="1234567",
        precision=Precision.BROAD,
        filters=Filters(uf=("AL", "PE"), kind=("P",)),
    )
    assert from_json(to_json(criteria)) == criteria


def test_criteria_do_not_show_in_a_log() -> None:
    shown = repr(Criteria(text="segredo", mother="segredo", document="segredo", birth=parse_birth_query("1991")))
    assert "segredo" not in shown
    assert "1991" not in shown


def test_the_father_tells_namesakes_apart_and_finds_by_himself(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", father_name="RUBENS TAVARES")
    make_prisoner(name="JOÃO PEREIRA", father_name="")
    make_prisoner(name="RUBENS TAVARES", mother_name="IVONE TAVARES")
    found = find(text="joão pereira", father="rubens tavares")
    assert [reason.label for reason in found.cards[0].reasons] == ["nome igual", "pai igual"]
    assert "pai não informado" in [reason.label for reason in found.cards[1].reasons]
    assert [card.name for card in find(father="rubens tavares").cards] == ["João Pereira"]


def test_a_document_one_digit_off_is_found_and_told_apart(find: Find) -> None:
    number = make_cpf(7)
    make_prisoner(name="JOÃO PEREIRA", cpf=number, registration="A55001")
    wrong = number[:3] + str((int(number[3]) + 1) % 10) + number[4:]
    for asked, why in ((wrong, "CPF com um dígito de diferença"), ("A55010", "matrícula com um dígito de diferença")):
        found = find(document=asked)
        assert [reason.label for reason in found.cards[0].reasons] == [why]
        assert find(document=asked, precision=Precision.EXACT).total == 0


def test_an_exact_document_leaves_near_ones_out(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", registration="A55001")
    make_prisoner(name="RUBENS QUEIROZ", registration="A55002")
    assert [card.name for card in find(document="A55001").cards] == ["João Pereira"]


def test_namesakes_are_counted_and_the_strength_of_identity_is_told(find: Find) -> None:
    make_prisoner(name="JOÃO PEREIRA", cpf=make_cpf(1))
    make_prisoner(name="JOAO PEREYRA", cpf="", rji="", mother_name="", birth_date=None)
    make_prisoner(name="JOÃO PEREIRA LIMA", cpf="", rji="")
    found = {card.name: (card.homonyms, card.strength) for card in find(text="joão pereira").cards}
    assert found["João Pereira"] == (1, IdentityStrength.STRONG)
    assert found["Joao Pereyra"] == (1, IdentityStrength.WEAK)
    assert found["João Pereira Lima"] == (0, IdentityStrength.FAIR)
