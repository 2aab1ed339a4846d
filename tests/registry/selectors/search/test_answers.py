"""Facets, pages, merged persons, the cost of an answer."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from registry.models import RecordKind
from registry.scope import Scope
from registry.selectors.search import PAGE_SIZE, Criteria, Filters, Results, search
from tests.factories.registry import (
    make_custody,
    make_name,
    make_origin,
    make_photo,
    make_prisoner,
    make_unit,
    make_visitor,
)
from tests.registry.selectors.search.conftest import Find
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def counts(found: Results, name: str) -> dict[str, int]:
    facet = next(facet for facet in found.facets if facet.name == name)
    return {count.value: count.persons for count in facet.counts}


@pytest.fixture
def namesakes(db: None) -> None:
    """Three held in Alagoas (one semiaberto), one in Pernambuco, one woman who visits."""
    pernambuco = make_origin("PE")
    for regime in ("FECHADO", "FECHADO", "SEMIABERTO"):
        make_custody(prisoner=make_prisoner(name="JOSÉ XAVIER"), regime=regime)
    make_custody(prisoner=make_prisoner(name="JOSÉ XAVIER", origin=pernambuco), regime="FECHADO")
    make_visitor(name="JOSÉ XAVIER", sex="F")


@pytest.mark.usefixtures("namesakes")
def test_facets_count_the_persons_found(find: Find) -> None:
    found = find(text="jose xavier")
    assert found.total == 5
    assert counts(found, "uf") == {"AL": 3, "PE": 1}
    assert counts(found, "regime") == {"FECHADO": 3, "SEMIABERTO": 1}
    assert counts(found, "sex") == {"M": 4, "F": 1}
    assert counts(found, "kind") == {RecordKind.PRISONER: 4, RecordKind.VISITOR: 1}
    assert not any(facet.truncated for facet in found.facets)


@pytest.mark.usefixtures("namesakes")
def test_a_filter_narrows_the_others_counts_but_not_its_own(find: Find) -> None:
    found = find(text="jose xavier", filters=Filters(uf=("AL",), regime=("FECHADO",)))
    assert found.total == 2
    assert counts(found, "uf") == {"AL": 2, "PE": 1}
    assert counts(found, "regime") == {"FECHADO": 2, "SEMIABERTO": 1}
    assert {card.place.uf for card in found.cards if card.place} == {"AL"}


def test_a_unit_shows_only_who_is_held_there(find: Find) -> None:
    unit = make_unit()
    inside = make_custody(prisoner=make_prisoner(name="JOSÉ XAVIER"), unit=unit)
    make_custody(prisoner=make_prisoner(name="JOSÉ XAVIER"))
    found = find(text="jose xavier", filters=Filters(unit=unit.public_id))
    assert [card.public_id for card in found.cards] == [inside.prisoner.person.public_id]


def test_pages_are_stable_and_do_not_overlap(find: Find) -> None:
    total = 2 * PAGE_SIZE + 5
    for _ in range(total):
        make_prisoner(name="JOSÉ XAVIER")
    pages = [find(text="jose xavier", page=number) for number in (1, 2, 3)]
    ids = [card.public_id for page in pages for card in page.cards]
    assert [len(page.cards) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 5]
    assert len(set(ids)) == total
    assert ids == [card.public_id for number in (1, 2, 3) for card in find(text="jose xavier", page=number).cards]
    assert find(text="jose xavier", page=99).page == 3


def test_a_cut_answer_says_so_and_keeps_the_whole_name(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.search.candidates.LIMIT", 10)
    for middle in ("ALVES", "BARROS", "COSTA"):
        for _ in range(5):
            make_prisoner(name=f"JOSÉ {middle} XAVIER")
    make_prisoner(name="JOSÉ XAVIER")
    found = find(text="jose xavier")
    assert found.truncated
    assert all(facet.truncated for facet in found.facets)
    assert found.cards[0].name == "José Xavier"


def test_filters_reach_those_whom_the_cut_left_out(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.search.candidates.LIMIT", 10)
    for _ in range(15):
        make_prisoner(name="JOSÉ XAVIER")
    make_visitor(name="JOSÉ XAVIER")
    found = find(text="jose xavier", filters=Filters(kind=("V",)))
    assert found.total == 1
    assert not found.truncated


def test_a_merged_person_appears_once_with_all_its_sources(find: Find) -> None:
    first = make_prisoner(name="JOSÉ XAVIER", birth_date=date(1990, 5, 17))
    second = make_prisoner(name="JOSE CHAVIER", origin=make_origin("PE"), person=first.person)
    make_name(record=second, value="ZECA")
    found = find(text="jose xavier")
    assert [card.public_id for card in found.cards] == [first.person.public_id]
    card = found.cards[0]
    assert [source.code for source in card.sources] == ["AL", "PE"]
    assert len({card.name, *card.other_names}) == 2
    assert card.nicknames == ("Zeca",)


def test_a_card_says_where_the_person_is_and_since_when(find: Find) -> None:
    unit = make_unit(name="Presídio do Agreste")
    record = make_prisoner(name="JOSÉ XAVIER", cpf="", rji="18012345678")
    make_custody(prisoner=record, unit=unit, cell="14", started_at=datetime(2025, 8, 14, 15, 0, tzinfo=UTC))
    photo = make_photo(record=record)
    card = find(text="jose xavier").cards[0]
    assert card.place is not None
    assert (card.place.unit, card.place.cell, card.place.uf) == ("Presídio do Agreste", "14", "AL")
    assert f"{card.place.since:%d/%m/%Y %H}" == "14/08/2025 12"  # the clock of Maceió
    assert (card.photo, card.rji, card.name_index) == (photo.pk, "18012345678", "XAVIER, José")


def test_who_left_shows_the_last_unit(find: Find) -> None:
    unit = make_unit(name="Presídio do Agreste")
    left = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
    make_custody(prisoner=make_prisoner(name="JOSÉ XAVIER"), unit=unit, ended_at=left)
    place = find(text="jose xavier").cards[0].place
    assert place is not None
    assert place.until == left


@pytest.mark.parametrize(
    "asked", [{"text": "jose xavier"}, {"text": "jose", "mother": "quintela"}, {"document": "18012345678"}]
)
def test_the_cost_does_not_grow_with_the_page(find: Find, asked: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(PAGE_SIZE):
        record = make_prisoner(name="JOSÉ XAVIER", mother_name="IVONE QUINTELA", rji="18012345678")
        make_custody(prisoner=record)
        make_photo(record=record)
        make_name(record=record, value=f"ZECA {number}")
    index()
    with django_assert_max_num_queries(9):
        found = search(Criteria(**asked), Scope(lawyers=True))
    assert len(found.cards) == PAGE_SIZE
