"""Writing all search documents anew while the platform goes on."""

from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from registry.models import NameKey, PendingCheck, PendingPerson, PersonSearch
from registry.scope import Scope
from registry.selectors.search import Criteria, search
from registry.services import search_documents
from registry.services.search_documents import refreshing
from tests.factories import registry as make

pytestmark = pytest.mark.usefixtures("committed")


def people(count: int) -> list[int]:
    made = [
        make.make_prisoner(name=f"PESSOA {number} TESTE", father_name="RUBENS PAI").person_id for number in range(count)
    ]
    search_documents.refresh(made)
    search_documents.refresh_frequencies()
    return made


def test_every_document_is_as_its_records_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "BATCH", 2)
    people(5)
    right = list(PersonSearch.objects.order_by("pk").values())
    PersonSearch.objects.update(names="", fathers="", keys=[])
    NameKey.objects.update(people=0, fathers=0)
    PendingCheck.objects.all().delete()
    assert [documents for _, documents in search_documents.rebuild()] == [2, 2, 1]
    assert list(PersonSearch.objects.order_by("pk").values()) == right
    assert NameKey.objects.get(key="RUBENS").fathers == 5
    assert not PendingPerson.objects.exists()
    assert not PendingCheck.objects.exists()


def test_a_stopped_rebuild_goes_on_after_its_last_batch() -> None:
    first, second = people(2)
    PersonSearch.objects.update(names="")
    call_command("rebuild_search", after=first, verbosity=0)
    assert dict(PersonSearch.objects.values_list("person_id", "names")) == {first: "", second: "PESSOA 1 TESTE"}


def test_searches_answer_from_the_committed_documents_meanwhile() -> None:
    people(3)
    rebuilding = search_documents.rebuild()
    with transaction.atomic():
        next(rebuilding)
        found: list[int] = []
        other = Thread(target=lambda: found.append(_total()))
        other.start()
        other.join(timeout=20)
    assert found == [3]
    list(rebuilding)


def test_whoever_waits_is_written_and_goes_on_waiting() -> None:
    first, second = people(2)
    PersonSearch.objects.update(names="")
    waiting = PendingPerson.objects.create(person_id=first)
    list(search_documents.rebuild())
    written = dict(PersonSearch.objects.values_list("person_id", "names"))
    assert written == {first: "PESSOA 0 TESTE", second: "PESSOA 1 TESTE"}
    assert PendingPerson.objects.values_list("person_id", "since").get() == (first, waiting.since)


def _total() -> int:
    try:
        return search(Criteria(text="pessoa teste"), Scope()).total
    finally:
        connection.close()
        connections.close_all()
