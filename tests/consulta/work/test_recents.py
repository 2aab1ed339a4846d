"""Recents: from one's own audit, through the gate, following merges."""

import pytest
from django.test import Client

from audit.events import Kind
from tests.events import recorded
from tests.factories.registry import make_lawyer, make_prisoner
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.usefixtures("committed")


def _open(client: Client, record: object) -> None:
    reason = {"X-Reason": "Fato fictício que justifica a consulta."}
    address = f"/pessoas/{record.person.public_id}/"  # type: ignore[attr-defined]
    assert client.get(address, headers=reason).status_code == 200


def test_whom_one_opened_comes_back_the_latest_first(agent: Client, colleague: Client) -> None:
    first, second, others = (make_prisoner(name=name) for name in ("PRIMEIRO ABERTO", "SEGUNDO ABERTO", "DE OUTREM"))
    for record in (first, second, first):
        _open(agent, record)
    _open(colleague, others)
    text = agent.get("/recentes/").content.decode()
    assert text.index("Primeiro Aberto") < text.index("Segundo Aberto")
    assert text.count(">Primeiro Aberto<") == 1
    assert "De Outrem" not in text


def test_showing_them_again_is_a_disclosure(agent: Client) -> None:
    record = make_prisoner()
    _open(agent, record)
    agent.get("/recentes/")
    event = recorded(Kind.DISCLOSURE)[-1]
    assert (event.action, event.subjects) == ("recents", [record.person.public_id])


def test_a_person_merged_since_comes_once_under_the_id_they_now_have(agent: Client) -> None:
    older, newer = make_prisoner(name="NOME ANTIGO"), make_prisoner(name="NOME NOVO")
    _open(agent, older)
    _open(agent, newer)
    newer.person = older.home
    newer.save()
    agent.get("/recentes/")
    assert recorded(Kind.DISCLOSURE)[-1].subjects == [older.home.public_id]


def test_who_was_only_found_was_not_opened(agent: Client) -> None:
    make_prisoner(name="ANTÔNIO DE SOUZA")
    index()
    agent.get(agent.post("/busca/", {"q": "antonio souza"})["Location"])
    assert "Nenhuma ficha aberta" in agent.get("/recentes/").content.decode()


def test_who_left_the_scope_is_not_shown_again(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from registry.scope import Scope

    record = make_lawyer(name="DOUTORA TESTE")
    _open(agent, record)
    assert "Doutora Teste" in agent.get("/recentes/").content.decode()
    monkeypatch.setattr("consulta.access.scope_of", lambda _user: Scope())
    assert "Doutora Teste" not in agent.get("/recentes/").content.decode()


def test_the_api_gives_the_same_with_a_receipt(agent: Client, program: Client) -> None:
    record = make_prisoner(name="PRIMEIRO ABERTO")
    _open(agent, record)
    answer = program.get("/api/v1/recents/").json()
    assert [person["id"] for person in answer["persons"]] == [str(record.person.public_id)]
    assert answer["receipt"] == str(recorded(Kind.DISCLOSURE)[-1].receipt)
