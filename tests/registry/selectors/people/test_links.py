"""Whom a visitor visits and a lawyer defends."""

import pytest

from registry.selectors.people.links import links
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL, NO_LAWYERS, opened

pytestmark = pytest.mark.django_db


def test_whom_a_visitor_visits_and_where_they_are() -> None:
    visitor = make.make_visitor()
    prisoner = make.make_prisoner(name="PRESO VISITADO")
    unit = make.make_unit(name="Presídio Visitado")
    make.make_custody(prisoner=prisoner, unit=unit)
    make.make_link(visitor=visitor, prisoner=prisoner, kinship="IRMAO")
    make.make_visit(visitor=visitor, prisoner=prisoner)
    [seen] = links(opened(visitor), ALL).rows
    assert seen.person.public_id == prisoner.person.public_id
    assert [kinship.code for kinship in seen.kinships] == ["IRMAO"]
    assert (seen.contacts, seen.unit, seen.defended) == (1, "Presídio Visitado", False)


def test_whom_a_lawyer_defends() -> None:
    lawyer = make.make_lawyer()
    client = make.make_client(lawyer=lawyer)
    make.make_attendance(lawyer=lawyer, prisoner=client.prisoner)
    [seen] = links(opened(lawyer), ALL).rows
    assert (seen.person.public_id, seen.defended, seen.contacts) == (client.prisoner.person.public_id, True, 1)


def test_a_prisoner_s_clients_as_lawyer_are_hidden_out_of_scope() -> None:
    visitor = make.make_visitor()
    lawyer = make.make_lawyer(person=visitor.person)
    make.make_client(lawyer=lawyer)
    assert links(opened(visitor), ALL).total == 1
    assert links(opened(visitor, NO_LAWYERS), NO_LAWYERS).total == 0


def test_the_limit_leaves_the_total_true() -> None:
    visitor = make.make_visitor()
    for _ in range(3):
        make.make_link(visitor=visitor)
    found = links(opened(visitor), ALL, limit=2)
    assert (len(found.rows), found.total) == (2, 3)
