"""What narrows a search by what records tell."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from registry.models import Origin
from registry.scope import Scope
from registry.selectors.search import Narrowing, Results
from registry.selectors.search.narrowing import from_json, law_words, to_json
from registry.services import crossing
from tests.factories.registry import (
    make_case,
    make_custody,
    make_mark,
    make_offence,
    make_origin,
    make_prisoner,
    make_unit,
)
from tests.registry.selectors.search.conftest import Find

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def names(found: Results) -> list[str]:
    return sorted(card.name for card in found.cards)


def narrowed(find: Find, scope: Scope | None = None, text: str = "", **narrowing: Any) -> list[str]:
    return names(find(text=text, narrowing=Narrowing(**narrowing), scope=scope))


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, ["Ana Teste", "Bia Teste"]),
        (date(2024, 5, 1), date(2024, 5, 31), ["Ana Teste", "Bia Teste"]),
        (date(2024, 6, 2), None, ["Bia Teste"]),
        (None, date(2024, 4, 30), ["Ana Teste"]),
        (date(2023, 1, 1), date(2023, 12, 31), []),
    ],
)
def test_who_was_in_a_unit_between_two_dates(
    find: Find, since: date | None, until: date | None, found: list[str]
) -> None:
    unit = make_unit(name="PRESÍDIO DO AGRESTE", acronym="PAG")
    may, june = datetime(2024, 5, 1, 15, tzinfo=UTC), datetime(2024, 6, 1, 15, tzinfo=UTC)
    make_custody(
        prisoner=make_prisoner(name="ANA TESTE"), unit=unit, started_at=may - timedelta(days=90), ended_at=june
    )
    make_custody(prisoner=make_prisoner(name="BIA TESTE"), unit=unit, started_at=may + timedelta(days=9))
    make_custody(prisoner=make_prisoner(name="CLARA TESTE"), started_at=may)
    assert narrowed(find, place="agreste", since=since, until=until) == found


def test_a_unit_is_named_by_words_or_acronym_and_an_unknown_one_has_nobody(find: Find) -> None:
    unit = make_unit(name="PRESÍDIO DO AGRESTE", acronym="PAG")
    make_custody(prisoner=make_prisoner(name="ANA TESTE"), unit=unit)
    assert narrowed(find, place="Presídio Agreste") == narrowed(find, place="pag") == ["Ana Teste"]
    assert narrowed(find, place="penitenciária") == []


def test_marks_are_found_by_their_telling_words(find: Find) -> None:
    make_mark(record=make_prisoner(name="ANA TESTE"), description="âncora e caveira", body_part="BRACO")
    make_mark(record=make_prisoner(name="BIA TESTE"), description="rosa", body_part="BRACO")
    find(text="teste")  # their documents, from which crossings are made
    crossing.mark_all()
    crossing.refresh()
    assert narrowed(find, marks="tatuagem de ancora no braço") == ["Ana Teste"]
    assert narrowed(find, text="teste", marks="caveira, rosa") == []


@pytest.mark.parametrize(
    ("offence", "found"),
    [
        ("157", ["Ana Teste"]),
        ("33 lei 11.343", ["Bia Teste"]),
        ("art. 33", ["Bia Teste"]),
        ("15", []),
        ("157 11343", []),
    ],
)
def test_an_offence_is_an_article_whole(find: Find, offence: str, found: list[str]) -> None:
    robbery, drugs = make_prisoner(name="ANA TESTE"), make_prisoner(name="BIA TESTE")
    make_offence(case=make_case(prisoner=robbery), law="CP", article="Art. 157, §2º, II")
    make_offence(case=make_case(prisoner=drugs), law="Lei 11.343/2006", article="Art. 33, caput")
    assert narrowed(find, text="teste", offence=offence) == found


def test_a_faction_finds_only_for_who_may_see_factions(find: Find) -> None:
    make_custody(prisoner=make_prisoner(name="ANA TESTE"), faction="Grupo Fictício")
    make_custody(prisoner=make_prisoner(name="BIA TESTE"))
    assert narrowed(find, Scope(factions=True), text="teste", faction="grupo fict") == ["Ana Teste"]
    assert narrowed(find, Scope(), text="teste", faction="grupo fict") == []


def test_fresh_leaves_out_who_only_late_states_tell_of(find: Find) -> None:
    make_prisoner(name="ANA TESTE", origin=make_origin("PE"))
    make_prisoner(name="BIA TESTE")
    Origin.objects.filter(code="PE").update(loaded_at=timezone.now())
    assert narrowed(find, text="teste", fresh=True) == ["Ana Teste"]


def test_narrowing_survives_its_json_and_stays_out_of_logs() -> None:
    narrowing = Narrowing(place="x", since=date(2024, 5, 1), marks="segredo", faction="segredo", fresh=True)
    assert from_json(to_json(narrowing)) == narrowing
    assert to_json(Narrowing()) == {}
    assert "segredo" not in repr(narrowing)


def test_words_of_law() -> None:
    assert law_words("art. 33 da Lei 11.343/2006, c/c 35") == ("33", "11343", "2006", "35")
