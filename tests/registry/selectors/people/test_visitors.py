"""Who visits a person, and whom else they visit."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.selectors.people.visitors import visitors
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, opened

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 1, 13, 0, tzinfo=UTC)


def test_kinship_status_count_and_last_visit() -> None:
    prisoner = make.make_prisoner()
    link = make.make_link(prisoner=prisoner, kinship="MAE", status="SUSPENSO", suspension_reason="objeto proibido")
    for days in range(3):
        make.make_visit(prisoner=prisoner, visitor=link.visitor, entered_at=DAY + timedelta(days=days))
    [seen] = visitors(opened(prisoner), ALL).rows
    assert seen.person.public_id == link.visitor.person.public_id
    assert [kinship.text for kinship in seen.kinships] == ["Mãe"]
    assert (seen.status.code, seen.suspension_reason, seen.visits) == ("SUSPENSO", "objeto proibido", 3)
    assert seen.last_visit_at is not None
    assert seen.last_visit_at.isoformat() == "2026-03-03T10:00:00-03:00"


def test_a_visit_without_a_link_still_shows_who_came() -> None:
    prisoner = make.make_prisoner()
    make.make_visit(prisoner=prisoner)
    [seen] = visitors(opened(prisoner), ALL).rows
    assert (seen.kinships, seen.visits) == ((), 1)


def test_one_line_for_a_visitor_registered_in_two_states() -> None:
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    first = make.make_visitor(origin=here.origin)
    second = make.make_visitor(origin=there.origin, person=first.person)
    make.make_visit(prisoner=here, visitor=first)
    make.make_visit(prisoner=there, visitor=second)
    found = visitors(opened(here), ALL)
    assert (found.total, found.rows[0].visits) == (1, 2)
    assert [source.code for source in found.rows[0].sources] == ["AL", "PE"]


def test_the_most_frequent_come_first_and_the_total_is_true() -> None:
    prisoner = make.make_prisoner()
    rare, frequent = make.make_visitor(), make.make_visitor()
    make.make_visit(prisoner=prisoner, visitor=rare)
    for _ in range(2):
        make.make_visit(prisoner=prisoner, visitor=frequent)
    found = visitors(opened(prisoner), ALL, limit=1)
    assert [row.person.public_id for row in found.rows] == [frequent.person.public_id]
    assert found.total == 2


def test_other_prisoners_of_the_visitor_are_counted_and_some_named() -> None:
    prisoner = make.make_prisoner()
    visitor = make.make_link(prisoner=prisoner).visitor
    others = [make.make_link(visitor=visitor).prisoner for _ in range(5)]
    [seen] = visitors(opened(prisoner), ALL).rows
    assert (seen.also_total, len(seen.also)) == (5, 3)
    assert {ref.public_id for ref in seen.also} <= {other.person.public_id for other in others}


def test_the_same_person_s_other_record_is_not_another_prisoner() -> None:
    prisoner = make.make_prisoner()
    twice = make.make_prisoner(person=prisoner.person)
    visitor = make.make_link(prisoner=prisoner).visitor
    make.make_link(prisoner=twice, visitor=visitor)
    [seen] = visitors(opened(prisoner), ALL).rows
    assert seen.also_total == 0


def test_excluded_links_and_visits_do_not_count() -> None:
    prisoner = make.make_prisoner()
    make.make_link(prisoner=prisoner, removed_at=DAY)
    make.make_visit(prisoner=prisoner, removed_at=DAY)
    assert visitors(opened(prisoner), ALL).total == 0
