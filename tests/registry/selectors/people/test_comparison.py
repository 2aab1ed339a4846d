"""The records of a person side by side."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from registry.models import Record
from registry.scope import Scope
from registry.selectors.people.comparison import Comparison, Line, comparison
from registry.selectors.people.subject import open_subject
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def of(record: Record, scope: Scope | None = None) -> Comparison:
    scope = scope or Scope()
    subject = open_subject(record.person.public_id, scope)
    assert subject is not None
    return comparison(subject, scope)


def line(found: Comparison, field: str) -> Line:
    return next(line for line in found.lines if line.field == field)


def test_what_differs_from_most_is_marked_and_accents_are_not() -> None:
    one = make.make_prisoner(name="JOSÉ SILVA", birth_date=date(1990, 1, 2))
    make.make_prisoner(person=one.person, name="Jose Silva", birth_date=date(1990, 1, 2))
    make.make_prisoner(person=one.person, name="JOSE DA SILVA", birth_date=date(1991, 1, 2))
    found = of(one)
    birth = line(found, "birth_date")
    assert [(cell.text, cell.differs) for cell in birth.cells] == [
        ("1990-01-02", False),
        ("1990-01-02", False),
        ("1991-01-02", True),
    ]
    assert [cell.differs for cell in line(found, "name").cells] == [False, False, True]


def test_saying_nothing_is_no_difference_and_a_field_nobody_informs_is_left_out() -> None:
    one = make.make_prisoner(occupation="PEDREIRO")
    make.make_prisoner(person=one.person)
    found = of(one)
    assert not line(found, "occupation").differs
    assert "schooling" not in {each.field for each in found.lines}


def test_each_state_has_a_number_of_its_own() -> None:
    one = make.make_prisoner(registration="A1")
    make.make_prisoner(person=one.person, registration="B2")
    assert not line(of(one), "registration").differs


def test_kinds_of_records_stand_side_by_side_in_words() -> None:
    one = make.make_prisoner(birthplace="2704302", race="PARDA")
    make.make_visitor(person=one.person, rg="123")
    found = of(one)
    assert [cell.text for cell in line(found, "birthplace").cells] == ["Maceió/AL", ""]
    assert [cell.text for cell in line(found, "rg").cells] == ["", "123"]
    assert [column.kind.value for column in found.columns] == ["P", "V"]


def test_a_lawyers_record_is_no_column_outside_the_scope() -> None:
    one = make.make_prisoner()
    make.make_lawyer(person=one.person)
    assert len(of(one).columns) == 1
    assert len(of(one, Scope(lawyers=True)).columns) == 2


def test_it_reads_nothing_of_its_own(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one = make.make_prisoner()
    make.make_visitor(person=one.person)
    subject = open_subject(one.person.public_id, Scope())
    assert subject is not None
    with django_assert_num_queries(0):
        comparison(subject, Scope())
