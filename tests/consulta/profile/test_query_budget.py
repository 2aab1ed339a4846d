"""A whole profile reads the base a bounded number of times, however much there is to show."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consulta.profile import cards, page
from registry.models import Prisoner
from registry.scope import Scope
from registry.selectors.people.subject import open_subject
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

SCOPE = Scope(lawyers=True)
# What the cards read, beyond the person and their records.
MOST = 15


@pytest.fixture
def connected() -> Prisoner:
    """Two records, three of everything else, so that a query for each row would show."""
    prisoner = make.make_prisoner()
    make.make_prisoner(person=prisoner.person, origin=make.make_origin("PE"))
    unit, now = make.make_unit(), timezone.now()
    for number in range(3):
        started = now - timedelta(days=400 * (number + 1))
        ended = None if number == 0 else started + timedelta(days=300)
        place = {"unit": unit, "wing": "A", "cell": "1", "started_at": started, "ended_at": ended}
        make.make_custody(prisoner=prisoner, **place)
        make.make_custody(**place)
        make.make_movement(prisoner=prisoner, unit_to=unit, occurred_at=started)
        link = make.make_link(prisoner=prisoner)
        make.make_link(visitor=link.visitor)
        make.make_visit(prisoner=prisoner, visitor=link.visitor, unit=unit)
        make.make_client(prisoner=prisoner)
        make.make_case(prisoner=prisoner)
        make.make_fault(prisoner=prisoner)
    return prisoner


def test_the_page_reads_a_bounded_number_of_times(
    connected: Prisoner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    subject = open_subject(connected.person.public_id, SCOPE)
    assert subject is not None
    with django_assert_max_num_queries(MOST):
        found = page.whole_page(subject, SCOPE, "")
    # A card that failed would have read less.
    assert len(found.shown.fields) == 1 + len([card for card in cards.applying(subject, SCOPE) if card.slug != "fotos"])
