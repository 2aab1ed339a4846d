"""What humans decide of two records."""

import pytest
from django.db import connections

from audit.events import Actor, Channel
from registry.models import Judgement, PendingRecord, PersonSearch, Prisoner, Verdict
from registry.services import resolution, search_documents
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = Actor(username="revisora", channel=Channel.PAGE)


@pytest.fixture
def records() -> tuple[Prisoner, Prisoner]:
    pair = make.make_prisoner(name="ANA TESTE"), make.make_prisoner(name="BIA TESTE")
    search_documents.refresh(record.person_id for record in pair)
    return pair


def events() -> list[tuple[str, str, list[str]]]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT kind, action, subjects FROM audit_accessevent WHERE kind LIKE 'judge%%' ORDER BY id", [])
        return list(cursor.fetchall())


def persons(records: tuple[Prisoner, Prisoner]) -> list[int]:
    for record in records:
        record.refresh_from_db()
    return [record.person_id for record in records]


def test_same_joins_records_and_documents_at_once(records: tuple[Prisoner, Prisoner]) -> None:
    resolution.judge(a=records[1], b=records[0], verdict=Verdict.SAME, by=BY)
    assert persons(records) == [records[0].home_id] * 2
    assert [document.names for document in PersonSearch.objects.all()] == ["ANA TESTE|BIA TESTE"]


def test_judgement_is_audited_with_both_persons(records: tuple[Prisoner, Prisoner]) -> None:
    resolution.judge(a=records[0], b=records[1], verdict=Verdict.SAME, by=BY)
    assert events() == [("judged", "judgement.same", [record.home.public_id for record in records])]


def test_revoking_splits_and_ids_stay(records: tuple[Prisoner, Prisoner]) -> None:
    judged = resolution.judge(a=records[0], b=records[1], verdict=Verdict.SAME, by=BY)
    resolution.revoke(judgement=judged.judgement, by=BY)
    assert persons(records) == [record.home_id for record in records]
    assert PersonSearch.objects.count() == 2
    assert [kind for kind, _, _ in events()] == ["judged", "judgement_revoked"]


def test_revoked_judgement_is_not_revoked_twice(records: tuple[Prisoner, Prisoner]) -> None:
    judged = resolution.judge(a=records[0], b=records[1], verdict=Verdict.SAME, by=BY)
    resolution.revoke(judgement=judged.judgement, by=BY)
    with pytest.raises(resolution.AlreadyRevoked):
        resolution.revoke(judgement=judged.judgement, by=BY)


def test_new_verdict_of_the_same_human_replaces_the_old(records: tuple[Prisoner, Prisoner]) -> None:
    resolution.judge(a=records[0], b=records[1], verdict=Verdict.SAME, by=BY)
    resolution.judge(a=records[0], b=records[1], verdict=Verdict.DIFFERENT, by=BY)
    assert Judgement.objects.standing().get().verdict == Verdict.DIFFERENT
    assert persons(records) == [record.home_id for record in records]


def test_record_is_not_judged_against_itself(records: tuple[Prisoner, Prisoner]) -> None:
    with pytest.raises(ValueError, match="itself"):
        resolution.judge(a=records[0], b=records[0], verdict=Verdict.SAME, by=BY)


def test_rule_does_not_repeat_what_a_human_revoked() -> None:
    pair = make.make_prisoner(), make.make_prisoner()
    for record in pair:
        PendingRecord.objects.create(record_id=record.pk)
    resolution.settle(by=BY)
    resolution.revoke(judgement=Judgement.objects.get(), by=BY)
    PendingRecord.objects.create(record_id=pair[0].pk)
    resolution.settle(by=BY)
    assert persons(pair) == [record.home_id for record in pair]


def test_merged_persons_id_leads_to_the_current_one(records: tuple[Prisoner, Prisoner]) -> None:
    resolution.judge(a=records[0], b=records[1], verdict=Verdict.SAME, by=BY)
    assert resolution.redirect(records[1].home) == records[0].home
    assert resolution.redirect(records[0].home) == records[0].home
    assert resolution.redirect(make.make_person()).records.count() == 0
