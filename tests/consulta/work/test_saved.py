"""Saved searches: own, encrypted, asked anew under the purpose in force."""

import pytest
from django.test import Client

from audit.events import Kind
from consulta.models import SavedSearch, SearchQuery
from tests.events import recorded
from tests.factories.registry import make_prisoner
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.usefixtures("committed")


def _save(agent: Client, name: str = "Alvos de Maceió", query: str = "") -> SavedSearch:
    address = agent.post("/busca/", {"q": "antonio souza"})["Location"]
    answer = agent.post(f"{address}guardar/{query}", {"name": name})
    assert answer.status_code == 302
    return SavedSearch.objects.get()


def test_a_search_is_saved_and_asked_anew(agent: Client) -> None:
    saved = _save(agent)
    make_prisoner(name="ANTÔNIO DE SOUZA")
    index()
    address = agent.post(f"/buscas/{saved.pk}/abrir/")["Location"]
    assert "SOUZA" in agent.get(address).content.decode()
    assert recorded(Kind.INTENT)[-1].detail["asked"]["text"] == "antonio souza"
    assert SearchQuery.objects.count() == 2


def test_neither_name_nor_criteria_are_readable_in_the_database_or_the_audit(agent: Client) -> None:
    saved = _save(agent)
    assert b"souza" not in bytes(saved.token)
    assert b"Alvos" not in bytes(saved.token)
    [event] = recorded(Kind.WORK_CHANGED)
    assert (event.action, event.detail) == ("saved.keep", {"saved": str(saved.pk)})


def test_the_filters_of_the_address_are_saved_too(agent: Client) -> None:
    saved = _save(agent, query="?uf=AL&precisao=ampla")
    assert saved.criteria.filters.uf == ("AL",)
    assert agent.post(f"/buscas/{saved.pk}/abrir/")["Location"].endswith("/?uf=AL")


def test_another_user_has_no_part_in_it(agent: Client, colleague: Client) -> None:
    saved = _save(agent)
    assert "Alvos de Maceió" in agent.get("/buscas/").content.decode()
    assert "Alvos de Maceió" not in colleague.get("/buscas/").content.decode()
    for verb in ("abrir", "excluir"):
        assert colleague.post(f"/buscas/{saved.pk}/{verb}/").status_code == 404
    assert SavedSearch.objects.exists()


def test_it_is_forgotten_for_good(agent: Client) -> None:
    saved = _save(agent)
    agent.post(f"/buscas/{saved.pk}/excluir/")
    assert not SavedSearch.objects.exists()
    assert [event.action for event in recorded(Kind.WORK_CHANGED)] == ["saved.keep", "saved.forget"]


def test_there_is_an_end_to_saving(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SavedSearch, "MOST", 1)
    _save(agent)
    address = agent.post("/busca/", {"q": "pedro"})["Location"]
    page = agent.post(f"{address}guardar/", {"name": "outra"}, follow=True).content.decode()
    assert "Exclua uma em Buscas salvas" in page
    assert SavedSearch.objects.count() == 1


def test_the_api_keeps_lists_and_forgets(program: Client) -> None:
    given = {"name": "Alvos", "criteria": {"text": "antonio souza", "filters": {"uf": ["AL"]}}}
    made = program.post("/api/v1/saved-searches/", given, content_type="application/json")
    assert made.status_code == 201
    [listed] = program.get("/api/v1/saved-searches/").json()
    assert listed["criteria"] == {"text": "antonio souza", "precision": "sound", "filters": {"uf": ["AL"]}}
    assert program.delete(f"/api/v1/saved-searches/{listed['id']}/").status_code == 204
    assert program.get("/api/v1/saved-searches/").json() == []
