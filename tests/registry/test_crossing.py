"""Crossings follow the records: each kind from the facts that make it, and gone when these are."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from registry.models import (
    ContactKey,
    Crossing,
    CrossingKind,
    Crowd,
    PendingCrossing,
    PendingRecord,
    Person,
    Record,
    SealedPerson,
    Unidentified,
)
from registry.services import crossing, search_documents
from tests.factories import registry as make
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before, take_away

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DOOR = "Rua das Acácias, 120, Centro, Maceió - AL"


def _cross() -> None:
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    crossing.refresh()


def _of(kind: CrossingKind) -> list[Crossing]:
    return list(Crossing.objects.filter(kind=kind).order_by("-weight", "id"))


def _pair(found: Crossing) -> set[int | None]:
    return {found.person_id, found.other_id}


def _strangers(**fields: Any) -> tuple[Record, Record]:
    """A prisoner and a visitor of nobody, with nothing in common but what is given."""
    prisoner = make.make_prisoner(name="JOÃO DE TAL", birth_date=date(1980, 1, 2), **fields)
    return prisoner, make.make_visitor(name="ANA DE QUAL", birth_date=date(1991, 3, 4), **fields)


def test_nothing_is_crossed_of_ordinary_people() -> None:
    make.make_visit(visitor=make.make_visitor(), prisoner=make.make_prisoner())
    _cross()
    assert not Crossing.objects.exists()


def test_a_visitor_who_was_a_prisoner_elsewhere() -> None:
    prisoner = make.make_prisoner(origin=make.make_origin("PE"))
    make.make_visit(visitor=make.make_visitor(origin=make.make_origin("AL"), person=prisoner.person))
    _cross()
    [found] = _of(CrossingKind.VISITOR_PRISONER)
    assert found.person == prisoner.person
    assert (found.ufs, found.marks, found.lawyer) == (["AL", "PE"], ["elsewhere"], False)
    assert (found.detail["visits"], found.detail["prisoners"]) == (1, 1)


@pytest.mark.parametrize(
    ("ended", "modality", "marks"),
    [
        (None, "CELA_FISICA", ["held_visit", "held_now"]),
        (NOW - 10 * DAY, "CELA_FISICA", ["held_visit"]),
        (NOW - 60 * DAY, "CELA_FISICA", []),
        (None, "MONITORADO", ["held_now"]),
    ],
)
def test_a_visit_counts_as_made_in_custody_only_within_a_stay_in_a_cell(
    ended: datetime | None, modality: str, marks: list[str]
) -> None:
    prisoner = make.make_prisoner()
    unit = make.make_unit(modality=modality)
    make.make_custody(prisoner=prisoner, unit=unit, started_at=NOW - 90 * DAY, ended_at=ended)
    make.make_visit(visitor=make.make_visitor(person=prisoner.person), entered_at=NOW - 30 * DAY)
    _cross()
    assert _of(CrossingKind.VISITOR_PRISONER)[0].marks == marks


def test_a_visitor_of_whom_they_were_imprisoned_with() -> None:
    unit = make.make_unit()
    visitor = make.make_visitor()
    once = make.make_prisoner(person=visitor.person)
    make.make_custody(prisoner=once, unit=unit, started_at=NOW - 900 * DAY, ended_at=NOW - 700 * DAY)
    mate = make.make_custody(unit=unit, started_at=NOW - 800 * DAY).prisoner
    stranger = make.make_custody(unit=unit, started_at=NOW - 600 * DAY).prisoner
    for prisoner in (mate, stranger):
        make.make_visit(visitor=visitor, prisoner=prisoner)
    _cross()
    [found] = _of(CrossingKind.VISITOR_PRISONER)
    assert (found.marks, found.detail["together"]) == (["together"], 1)
    assert found.named[0] == mate.person_id


def test_a_visitor_of_many_counts_persons_and_knows_close_kin() -> None:
    visitor = make.make_visitor()
    same = make.make_prisoner()
    others = [make.make_prisoner(person=same.person), make.make_prisoner(origin=make.make_origin("PE"))]
    for prisoner in (same, *others):
        make.make_visit(visitor=visitor, prisoner=prisoner, origin=visitor.origin)
    make.make_link(visitor=visitor, prisoner=others[1], kinship="MAE")
    _cross()
    [found] = _of(CrossingKind.VISITOR_OF_MANY)
    assert (found.weight, sorted(found.close), found.detail["contacts"]) == (2, [False, True], 3)


def test_contacts_in_common_link_strangers_alone() -> None:
    prisoner, visitor = _strangers(phone="(82) 90000-0001", address=DOOR)
    _cross()
    assert _pair(_of(CrossingKind.SAME_PHONE)[0]) == _pair(_of(CrossingKind.SAME_ADDRESS)[0])
    assert _pair(_of(CrossingKind.SAME_PHONE)[0]) == {prisoner.person_id, visitor.person_id}
    make.make_visit(visitor=visitor.visitor, prisoner=prisoner.prisoner)
    _cross()
    assert not Crossing.objects.exists()


def test_who_visits_the_same_prisoner_is_linked_already() -> None:
    _, visitor = _strangers(address=DOOR)
    other = make.make_visitor(name="RITA DE OUTRA", birth_date=date(1970, 5, 5), address=DOOR)
    shared = make.make_prisoner()
    for one in (visitor.visitor, other):
        make.make_visit(visitor=one, prisoner=shared)
    _cross()
    assert all(
        visitor.person_id not in _pair(found) or other.person_id not in _pair(found)
        for found in _of(CrossingKind.SAME_ADDRESS)
    )
    assert len(_of(CrossingKind.SAME_ADDRESS)) == 2  # each with the stranger


def test_the_same_address_is_found_under_another_spelling() -> None:
    _strangers(address=DOOR)
    make.make_visitor(name="BIA", birth_date=date(1999, 9, 9), address="R DAS ACACIAS Nº 120 - MACEIÓ/AL")
    _cross()
    assert len(_of(CrossingKind.SAME_ADDRESS)) == 3


def test_a_crowd_is_filler_and_is_said_so() -> None:
    for number in range(9):
        make.make_visitor(name=f"VISITANTE {number}", birth_date=date(1950 + number, 1, 1), phone="(82) 90000-0002")
    _cross()
    assert _of(CrossingKind.SAME_PHONE) == []
    [crowd] = Crowd.objects.all()
    assert (crowd.kind, crowd.persons, crowd.ufs) == ("T", 9, ["AL"])


def test_a_crowd_that_shrinks_is_one_no_more() -> None:
    visitors = [make.make_visitor(birth_date=date(1950 + n, 1, 1), phone="(82) 90000-0002") for n in range(9)]
    _cross()
    for visitor in visitors[2:]:
        Record.objects.filter(pk=visitor.pk).update(phone="")
    _cross()
    assert not Crowd.objects.exists()
    assert len(_of(CrossingKind.SAME_PHONE)) == 1


def test_documents_and_photos_on_two_persons() -> None:
    cpf = make.make_cpf()
    one, other = _strangers(cpf=cpf)
    make.make_prisoner(rji="12345678901", birth_date=date(1960, 1, 1), name="A B")
    make.make_prisoner(rji="12345678901", birth_date=date(1961, 1, 1), name="C D")
    for record in (one, other):
        make.make_photo(record=record, sha256="ab" * 32)
    _cross()
    assert _pair(_of(CrossingKind.SAME_CPF)[0]) == _pair(_of(CrossingKind.SAME_PHOTO)[0])
    assert len(_of(CrossingKind.SAME_RJI)) == 1
    assert _of(CrossingKind.SAME_CPF)[0].weight == 70


def test_two_likely_registrations_of_one_person_weigh_less() -> None:
    cpf = make.make_cpf()
    make.make_prisoner(cpf=cpf)
    make.make_visitor(cpf=cpf, birth_date=date(1990, 5, 17))
    _cross()
    [found] = _of(CrossingKind.SAME_CPF)
    assert (found.weight, "alike" in found.marks) == (35, True)


def test_a_living_person_under_the_document_of_a_dead_one() -> None:
    cpf = make.make_cpf()
    make.make_prisoner(cpf=cpf, name="FALECIDO", birth_date=date(1950, 1, 1), died_on=date(2020, 1, 1))
    living = make.make_custody(prisoner=make.make_prisoner(cpf=cpf, name="VIVO OUTRO")).prisoner
    _cross()
    [found] = _of(CrossingKind.DEAD_DOCUMENT)
    assert living.person_id in _pair(found)
    assert (found.weight, found.detail["document"]) == (95, "CPF")


def test_one_person_in_two_cells_at_once() -> None:
    prisoner = make.make_prisoner()
    again = make.make_prisoner(person=prisoner.person, origin=make.make_origin("PE"))
    make.make_custody(prisoner=prisoner)
    make.make_custody(prisoner=again)
    _cross()
    [found] = _of(CrossingKind.TWO_UNITS)
    assert (found.ufs, found.marks) == (["AL", "PE"], ["across"])


def test_lawyers_who_visit_are_held_or_share_a_contact() -> None:
    lawyer = make.make_lawyer(phone="(82) 90000-0003")
    make.make_visitor(person=lawyer.person)
    make.make_custody(prisoner=make.make_prisoner(person=lawyer.person))
    make.make_visitor(name="BIA", birth_date=date(1999, 9, 9), phone="82 90000 0003")
    _cross()
    kinds = (CrossingKind.LAWYER_VISITOR, CrossingKind.LAWYER_PRISONER, CrossingKind.SAME_PHONE)
    assert [[found.lawyer for found in _of(kind)] for kind in kinds] == [[True], [True], [True]]
    assert _of(CrossingKind.LAWYER_PRISONER)[0].marks == ["held_now"]


def test_a_merge_moves_the_crossings_to_the_person_that_remains() -> None:
    prisoner, visitor = _strangers(phone="(82) 90000-0001")
    third = make.make_visitor(name="BIA", birth_date=date(1999, 9, 9), phone="(82) 90000-0001")
    _cross()
    assert len(_of(CrossingKind.SAME_PHONE)) == 3
    Record.objects.filter(pk=visitor.pk).update(person=prisoner.person)
    _cross()
    assert [_pair(found) for found in _of(CrossingKind.SAME_PHONE)] == [{prisoner.person_id, third.person_id}]
    assert [found.person_id for found in _of(CrossingKind.VISITOR_PRISONER)] == [prisoner.person_id]
    assert not ContactKey.objects.filter(person=visitor.home).exists()


def test_who_has_no_document_yet_is_crossed_once_they_have() -> None:
    cpf = make.make_cpf()
    one, other = _strangers(cpf=cpf, phone="(82) 90000-0001")
    PendingCrossing.objects.bulk_create([PendingCrossing(person_id=record.person_id) for record in (one, other)])
    assert crossing.refresh() == 2
    assert not Crossing.objects.exists()
    _cross()
    assert {found.kind for found in Crossing.objects.all()} == {CrossingKind.SAME_CPF, CrossingKind.SAME_PHONE}


def test_a_visitor_is_crossed_with_who_they_visit_once_they_have_a_document() -> None:
    visitor, prisoner = make.make_visitor(phone="(82) 90000-0001"), make.make_prisoner()
    make.make_visit(visitor=visitor, prisoner=prisoner)
    search_documents.refresh([prisoner.person_id])
    assert crossing.refresh() == 1
    assert not ContactKey.objects.filter(person=visitor.person).exists()
    search_documents.refresh([visitor.person_id])
    PendingCrossing.objects.update(person=prisoner.person)
    assert crossing.refresh() == 1
    assert ContactKey.objects.filter(person=visitor.person).exists()


def test_a_sealed_lawyer_who_visits_and_was_held_is_crossed_with_nothing() -> None:
    lawyer = make.make_lawyer()
    make.make_visit(visitor=make.make_visitor(person=lawyer.person))
    make.make_custody(prisoner=make.make_prisoner(person=lawyer.person))
    _cross()
    assert len(_of(CrossingKind.LAWYER_VISITOR)) == len(_of(CrossingKind.VISITOR_PRISONER)) == 1
    SealedPerson.objects.create(person=lawyer.person)
    _cross()
    assert not Crossing.objects.filter(person=lawyer.person).exists()


def test_crossing_again_changes_nothing() -> None:
    _strangers(phone="(82) 90000-0001", address=DOOR, cpf=make.make_cpf())
    _cross()
    fields = ("kind", "person", "other", "weight", "marks", "ufs", "detail")
    before = list(Crossing.objects.order_by("kind").values_list(*fields))
    keys = set(ContactKey.objects.values_list("pk", flat=True))
    crossing.mark_all()
    assert crossing.refresh() == 2
    assert list(Crossing.objects.order_by("kind").values_list(*fields)) == before
    assert set(ContactKey.objects.values_list("pk", flat=True)) == keys


def test_a_visit_that_a_load_brings_or_takes_reaches_the_crossings_of_known_people() -> None:
    origin = make.make_origin("AL")
    receive_before("vw_visita", origin)
    visitor = Record.objects.get(kind="V")
    make.make_prisoner(person=visitor.person, origin=make.make_origin("PE"))
    _cross()
    assert _of(CrossingKind.VISITOR_PRISONER)[0].detail["visits"] == 0
    PendingRecord.objects.all().delete()
    hand_over("vw_visita", [{"id_origem": "1", **ROWS["vw_visita"]}], origin)
    assert crossing.refresh() == 1
    assert _of(CrossingKind.VISITOR_PRISONER)[0].detail["visits"] == 1
    take_away("vw_visita", ["1"], origin)
    assert crossing.refresh() == 1
    assert _of(CrossingKind.VISITOR_PRISONER)[0].detail["visits"] == 0


@pytest.mark.parametrize(
    ("name", "mother", "cpf", "unnamed"),
    [
        ("NÃO IDENTIFICADO", "", "", True),
        ("Homem não identificado 3", "IGNORADA", "", True),
        ("JOSÉ", "NÃO DECLARADA", "", False),
        ("JOSÉ", "MARIA", "", None),
        ("JOSÉ", "", "1", None),
    ],
)
def test_who_has_no_known_identity(name: str, mother: str, cpf: str, unnamed: bool | None) -> None:
    make.make_prisoner(name=name, mother_name=mother, cpf=make.make_cpf() if cpf else "")
    _cross()
    assert list(Unidentified.objects.values_list("unnamed", flat=True)) == ([] if unnamed is None else [unnamed])


def test_the_command_rebuilds_everyone(capsys: pytest.CaptureFixture[str]) -> None:
    _strangers(phone="(82) 90000-0001")
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    PendingCrossing.objects.all().delete()
    call_command("refresh_crossings", "--all")
    assert "2 pessoas cruzadas" in capsys.readouterr().out
    assert len(_of(CrossingKind.SAME_PHONE)) == 1
