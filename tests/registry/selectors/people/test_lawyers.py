"""Who defends a person."""

from datetime import date

import pytest

from registry.selectors.people.lawyers import lawyers
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, NO_LAWYERS, opened

pytestmark = pytest.mark.django_db


def test_inscription_term_attendances_and_other_clients() -> None:
    prisoner = make.make_prisoner()
    lawyer = make.make_lawyer(oab_uf="AL", oab_number="1234")
    make.make_client(prisoner=prisoner, lawyer=lawyer, since=date(2025, 2, 1))
    for _ in range(2):
        make.make_attendance(prisoner=prisoner, lawyer=lawyer)
    for _ in range(3):
        make.make_client(lawyer=lawyer)
    [seen] = lawyers(opened(prisoner), ALL).rows
    assert seen.person.public_id == lawyer.person.public_id
    assert seen.inscriptions == ("OAB/AL 1.234",)
    assert (seen.since, seen.until, seen.attendances, seen.clients) == (date(2025, 2, 1), None, 2, 3)


def test_mandates_in_course_come_before_ended_ones() -> None:
    prisoner = make.make_prisoner()
    ended = make.make_client(prisoner=prisoner, until=date(2025, 3, 1))
    going_on = make.make_client(prisoner=prisoner)
    rows = lawyers(opened(prisoner), ALL).rows
    assert [row.person.public_id for row in rows] == [going_on.lawyer.person.public_id, ended.lawyer.person.public_id]
    assert rows[1].until == date(2025, 3, 1)


def test_two_inscriptions_of_one_lawyer_are_one_line() -> None:
    prisoner = make.make_prisoner()
    first = make.make_lawyer(oab_uf="AL", oab_number="10")
    second = make.make_lawyer(oab_uf="PE", oab_number="20", person=first.person)
    make.make_client(prisoner=prisoner, lawyer=first)
    make.make_client(prisoner=prisoner, lawyer=second)
    [seen] = lawyers(opened(prisoner), ALL).rows
    assert seen.inscriptions == ("OAB/AL 10", "OAB/PE 20")


def test_out_of_scope_there_are_none_nor_a_count() -> None:
    prisoner = make.make_prisoner()
    make.make_client(prisoner=prisoner)
    make.make_attendance(prisoner=prisoner)
    found = lawyers(opened(prisoner, NO_LAWYERS), NO_LAWYERS)
    assert (found.rows, found.total) == ((), 0)
