"""Who opens, who is moved, who is out of scope."""

import uuid
from datetime import UTC, datetime

import pytest

from registry.scope import Scope
from registry.selectors.people.merged import current_of
from registry.selectors.people.subject import open_subject
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, NO_LAWYERS, opened

pytestmark = pytest.mark.django_db


def test_opens_with_all_records_of_the_person() -> None:
    first = make.make_prisoner()
    second = make.make_visitor(person=first.person, origin=make.make_origin("PE"))
    subject = opened(first)
    assert [record.pk for record in subject.records] == [first.pk, second.pk]
    assert [origin.code for origin in subject.origins] == ["AL", "PE"]


def test_an_unknown_id_opens_nothing() -> None:
    assert open_subject(uuid.uuid4(), ALL) is None
    assert current_of(uuid.uuid4(), ALL) is None


def test_a_merged_id_opens_nothing_and_leads_to_the_present_person() -> None:
    first = make.make_prisoner()
    second = make.make_prisoner(person=first.person)
    assert open_subject(second.home.public_id, ALL) is None
    assert current_of(second.home.public_id, ALL) == first.person.public_id


def test_the_id_of_a_present_person_leads_nowhere_else() -> None:
    prisoner = make.make_prisoner()
    assert current_of(prisoner.person.public_id, ALL) is None


@pytest.mark.parametrize(("scope", "opens"), [(ALL, True), (NO_LAWYERS, False)])
def test_a_lawyer_opens_only_within_the_scope(scope: Scope, opens: bool) -> None:
    lawyer = make.make_lawyer()
    assert (open_subject(lawyer.person.public_id, scope) is not None) is opens


def test_a_merged_id_leads_to_no_lawyer_out_of_scope() -> None:
    first = make.make_lawyer()
    second = make.make_lawyer(person=first.person)
    assert current_of(second.home.public_id, NO_LAWYERS) is None


def test_the_lawyer_record_of_a_prisoner_is_hidden_out_of_scope() -> None:
    prisoner = make.make_prisoner()
    make.make_lawyer(person=prisoner.person)
    subject = opened(prisoner, NO_LAWYERS)
    assert [record.pk for record in subject.records] == [prisoner.pk]


def test_excluded_records_stand_aside_while_others_remain() -> None:
    excluded = make.make_prisoner(removed_at=datetime(2026, 1, 1, tzinfo=UTC))
    kept = make.make_prisoner(person=excluded.person)
    subject = opened(excluded)
    assert [record.pk for record in subject.standing] == [kept.pk]
    assert not subject.withdrawn


def test_a_person_whose_every_record_is_excluded_is_withdrawn_but_readable() -> None:
    excluded = make.make_prisoner(removed_at=datetime(2026, 1, 1, tzinfo=UTC))
    subject = opened(excluded)
    assert subject.withdrawn
    assert [prisoner.pk for prisoner in subject.prisoners] == [excluded.pk]
