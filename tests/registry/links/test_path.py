"""Chains between two persons: the shortest, the strongest first, never out of scope, and true endings."""

import pytest

from registry.models import LinkKind, Person, Record
from registry.scope import Scope
from registry.selectors.links import Ending, LinkCriteria, Paths, path, paths
from registry.services import search_documents
from registry.services.links import rebuild_all
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

ALL = Scope(lawyers=True)


def chain(length: int) -> list[Record]:
    """Prisoner, visitor, prisoner …: `length` links from the first to the last."""
    people: list[Record] = [make.make_prisoner()]
    for step in range(length):
        if step % 2 == 0:
            people.append(make.make_link(prisoner=people[-1]).visitor)
        else:
            people.append(make.make_link(visitor=people[-1]).prisoner)
    return people


def between(a: Record, b: Record, criteria: LinkCriteria = LinkCriteria(), scope: Scope = ALL) -> Paths:  # noqa: B008
    rebuild_all()
    return paths(a.person_id, b.person_id, criteria, scope)


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_finds_chains_of_up_to_four_links(length: int) -> None:
    people = chain(length)
    found = between(people[0], people[-1])
    assert found.ending == Ending.FOUND
    (only,) = found.paths
    assert [only.ties[0].a, *(tie.b for tie in only.ties)] == [person.person_id for person in people]
    assert set(found.nodes) == {person.person_id for person in people}


def test_five_links_are_too_many() -> None:
    people = chain(5)
    found = between(people[0], people[-1])
    assert (found.ending, found.cut) == (Ending.NONE, False)


def test_the_shortest_wins_and_of_equals_the_strongest() -> None:
    a, b = make.make_prisoner(), make.make_prisoner()
    weak, strong = make.make_visitor(), make.make_visitor()
    for prisoner in (a, b):
        make.make_link(prisoner=prisoner, visitor=weak, kinship="AMIGO")
        make.make_link(prisoner=prisoner, visitor=strong, kinship="IRMAO")
    found = between(a, b)
    assert [one.ties[0].b for one in found.paths] == [strong.person_id, weak.person_id]


def test_a_lawyer_out_of_scope_is_never_crossed() -> None:
    client = make.make_client()
    other = make.make_client(lawyer=client.lawyer).prisoner
    assert between(client.prisoner, other).ending == Ending.FOUND
    assert between(client.prisoner, other, scope=Scope()).ending == Ending.NONE


def test_kinds_that_are_not_asked_for_are_not_crossed() -> None:
    people = chain(2)
    criteria = LinkCriteria(kinds=(LinkKind.LAWYER,))
    assert between(people[0], people[-1], criteria).ending == Ending.NONE


def test_cells_count_as_links() -> None:
    unit = make.make_unit()
    first, second = (make.make_custody(unit=unit, wing="A", cell="7").prisoner for _ in range(2))
    (only,) = between(first, second).paths
    assert [tie.kind for tie in only.ties] == [LinkKind.CELL]


def test_a_budget_that_ends_is_told_and_not_taken_for_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    people = chain(4)
    monkeypatch.setattr(path, "MOST_TIES", 2)
    assert between(people[0], people[-1]).ending == Ending.LIMIT


def test_a_search_out_of_time_is_told() -> None:
    people = chain(2)
    rebuild_all()
    assert paths(people[0].person_id, people[-1].person_id, LinkCriteria(), ALL, seconds=0).ending == Ending.LIMIT
    assert Person.objects.exists()


def test_links_read_from_the_far_end_are_turned_around() -> None:
    people = chain(3)
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    (only,) = between(people[0], people[-1]).paths
    assert [tie.way for tie in only.ties] == [2, 1, 2]
