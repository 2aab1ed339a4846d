"""What searches read of a person."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections

from registry.models import Audience, NameKey, PendingPerson, Person, PersonSearch, Prisoner, Record, Situation
from registry.services import search_documents
from registry.values import lexemes, phonetics
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

LATER = make.UPDATED - timedelta(days=10)


def document(record: Record) -> PersonSearch:
    search_documents.refresh([record.person_id])
    return PersonSearch.objects.get(person=record.person_id)


def key_ids(*words: str) -> list[int]:
    ids = dict(NameKey.objects.values_list("key", "id"))
    return [ids[phonetics.key(word)] for word in words]


def one_person(*records: Record) -> Sequence[Record]:
    Record.objects.filter(pk__in=[record.pk for record in records]).update(person=records[0].home_id)
    for record in records:
        record.refresh_from_db()
    return records


def test_all_names_are_in_it_once() -> None:
    record = make.make_prisoner(name="José da Silva", social_name="Joana Silva")
    make.make_name(record=record, kind="ALCUNHA", value="Zé")
    make.make_name(record=record, kind="NOME", value="JOSE DA SILVA")
    make.make_name(record=record, kind="PAI", value="Pedro")
    assert document(record).names == "JOSE DA SILVA|JOANA SILVA|ZE"


def test_mothers_and_births_come_from_records_and_other_names() -> None:
    record = make.make_prisoner(mother_name="Ana Lima", birth_date=date(1990, 2, 1))
    make.make_name(record=record, kind="MAE", value="Anna de Lima")
    make.make_name(record=record, kind="NASC", value="02/01/1990")
    make.make_name(record=record, kind="NASC", value="não sabe")
    found = document(record)
    assert found.mothers == "ANA LIMA|ANNA DE LIMA"
    assert found.births == [date(1990, 2, 1), date(1990, 1, 2)]


def test_keys_are_names_in_order_mothers_negative_years_and_states() -> None:
    record = make.make_prisoner(name="José da Silva", mother_name="Ana Silva", birth_date=date(1990, 2, 1))
    keys = document(record).keys
    jose, silva, ana = key_ids("JOSE", "SILVA", "ANA")
    assert keys == [jose, silva, -ana, -silva, lexemes.of_year(1990), lexemes.of_state("AL")]


def test_same_sound_has_the_same_key() -> None:
    one, other = make.make_prisoner(name="WESLEY SOUZA"), make.make_prisoner(name="UESLEI SOUSA")
    assert document(one).keys[:2] == document(other).keys[:2]


def test_records_of_several_states_and_kinds_make_one_document() -> None:
    visitor = make.make_visitor(origin=make.make_origin("PE"), sex="")
    prisoner = make.make_prisoner(sex="F", name="RITA TESTE")
    one_person(visitor, prisoner)
    found = document(visitor)
    assert (found.kinds, found.ufs, found.sex) == (["P", "V"], ["AL", "PE"], "F")
    assert found.names.startswith("RITA TESTE|")
    assert PersonSearch.objects.count() == 1


def test_whoever_is_a_lawyer_besides_has_a_document_for_each_audience() -> None:
    prisoner, lawyer = one_person(make.make_prisoner(name="ANA TESTE"), make.make_lawyer(name="ANITA SOUZA"))
    search_documents.refresh([prisoner.person_id])
    drawn = dict(PersonSearch.objects.values_list("audience", "names"))
    assert drawn == {Audience.LAWYERS: "ANA TESTE|ANITA SOUZA", Audience.OTHERS: "ANA TESTE"}
    search_documents.refresh_frequencies()
    counts = {
        key: (people, lawyers) for key, people, lawyers in NameKey.objects.values_list("key", "people", "lawyers")
    }
    assert [counts[phonetics.key(word)] for word in ("ANA", "ANITA")] == [(1, 1), (0, 1)]
    # Once the records are two persons again, each has one.
    Record.objects.filter(pk=lawyer.pk).update(person=lawyer.home)
    search_documents.refresh([prisoner.home_id, lawyer.home_id])
    drawn = dict(PersonSearch.objects.values_list("audience", "names"))
    assert drawn == {Audience.EVERYBODY: "ANA TESTE", Audience.LAWYERS: "ANITA SOUZA"}


def test_excluded_records_names_and_custodies_do_not_count() -> None:
    record = make.make_prisoner(name="ANA TESTE")
    make.make_name(record=record, removed_at=make.UPDATED)
    make.make_custody(prisoner=record, removed_at=make.UPDATED)
    found = document(record)
    assert (found.names, found.situation) == ("ANA TESTE", Situation.NONE)


def test_person_without_remaining_records_loses_its_document() -> None:
    record = make.make_prisoner()
    document(record)
    Record.objects.filter(pk=record.pk).update(removed_at=make.UPDATED)
    search_documents.refresh([record.person_id])
    assert not PersonSearch.objects.exists()


def test_merged_away_person_loses_its_document() -> None:
    one, other = make.make_prisoner(), make.make_prisoner()
    search_documents.refresh([one.person_id, other.person_id])
    one_person(one, other)
    search_documents.refresh([one.home_id, other.home_id])
    assert list(PersonSearch.objects.values_list("person", flat=True)) == [one.home_id]


def test_open_custody_says_where() -> None:
    custody = make.make_custody(regime="SEMIABERTO")
    found = document(custody.prisoner)
    place = (found.situation, found.uf, found.unit_id, found.regime)
    assert place == (Situation.CUSTODY, "AL", custody.unit_id, "SEMIABERTO")


def test_of_two_states_the_last_custody_counts() -> None:
    early = make.make_custody(started_at=LATER - timedelta(days=50)).prisoner
    late = make.make_prisoner(origin=make.make_origin("PE"))
    make.make_custody(prisoner=late, started_at=LATER)
    one_person(early, late)
    assert document(early).uf == "PE"


@pytest.mark.parametrize(
    ("kind", "situation"),
    [
        ("HOSP", Situation.TRANSIT),
        ("RET_HOSP", Situation.CUSTODY),
        ("PROG", Situation.CUSTODY),
        ("FUGA", Situation.FUGITIVE),
        ("OBITO", Situation.DEAD),
    ],
)
def test_movement_during_custody_decides(kind: str, situation: Situation) -> None:
    prisoner = make.make_custody().prisoner
    make.make_movement(prisoner=prisoner, kind=kind, occurred_at=LATER)
    assert document(prisoner).situation == situation


@pytest.mark.parametrize(
    ("kind", "situation"), [("ALVARA", Situation.RELEASED), ("EVASAO", Situation.FUGITIVE), ("OBITO", Situation.DEAD)]
)
def test_movement_after_custody_decides_and_no_place_is_left(kind: str, situation: Situation) -> None:
    prisoner = make.make_custody(ended_at=LATER).prisoner
    make.make_movement(prisoner=prisoner, kind=kind, occurred_at=LATER)
    found = document(prisoner)
    assert (found.situation, found.uf, found.unit_id, found.regime) == (situation, "", None, "")


def test_custody_after_an_escape_is_custody() -> None:
    prisoner = make.make_custody(started_at=LATER).prisoner
    make.make_movement(prisoner=prisoner, kind="FUGA", occurred_at=LATER - timedelta(days=1))
    assert document(prisoner).situation == Situation.CUSTODY


@pytest.mark.parametrize(
    ("fields", "situation"), [({"died_on": date(2026, 1, 1)}, Situation.DEAD), ({}, Situation.NONE)]
)
def test_without_custody_or_movement(fields: dict[str, Any], situation: Situation) -> None:
    assert document(make.make_prisoner(**fields)).situation == situation


def test_only_visitor_or_lawyer_has_no_passage() -> None:
    assert document(make.make_visitor()).situation == Situation.NONE
    assert document(make.make_lawyer()).kinds == ["L"]


def test_refreshing_again_changes_nothing() -> None:
    record = make.make_custody().prisoner
    before = PersonSearch.objects.filter(pk=document(record).pk).values().get()
    search_documents.refresh([record.person_id])
    assert PersonSearch.objects.values().get() == before


def test_waiting_persons_are_taken_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.services.search_documents.refreshing.BATCH", 2)
    records = [make.make_prisoner() for _ in range(5)]
    PendingPerson.objects.bulk_create(PendingPerson(person_id=record.person_id) for record in records)
    assert search_documents.refresh() == 5
    assert PersonSearch.objects.count() == 5
    assert not PendingPerson.objects.exists()


def test_person_without_any_record_has_no_document() -> None:
    person = Person.objects.create()
    assert search_documents.refresh([person.pk]) == 1
    assert not PersonSearch.objects.exists()


def test_key_in_use_is_never_counted_as_nobodys() -> None:
    document(make.make_visitor(name="ANA TESTE", mother_name="RITA TESTE"))
    document(make.make_visitor(name="RITA TESTE", mother_name=""))
    counts = {key.key: key for key in NameKey.objects.all()}
    assert (counts[phonetics.key("ANA")].people, counts[phonetics.key("ANA")].mothers) == (1, 0)
    assert (counts[phonetics.key("RITA")].people, counts[phonetics.key("RITA")].mothers) == (1, 1)


def test_many_refreshed_documents_are_counted_at_once() -> None:
    records = [make.make_prisoner(name="ANA TESTE") for _ in range(3)]
    PendingPerson.objects.bulk_create(PendingPerson(person_id=record.person_id) for record in records)
    search_documents.refresh()
    (ana,) = key_ids("ANA")
    assert NameKey.objects.get(pk=ana).people == 3


def test_frequencies_count_persons_not_words() -> None:
    for name in ("SILVA SILVA", "ANA SILVA"):
        document(make.make_prisoner(name=name, mother_name="RITA SILVA"))
    search_documents.refresh_frequencies()
    (silva,) = key_ids("SILVA")
    assert NameKey.objects.filter(pk=silva).values_list("people", "mothers").get() == (2, 2)
    Prisoner.objects.update(removed_at=make.UPDATED)
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    assert search_documents.refresh_frequencies() == 3
    assert set(NameKey.objects.values_list("people", "mothers")) == {(0, 0)}


@pytest.mark.django_db(databases=["default", "audit", "owner"])
def test_refresh_leaves_no_keys_beside_their_index() -> None:
    with connections["owner"].cursor() as owner:
        assert document(make.make_prisoner(name="FULANO DE TESTE")).keys
        owner.execute("SELECT gin_clean_pending_list('search_keys')")
        assert owner.fetchone() == (0,)
        PersonSearch.objects.update(keys=[1, 2])
        owner.execute("SELECT gin_clean_pending_list('search_keys')")
        assert owner.fetchone() > (0,)
