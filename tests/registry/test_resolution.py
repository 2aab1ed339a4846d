"""Which records the rules join, and what they must never join."""

from datetime import date
from typing import Any

import pytest

from audit.events import system
from registry.models import Judgement, PendingPerson, PendingRecord, Record, Verdict
from registry.services import resolution
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = system("test")
BORN = date(1990, 5, 17)
HE: dict[str, Any] = {"name": "JOÃO PEDRO DE TESTE", "mother_name": "MARIA DE TESTE", "birth_date": BORN}


def wait(*records: Record) -> None:
    for record in records:
        PendingRecord.objects.get_or_create(record_id=record.pk)


def settle(*records: Record) -> resolution.Settled:
    wait(*records)
    return resolution.settle(by=BY)


def joined(a: Record, b: Record) -> bool:
    a.refresh_from_db()
    b.refresh_from_db()
    return a.person_id == b.person_id


@pytest.fixture
def cpf() -> str:
    return make.make_cpf()


def two(one: dict[str, Any], other: dict[str, Any]) -> tuple[Record, Record]:
    return make.make_prisoner(**{**HE, **one}), make.make_prisoner(**{**HE, **other})


def test_normalised_columns_follow_the_text() -> None:
    record = make.make_prisoner(name="José d'Ávila", mother_name="Conceição", name_norm="", mother_norm="old")
    settle(record)
    record.refresh_from_db()
    assert (record.name_norm, record.mother_norm) == ("JOSE DAVILA", "CONCEICAO")


def test_same_name_mother_and_birth_is_one_person_across_states_and_kinds() -> None:
    prisoner = make.make_prisoner(**HE)
    visitor = make.make_visitor(**{**HE, "name": "Joao Pedro de Teste"}, origin=make.make_origin("PE"))
    settled = settle(prisoner, visitor)
    assert joined(prisoner, visitor)
    assert (settled.records, settled.judged, settled.moved) == (2, 1, 1)
    assert Judgement.objects.get().judge == "rule:name-mother-birth/1"


@pytest.mark.parametrize(
    "other",
    [
        {"name": "JOÃO MARCOS DE TESTE"},
        {"mother_name": "MARTA DE TESTE"},
        {"birth_date": date(1990, 5, 18)},
        {"mother_name": ""},
    ],
    ids=["twin", "other mother", "other birth", "no mother"],
)
def test_one_difference_keeps_two_persons_without_a_document(other: dict[str, Any]) -> None:
    a, b = two({}, other)
    settle(a, b)
    assert not joined(a, b)


@pytest.mark.parametrize(
    "same", [{"mother_name": ""}, {"mother_name": "NÃO INFORMADA"}, {"mother_name": "MARIA"}, {"name": "JOÃO"}]
)
def test_words_that_name_nobody_join_nobody(same: dict[str, Any]) -> None:
    a, b = two(same, same)
    settle(a, b)
    assert not joined(a, b)


def test_two_different_valid_cpfs_speak_for_two_people() -> None:
    a, b = two({"cpf": make.make_cpf()}, {"cpf": make.make_cpf()})
    settle(a, b)
    assert not joined(a, b)


@pytest.mark.parametrize(
    ("other", "outcomes"),
    [
        ({"mother_name": ""}, ["equal", "equal", "equal"]),
        ({"name": "JOAO P TESTE"}, ["equal", "compatible", "equal"]),
        ({"birth_date": date(1990, 5, 17), "name": "JOAO PEDRO TESTE"}, ["equal", "compatible", "equal"]),
        ({"birth_date": None}, ["equal", "equal", "missing"]),
    ],
)
def test_same_cpf_joins_compatible_names(cpf: str, other: dict[str, Any], outcomes: list[str]) -> None:
    a, b = two({"cpf": cpf}, {"cpf": cpf, **other})
    settle(a, b)
    assert joined(a, b)
    judgement = Judgement.objects.get()
    assert judgement.judge == "rule:cpf/1"
    assert [reason["outcome"] for reason in judgement.reasons] == outcomes
    assert judgement.score == sum(reason["weight"] for reason in judgement.reasons)


