"""Common words told in pairs: when documents tell them, and when searches look for them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from registry import tasks
from registry.models import NameKey, Pairing, PendingPerson, PersonSearch, Record
from registry.scope import Scope
from registry.selectors.search import Criteria, candidates, search
from registry.services import search_documents
from registry.services.search_documents import pairing, refreshing
from registry.values import lexemes
from registry.values.dates import parse_birth_query
from tests.factories import registry as make
from tests.registry.beside import alone, waits_for_a_lock

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def common(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever two persons have is common, and searches require every word."""
    monkeypatch.setattr(pairing, "least", lambda _: 2)
    monkeypatch.setattr(candidates, "ENOUGH", 0)


def people(*names: str, **facts: Any) -> list[int]:
    made = [make.make_prisoner(name=name, **facts).person_id for name in names]
    search_documents.refresh(made)
    search_documents.refresh_frequencies()
    return made


def key(word: str) -> NameKey:
    return NameKey.objects.get(key=word)


def pair_of(one: str, other: str) -> int:
    return lexemes.of_pair(key(one).pk, key(other).pk)


def keys_of(person: int) -> list[int]:
    return PersonSearch.objects.get(person=person).keys


def found(text: str, **criteria: Any) -> tuple[set[str], str]:
    """Names found, and the statements that read persons."""
    with CaptureQueriesContext(connection) as statements:
        results = search(Criteria(text=text, **criteria), Scope())
    read = [one["sql"] for one in statements if "FROM registry_personsearch WHERE" in one["sql"]]
    return {card.name for card in results.cards}, " ".join(read)


def test_common_words_are_told_in_pairs_and_looked_for_by_them() -> None:
    rita, _, _ = people("RITA LOPES", "RITA LOPES DIAS", "ANA DIAS")
    assert pairing.pair() is None
    assert key("RITA").pairing == key("LOPIS").pairing == Pairing.SEARCHED
    assert key("ANA").pairing == Pairing.NONE
    assert keys_of(rita).count(pair_of("RITA", "LOPIS")) == 1
    names, read = found("rita lopes")
    assert names == {"Rita Lopes", "Rita Lopes Dias"}
    assert f"@> '{{{pair_of('RITA', 'LOPIS')}}}'" in read
    assert f"{{{key('RITA').pk}}}" not in read


def test_a_year_of_birth_goes_with_each_word_of_the_name() -> None:
    born = {"birth_date": date(1990, 2, 1), "mother_name": "ANA LIMA"}
    rita, other = people("RITA DIAS", "RITA DIAS", **born)
    make.make_name(record=Record.objects.get(person=rita), kind="NASC", value="01/03/1988")
    pairing.pair()
    search_documents.refresh([rita])
    expected = {lexemes.of_pair(key("DIAS").pk, lexemes.of_year(year)) for year in (1988, 1990)}
    assert expected <= set(keys_of(rita))
    assert lexemes.of_pair(lexemes.of_mother(key("ANA").pk), lexemes.of_mother(key("LIMA").pk)) in keys_of(other)
    names, read = found("rita dias", birth=parse_birth_query("1988"))
    assert names == {"Rita Dias"}
    assert f"{{{lexemes.of_pair(key('RITA').pk, lexemes.of_year(1988))}}}" in read
    assert str(lexemes.of_year(1988)) not in read


def test_words_written_in_several_ways_are_looked_for_with_their_pairs() -> None:
    """`rita dias` may also be `RITADIAS`, which no pair tells."""
    people("RITA DIAS", "DIAS RITA", "RITADIAS")
    pairing.pair()
    assert found("rita dias")[0] == {"Rita Dias", "Dias Rita", "Ritadias"}


def test_searches_look_for_pairs_only_once_every_document_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "BATCH", 1)
    people("RITA DIAS", "RITA DIAS")
    left = pairing.pair(seconds=0)
    assert left is not None
    new = make.make_prisoner(name="RITA DIAS").person_id
    search_documents.refresh([new])
    told = PersonSearch.objects.filter(keys__contains=[pair_of("RITA", "DIAS")]).values_list("person_id", flat=True)
    assert set(told) == {left.after, new}
    assert (key("RITA").pairing, found("rita dias")[0]) == (Pairing.WRITTEN, {"Rita Dias"})
    while left := pairing.pair(left, seconds=0):
        pass
    assert key("RITA").pairing == Pairing.SEARCHED
    assert PersonSearch.objects.filter(keys__contains=[pair_of("RITA", "DIAS")]).count() == 3


def test_what_was_interrupted_begins_anew() -> None:
    first, _ = people("RITA DIAS", "RITA DIAS")
    pairing.begin()
    NameKey.objects.update(people=1)
    pairing.pair()
    assert key("RITA").pairing == Pairing.SEARCHED
    assert pair_of("RITA", "DIAS") in keys_of(first)


def test_a_rebuild_pairs_what_is_due_unless_it_goes_on() -> None:
    first, _ = people("RITA DIAS", "RITA DIAS")
    list(search_documents.rebuild(after=first))
    assert key("RITA").pairing == Pairing.NONE
    list(search_documents.rebuild())
    assert key("RITA").pairing == Pairing.SEARCHED


def test_whoever_waits_has_pairs_before_searches_look_for_them() -> None:
    first, _ = people("RITA DIAS", "RITA DIAS")
    PendingPerson.objects.create(person_id=first)
    pairing.pair()
    assert pair_of("RITA", "DIAS") in keys_of(first)
    assert PendingPerson.objects.filter(person_id=first).exists()


def test_choosing_pairs_waits_for_whoever_writes_documents() -> None:
    """A document written without pairs that nobody would write again."""
    people("RITA DIAS", "RITA DIAS")
    new = make.make_prisoner(name="RITA DIAS").person_id
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            search_documents.refresh([new])
            pairs = pool.submit(alone, pairing.pair)
            assert waits_for_a_lock(pairs)
        pairs.result(10)
    assert pair_of("RITA", "DIAS") in keys_of(new)


def test_the_daily_task_goes_on_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "TURN_SECONDS", 0)
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tasks.current_app, "send_task", lambda *args, **_: sent.append(args))
    people("RITA DIAS", "RITA DIAS")
    tasks.pair_names()
    while key("RITA").pairing != Pairing.SEARCHED:
        name, (keys, after) = sent.pop()
        assert name == tasks.PAIR
        tasks.pair_names(list(keys), after)
    assert not sent


def test_the_daily_task_counts_the_vocabulary_first() -> None:
    people("RITA DIAS", "RITA DIAS")
    NameKey.objects.update(people=7)
    tasks.pair_names()
    assert (key("RITA").people, key("DIAS").people) == (2, 2)


def test_few_words_are_common(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert (pairing.least(20_000), pairing.least(10_000_000)) == (5_000, 10_000)
    people("RITA DIAS", "RITA DIAS")
    assert pairing.begin() == ()


def test_counting_the_vocabulary_leaves_pairs_out() -> None:
    people("RITA DIAS", "RITA DIAS")
    pairing.pair()
    assert search_documents.refresh_frequencies() == 0
    assert not NameKey.objects.filter(people__gt=2).exists()
