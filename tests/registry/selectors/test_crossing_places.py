"""Lists of crossings of one state: each crossing once, whichever of its states is asked, in the order of the list."""

from itertools import pairwise

import pytest
from django.db import connection

from registry.models import Crossing, CrossingKind
from registry.scope import Scope
from registry.selectors.crossing import CrossingCriteria, crossings, listing
from registry.selectors.crossing.rows import CrossingSeen
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

# Of one state, of two, and of more than the first two of an index.
PLACES: tuple[list[str], ...] = (["AL"], ["PE", "AL"], ["PE", "SE"], ["BA", "PE", "AL"], ["BA", "CE", "PE", "RR"], [])


@pytest.fixture(autouse=True)
def _crossed() -> None:
    for weight, ufs in enumerate(PLACES, start=40):
        one, other = make.make_prisoner().person, make.make_visitor().person
        for kind in (CrossingKind.SAME_PHONE, CrossingKind.SAME_ADDRESS):
            Crossing.objects.create(kind=kind, person=one, other=other, weight=weight, ufs=ufs)


def found(uf: str, page: int = 1) -> tuple[CrossingSeen, ...]:
    return crossings(CrossingCriteria(of="contact", uf=uf), Scope(), page).rows


@pytest.mark.parametrize("uf", ["AL", "PE", "SE", "BA", "CE", "RR", "SP", ""])
def test_a_state_has_the_crossings_that_name_it_once_each(uf: str) -> None:
    named = [ufs for ufs in PLACES if not uf or uf in ufs]

    seen = crossings(CrossingCriteria(of="contact", uf=uf), Scope())

    assert sorted(one.ufs for one in seen.rows) == sorted(map(tuple, [*named, *named]))
    assert [tally.total for tally in seen.tallies] == [len(named)] * 2
    assert all(one.gravity >= other.gravity for one, other in pairwise(seen.rows))


def test_pages_of_a_state_go_on_where_the_last_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [one.ufs for one in found("PE")]
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)
    assert [one.ufs for page in (1, 2, 3) for one in found("PE", page)] == whole
    assert len(whole) == 8


@pytest.mark.parametrize("place", listing._OF_STATE)
def test_every_place_is_read_in_the_order_of_the_list(place: str) -> None:
    """However many crossings there are, none is read that is not shown, and none is sorted."""
    criteria, scope = CrossingCriteria(of="contact", uf="RR"), Scope(lawyers=True)
    source = listing._from(CrossingKind.SAME_PHONE, 0, place, criteria, scope)
    with connection.cursor() as cursor:
        for other in ("seqscan", "sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{other} = off")
        words = listing._parameters([CrossingKind.SAME_PHONE], criteria, scope)
        cursor.execute(f"EXPLAIN SELECT c.id {source} ORDER BY {listing._ORDER_OF_C} LIMIT 20", words)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Sort" not in plan
    assert any(f"crossing_list_{name}" in plan for name in ("first", "second", "beyond"))