def test_same_cpf_joins_day_and_month_exchanged(cpf: str) -> None:
    a, b = two({"cpf": cpf, "birth_date": date(1990, 5, 7)}, {"cpf": cpf, "birth_date": date(1990, 7, 5)})
    settle(a, b)
    assert joined(a, b)


@pytest.mark.parametrize(
    "other", [{"name": "CARLOS DE TESTE"}, {"birth_date": date(1961, 1, 2)}], ids=["another name", "another birth"]
)
def test_shared_cpf_does_not_join_who_differs(cpf: str, other: dict[str, Any]) -> None:
    a, b = two({"cpf": cpf}, {"cpf": cpf, **other})
    settle(a, b)
    assert not joined(a, b)


def test_cpf_of_a_crowd_joins_nobody(cpf: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.matching.rules.MOST_RECORDS", 2)
    records = [make.make_prisoner(**{**HE, "mother_name": "", "cpf": cpf}) for _ in range(2)]
    settle(*records)
    assert joined(*records)
    settle(make.make_prisoner(**{**HE, "mother_name": "", "cpf": cpf}))
    assert not joined(*records)
    assert not Judgement.objects.standing().exists()


def test_crowd_of_one_name_joins_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.matching.rules.MOST_RECORDS", 2)
    records = two({}, {})
    settle(*records)
    assert joined(*records)
    settle(make.make_prisoner(**HE))
    assert not joined(*records)


def test_reasons_hold_no_personal_value(cpf: str) -> None:
    settle(*two({"cpf": cpf}, {"cpf": cpf}))
    text = str(Judgement.objects.get().reasons)
    assert cpf not in text
    assert "TESTE" not in text
    assert "1990" not in text


def test_person_is_the_home_of_the_lowest_record() -> None:
    first, second, third = (make.make_prisoner(**HE, name_norm="") for _ in range(3))
    settle(third, second)
    third.refresh_from_db()
    assert third.person_id == second.home_id
    settle(first)
    assert {r.person_id for r in Record.objects.all()} == {first.home_id}


def test_settling_again_changes_nothing() -> None:
    records = two({}, {})
    settle(*records)
    again = settle(*records)
    assert (again.judged, again.revoked, again.moved) == (0, 0, 0)
    assert Judgement.objects.count() == 1


def test_corrected_record_leaves_the_person_and_ids_stay(cpf: str) -> None:
    a, b = two({"cpf": cpf}, {"cpf": cpf, "mother_name": ""})
    settle(a, b)
    Record.objects.filter(pk=b.pk).update(name="CARLOS DE TESTE")
    settled = settle(b)
    assert (settled.revoked, settled.moved) == (1, 1)
    assert not joined(a, b)
    assert (a.person_id, b.person_id) == (a.home_id, b.home_id)
    assert Judgement.objects.get().revoked_by == "rule:cpf/1"


def test_corrected_cpf_hands_over_to_the_next_rule(cpf: str) -> None:
    a, b = two({"cpf": cpf}, {"cpf": cpf})
    settle(a, b)
    Record.objects.filter(pk=b.pk).update(cpf="")
    settle(b)
    assert joined(a, b)
    assert Judgement.objects.standing().get().judge == "rule:name-mother-birth/1"


def test_persons_that_won_or_lost_records_wait_for_their_documents() -> None:
    a, b = two({}, {})
    settle(a, b)
    assert set(PendingPerson.objects.values_list("person", flat=True)) == {a.home_id, b.home_id}


def test_removed_judgement_of_a_chain_splits_it() -> None:
    first, middle, last = (make.make_prisoner(name=f"{name} TESTE") for name in ("ANA", "BIA", "CLARA"))
    make.make_judgement(first, middle)
    chain = make.make_judgement(middle, last)
    settle(first)
    assert {r.person_id for r in Record.objects.all()} == {first.home_id}
    chain.delete()
    settle(first)
    assert joined(first, middle)
    assert not joined(middle, last)


def test_human_different_wins_over_rules_and_chains(cpf: str) -> None:
    a, b = two({"cpf": cpf}, {"cpf": cpf})
    between = make.make_prisoner(**HE, cpf=cpf)
    make.make_judgement(a, b, verdict=Verdict.DIFFERENT)
    settle(a, b, between)
    assert not joined(a, b)
    assert joined(a, between) or joined(b, between)
