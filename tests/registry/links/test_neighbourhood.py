"""Who is linked to a person: every kind, within the scope, and hubs that stay readable."""

from datetime import date, timedelta

import pytest

from registry.models import ContactKey, LinkKind, Person, Record
from registry.scope import Scope
from registry.selectors.links import EVERY, LinkCriteria, Neighbourhood, neighbourhood
from registry.selectors.links import ties as ties_module
from registry.selectors.people.subject import open_subject
from registry.services import search_documents
from registry.values import strength
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

ALL = Scope(lawyers=True)


def around(record: Record, criteria: LinkCriteria = LinkCriteria(), scope: Scope = ALL, page: int = 1) -> Neighbourhood:  # noqa: B008
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    subject = open_subject(record.person.public_id, scope)
    assert subject is not None
    found = neighbourhood(subject, criteria, scope, page=page)
    assert found is not None
    return found


def kinds(found: Neighbourhood) -> dict[LinkKind, int]:
    return dict(found.counts)


def test_relatives_lawyers_and_friends_are_named_with_their_reach() -> None:
    link = make.make_link(kinship="MAE")
    make.make_link(visitor=link.visitor, kinship="AMIGO")
    make.make_client(prisoner=link.prisoner)
    found = around(link.prisoner)
    assert kinds(found) == {LinkKind.KIN: 1, LinkKind.LAWYER: 1, LinkKind.SHARED_VISITOR: 1}
    mother = found.nodes[link.visitor.person_id]
    assert (mother.degree, mother.ufs, mother.name) == (2, ("AL",), link.visitor.name)


def test_who_may_not_see_lawyers_neither_sees_nor_counts_them() -> None:
    client = make.make_client()
    make.make_client(lawyer=client.lawyer)
    found = around(client.prisoner, scope=Scope())
    assert (found.total, list(found.nodes)) == (0, [client.prisoner.person_id])
    assert kinds(around(client.prisoner)) == {LinkKind.LAWYER: 1, LinkKind.SHARED_LAWYER: 1}


def test_days_in_one_cell_are_counted_once_for_two_records_of_one_person() -> None:
    unit = make.make_unit()
    place = {"unit": unit, "wing": "A", "cell": "1", "started_at": make.UPDATED - timedelta(days=30)}
    end = make.UPDATED - timedelta(days=10)
    mine = make.make_custody(**place, ended_at=end).prisoner
    other = make.make_custody(**place, ended_at=end).prisoner
    make.make_custody(prisoner=make.make_prisoner(person=other.person), **place, ended_at=end)
    make.make_custody(**{**place, "cell": "2"}, ended_at=end)
    (tie,) = around(mine).rows
    assert (tie.kind, tie.b, tie.amount) == (LinkKind.CELL, other.person_id, 20)
    assert (tie.since, tie.last) == ((make.UPDATED - timedelta(days=30)).date(), end.date())
    assert tie.strength == strength.CELL.at(20)


def test_one_case_links_its_prisoners_unless_it_is_a_crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [make.make_case(npu="00012345620208020001") for _ in range(3)]
    assert {tie.b for tie in around(cases[0].prisoner).rows} == {case.prisoner.person_id for case in cases[1:]}
    kind = LinkKind.CASE
    statement, _, extra = ties_module._LIVE[kind]
    monkeypatch.setitem(ties_module._LIVE, kind, (statement, 2, extra))
    assert around(cases[0].prisoner).total == 0


def test_one_telephone_links_whoever_has_it() -> None:
    records = [make.make_prisoner(), make.make_visitor()]
    for record in records:
        ContactKey.objects.create(
            kind="T",
            key="00000000-0000-0000-0000-000000000001",
            person=record.person,
            record_id=record.pk,
            lawyer=False,
        )
    (tie,) = around(records[0]).rows
    assert (tie.kind, tie.b, tie.since) == (LinkKind.PHONE, records[1].person_id, None)


def test_a_visitor_of_a_crowd_connects_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = make.make_visitor()
    links = [make.make_link(visitor=visitor) for _ in range(4)]
    shared = LinkCriteria(kinds=(LinkKind.SHARED_VISITOR,))
    assert around(links[0].prisoner, shared).total == 3
    statement, _, extra = ties_module._LIVE[LinkKind.SHARED_VISITOR]
    monkeypatch.setitem(ties_module._LIVE, LinkKind.SHARED_VISITOR, (statement, 3, extra))
    assert around(links[0].prisoner, shared).total == 0


def test_kinds_strength_and_dates_restrict() -> None:
    link = make.make_link(kinship="MAE", since=date(2024, 1, 1))
    make.make_link(prisoner=link.prisoner, kinship="AMIGO", since=date(2026, 1, 1))
    assert around(link.prisoner).total == 2
    assert kinds(around(link.prisoner, LinkCriteria(kinds=(LinkKind.VISIT,)))) == {LinkKind.VISIT: 1}
    assert kinds(around(link.prisoner, LinkCriteria(strength=50))) == {LinkKind.KIN: 1}
    assert kinds(around(link.prisoner, LinkCriteria(since=date(2025, 6, 1)))) == {LinkKind.VISIT: 1}
    assert kinds(around(link.prisoner, LinkCriteria(until=date(2025, 6, 1)))) == {LinkKind.KIN: 1}


def test_a_hub_is_drawn_in_part_and_the_rest_is_one_collection() -> None:
    visitor = make.make_visitor()
    for _ in range(45):
        make.make_link(visitor=visitor, kinship="AMIGO")
    found = around(visitor)
    assert (len(found.drawn), found.total, found.unread) == (40, 45, 0)
    assert [(one.kind, one.count) for one in found.collections] == [(LinkKind.VISIT, 5)]
    subject = open_subject(visitor.person.public_id, ALL)
    assert subject is not None
    rest = neighbourhood(subject, LinkCriteria(), ALL, skip=40)
    assert rest is not None
    assert len(rest.drawn) == 5
    assert not rest.collections
    assert not {tie.b for tie in rest.drawn} & {tie.b for tie in found.drawn}


def test_links_of_the_drawn_with_each_other_are_told_once() -> None:
    link = make.make_link()
    other = make.make_link(visitor=link.visitor)
    make.make_link(prisoner=link.prisoner, visitor=make.make_visitor(person=other.prisoner.person))
    found = around(link.prisoner)
    assert [{tie.a, tie.b} for tie in found.inner] == [{link.visitor.person_id, other.prisoner.person_id}]


def test_every_kind_is_asked_for_by_default() -> None:
    assert set(EVERY) == set(LinkKind)
