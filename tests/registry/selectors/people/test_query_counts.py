"""The cards read the same number of times, whoever the person is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from registry.selectors.people.cases import cases
from registry.selectors.people.cellmates import cellmates
from registry.selectors.people.conduct import conduct
from registry.selectors.people.documents import documents
from registry.selectors.people.identity import identity
from registry.selectors.people.lawyers import lawyers
from registry.selectors.people.links import links
from registry.selectors.people.movements import movements
from registry.selectors.people.situation import situation
from registry.selectors.people.sources import sources
from registry.selectors.people.subject import open_subject
from registry.selectors.people.visitors import visitors
from tests.factories import registry as make
from tests.registry.selectors.people.opening import ALL

pytestmark = pytest.mark.django_db


def connected_prisoner(times: int) -> make.Prisoner:
    """A person with `times` of everything, in two states."""
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    make.make_judgement(here, there)
    for prisoner in (here, there):
        for _ in range(times):
            custody = make.make_custody(prisoner=prisoner, wing="1", cell="1")
            make.make_custody(unit=custody.unit, wing="1", cell="1")
            make.make_movement(prisoner=prisoner, unit_to=custody.unit)
            link = make.make_link(prisoner=prisoner)
            make.make_link(visitor=link.visitor)
            make.make_visit(prisoner=prisoner, visitor=link.visitor)
            make.make_client(prisoner=prisoner)
            make.make_attendance(prisoner=prisoner)
            make.make_offence(case=make.make_case(prisoner=prisoner, issued_on=date(2025, 1, 1)))
            make.make_work(prisoner=prisoner)
            make.make_fault(prisoner=prisoner)
            make.make_document(record=prisoner)
            make.make_name(record=prisoner)
            make.make_mark(record=prisoner)
            make.make_photo(record=prisoner)
    return here


CARDS: list[tuple[Callable[..., Any], int]] = [
    (identity, 1),
    (situation, 3),
    (movements, 3),
    (documents, 1),
    (visitors, 1),
    (lawyers, 1),
    (links, 1),
    (cellmates, 1),
    (cases, 1),
    (conduct, 1),
    (sources, 1),
]


@pytest.mark.parametrize(("card", "queries"), CARDS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_card_reads_a_fixed_number_of_times(
    card: Callable[..., Any], queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    prisoner = connected_prisoner(3)
    subject = open_subject(prisoner.person.public_id, ALL)
    with django_assert_num_queries(queries):
        card(subject, ALL)


def test_a_whole_prisoner_is_read_in_eleven_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    prisoner = connected_prisoner(2)
    with django_assert_num_queries(11):
        subject = open_subject(prisoner.person.public_id, ALL)
        for card, _ in CARDS:
            if card is not links:
                card(subject, ALL)
