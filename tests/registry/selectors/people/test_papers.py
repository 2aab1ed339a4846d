"""Cases, documents, conduct and source records."""

from datetime import UTC, date, datetime

import pytest

from registry.selectors.people.cases import cases
from registry.selectors.people.conduct import conduct
from registry.selectors.people.documents import documents
from registry.selectors.people.sources import Agreement, sources
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, NO_LAWYERS, opened

pytestmark = pytest.mark.django_db


def test_a_case_with_its_offences() -> None:
    case = make.make_case(npu="00000015720268020001", sentence_years=5, sentence_months=4, initial_regime="FECHADO")
    make.make_offence(case=case, form_code="CP_157", article="157", heinous=False)
    make.make_offence(case=case, removed_at=datetime(2026, 1, 1, tzinfo=UTC))
    [seen] = cases(opened(case.prisoner), ALL).rows
    assert (seen.number, seen.sentence) == ("0000001-57.2026.8.02.0001", (5, 4, 0))
    assert [offence.name.text for offence in seen.offences] == ["Roubo simples (Art. 157)"]


@pytest.mark.parametrize("secrecy", ["SIGILOSO", "SEGREDO-X"])
def test_of_a_sealed_case_only_the_existence_is_told(secrecy: str) -> None:
    case = make.make_case(npu="00000015720268020001", court="Vara Fictícia", secrecy=secrecy)
    make.make_offence(case=case)
    [seen] = cases(opened(case.prisoner), ALL).rows
    assert seen.sealed
    assert (seen.number, seen.court, seen.offences, seen.source.code) == ("", "", (), "AL")


def test_an_invalid_number_is_told_as_received() -> None:
    case = make.make_case(npu="", npu_raw="123/2019")
    [seen] = cases(opened(case.prisoner), ALL).rows
    assert (seen.number, seen.valid_number) == ("123/2019", False)


def test_the_same_document_of_two_states_is_one_line() -> None:
    number = make.make_cpf()
    here = make.make_prisoner(cpf=number)
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    make.make_document(record=there, kind="CPF", raw=number, number=number, issuer="")
    [seen] = documents(opened(here), ALL)
    assert (seen.number, [source.code for source in seen.sources]) == (number, ["AL", "PE"])


def test_a_flawed_document_is_told_as_received() -> None:
    prisoner = make.make_prisoner()
    make.make_document(record=prisoner, kind="CPF", raw="111", number="", flaw="length")
    [seen] = documents(opened(prisoner), ALL)
    assert (seen.number, seen.flaw) == ("111", "length")


def test_activities_and_faults_with_the_days_remitted() -> None:
    prisoner = make.make_prisoner()
    make.make_work(prisoner=prisoner, remitted_days=30)
    make.make_work(prisoner=prisoner, nature="LEITURA", remitted_days=12, since=date(2025, 6, 1))
    make.make_fault(prisoner=prisoner, severity="GRAVE")
    found = conduct(opened(prisoner), ALL)
    assert ([a.nature.text for a in found.activities], found.remitted_days) == (["Leitura", "Trabalho"], 42)
    assert [fault.severity.text for fault in found.faults] == ["Grave"]


def test_a_cpf_is_one_document_whoever_wrote_it_down() -> None:
    prisoner = make.make_prisoner(cpf="52998224725")
    make.make_document(record=prisoner, kind="CPF", number="52998224725", issuer="RFB")
    [seen] = documents(opened(prisoner), ALL)
    assert (seen.kind.code, seen.number, seen.issuer) == ("CPF", "52998224725", "RFB")


_SAME_CPF = {"feature": "cpf", "outcome": "equal", "weight": 20.0}


def test_records_side_by_side_with_the_judgement_that_joined_them() -> None:
    first = make.make_prisoner(registration="A-1")
    second = make.make_prisoner(person=first.person, origin=make.make_origin("PE"))
    make.make_judgement(first, second, judge="rule:cpf/1", reasons=[_SAME_CPF])
    one, other = sources(opened(first), ALL)
    assert (one.registration, one.judgements) == ("A-1", ())
    assert [(j.judge, j.reasons) for j in other.judgements] == [("rule:cpf/1", (Agreement("cpf", "equal", 20.0),))]


def test_a_revoked_judgement_is_no_reason() -> None:
    first = make.make_prisoner()
    second = make.make_prisoner(person=first.person)
    make.make_judgement(first, second, revoked_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert sources(opened(first), ALL)[1].judgements == ()


def test_an_excluded_record_is_told_as_such() -> None:
    excluded = make.make_prisoner(removed_at=datetime(2026, 1, 1, tzinfo=UTC))
    [seen] = sources(opened(excluded), ALL)
    assert seen.removed_at is not None


def test_a_lawyer_record_is_left_out_of_scope() -> None:
    prisoner = make.make_prisoner()
    make.make_lawyer(person=prisoner.person)
    assert len(sources(opened(prisoner), ALL)) == 2
    assert len(sources(opened(prisoner, NO_LAWYERS), NO_LAWYERS)) == 1
