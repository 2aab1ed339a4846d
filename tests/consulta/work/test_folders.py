"""Folders: shared by name within the agency, seen each within their own scope, with their history."""

from typing import Any

import pytest
from django.test import Client

from audit.events import Kind
from consulta.models import Folder, FolderGrant, FolderItem, FolderNote
from credentialing.models import Purpose, User
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_purpose, make_user
from tests.factories.registry import make_prisoner
from tests.registry.test_sealing import seal

pytestmark = pytest.mark.usefixtures("committed")

NOTE = {"text": "Visto com o segundo alvo.", "reliability": "B", "credibility": "2"}


@pytest.fixture
def folder(agent: Client) -> Folder:
    agent.post("/pastas/", {"title": "Pasta do Bando", "case": "IP 123/2026"})
    return Folder.objects.get()


@pytest.fixture
def partner(committed: None) -> User:
    """A colleague of the same agency."""
    return make_user()


def _client(user: User) -> Client:
    return doors.session(user, make_purpose(user))


def _put(client: Client, folder: Folder, record: Any, why: str = "") -> Any:
    return client.post(f"/pessoas/{record.person.public_id}/guardar/", {"pasta": str(folder.pk), "why": why})


def _share(agent: Client, folder: Folder, user: User, **more: str) -> None:
    agent.post(f"/pastas/{folder.pk}/compartilhar/", {"username": user.username, **more})


def test_a_person_put_in_is_shown_and_disclosed(agent: Client, folder: Folder) -> None:
    record = make_prisoner(name="JOÃO DA PASTA")
    _put(agent, folder, record, "alvo principal")
    _put(agent, folder, record)
    page = agent.get(f"/pastas/{folder.pk}/").content.decode()
    assert "João da Pasta" in page
    assert "alvo principal" in page
    assert FolderItem.objects.count() == 1
    event = recorded(Kind.DISCLOSURE)[-1]
    assert (event.action, event.subjects) == ("folder", [record.person.public_id])


def test_words_are_not_readable_in_the_database_or_the_audit(agent: Client, folder: Folder) -> None:
    agent.post(f"/pastas/{folder.pk}/notas/", NOTE)
    assert b"Bando" not in bytes(folder.token)
    assert b"alvo" not in bytes(FolderNote.objects.get().token)
    details = [event.detail for event in recorded(Kind.WORK_CHANGED)]
    assert details == [
        {"folder": str(folder.pk)},
        {"folder": str(folder.pk), "note": str(FolderNote.objects.get().pk), "source": "B2"},
    ]


def test_nobody_else_opens_it_until_named(agent: Client, folder: Folder, partner: User) -> None:
    _put(agent, folder, make_prisoner(name="JOÃO DA PASTA"))
    client = _client(partner)
    assert client.get(f"/pastas/{folder.pk}/").status_code == 404
    assert "Pasta do Bando" not in client.get("/pastas/").content.decode()
    _share(agent, folder, partner)
    assert "João da Pasta" in client.get(f"/pastas/{folder.pk}/").content.decode()
    assert "Pasta do Bando" in client.get("/pastas/").content.decode()


def test_reading_is_not_writing(agent: Client, folder: Folder, partner: User) -> None:
    client = _client(partner)
    _share(agent, folder, partner)
    assert client.post(f"/pastas/{folder.pk}/notas/", NOTE).status_code == 403
    assert client.post(f"/pastas/{folder.pk}/compartilhar/", {"username": partner.username}).status_code == 403
    _share(agent, folder, partner, may_write="on")
    client.post(f"/pastas/{folder.pk}/notas/", NOTE)
    assert FolderNote.objects.get().author == partner
    grant = FolderGrant.objects.get(revoked_at=None)
    agent.post(f"/pastas/{folder.pk}/compartilhar/{grant.pk}/retirar/")
    assert client.get(f"/pastas/{folder.pk}/").status_code == 404


def test_it_is_shared_with_nobody_of_another_agency(agent: Client, folder: Folder) -> None:
    other = make_user(agency=make_agency("PP-PE"))
    _share(agent, folder, other)
    assert not FolderGrant.objects.exists()


def test_whoever_moves_to_another_agency_leaves_it_behind(
    agent: Client, folder: Folder, partner: User, purpose: Purpose
) -> None:
    _share(agent, folder, partner)
    for user in (partner, purpose.user):
        user.agency = make_agency("PP-PE")
        user.save()
    assert _client(partner).get(f"/pastas/{folder.pk}/").status_code == 404
    assert agent.get(f"/pastas/{folder.pk}/").status_code == 404


def test_a_note_says_how_good_its_source_is_and_is_withdrawn_not_rewritten(agent: Client, folder: Folder) -> None:
    agent.post(f"/pastas/{folder.pk}/notas/", {**NOTE, "credibility": "7"})
    assert not FolderNote.objects.exists()
    agent.post(f"/pastas/{folder.pk}/notas/", NOTE)
    note = FolderNote.objects.get()
    assert "provavelmente verdadeira" in agent.get(f"/pastas/{folder.pk}/").content.decode()
    agent.post(f"/pastas/{folder.pk}/notas/{note.pk}/retirar/")
    page = agent.get(f"/pastas/{folder.pk}/").content.decode()
    assert "<s>Visto com o segundo alvo.</s>" in page
    assert "retirou uma nota" in page


def test_what_is_taken_out_stays_in_the_history(agent: Client, folder: Folder) -> None:
    _put(agent, folder, make_prisoner(name="JOÃO DA PASTA"))
    agent.post(f"/pastas/{folder.pk}/itens/{FolderItem.objects.get().pk}/retirar/")
    page = agent.get(f"/pastas/{folder.pk}/").content.decode()
    assert "João da Pasta" not in page
    assert "retirou uma pessoa" in page


def test_who_is_sealed_meanwhile_is_neither_in_it_nor_in_its_history(agent: Client, folder: Folder) -> None:
    record = make_prisoner(name="JOÃO DA PASTA")
    _put(agent, folder, record)
    assert "incluiu uma pessoa" in agent.get(f"/pastas/{folder.pk}/").content.decode()
    seal(record)
    page = agent.get(f"/pastas/{folder.pk}/").content.decode()
    assert "Nenhuma pessoa" in page
    assert "incluiu uma pessoa" not in page
    assert agent.get(f"/api/v1/folders/{folder.pk}/").json()["hidden"] == 0


def test_a_closed_folder_is_read_and_not_written_in(agent: Client, folder: Folder) -> None:
    agent.post(f"/pastas/{folder.pk}/encerrar/")
    agent.post(f"/pastas/{folder.pk}/notas/", NOTE)
    assert not FolderNote.objects.exists()
    assert agent.get(f"/pastas/{folder.pk}/").status_code == 200


def test_a_search_of_the_folder_is_asked_by_whoever_opens_it(agent: Client, folder: Folder, partner: User) -> None:
    address = agent.post("/busca/", {"q": "antonio souza"})["Location"]
    agent.post(f"{address}guardar/?uf=AL", {"name": "Antônios"})
    [saved] = agent.get("/buscas/").context["rows"]
    agent.post(f"/pastas/{folder.pk}/buscas/", {"busca": saved["ask_url"].split("/")[2]})
    _share(agent, folder, partner)
    client, item = _client(partner), FolderItem.objects.get()
    opened = client.post(f"/pastas/{folder.pk}/itens/{item.pk}/abrir/")["Location"]
    assert opened.endswith("?uf=AL")
    assert client.get(opened).status_code == 200
    assert recorded(Kind.INTENT)[-1].actor == partner.username


def test_the_api_opens_fills_and_reads(program: Client) -> None:
    made = program.post("/api/v1/folders/", {"title": "Teste", "case": "IP 1"}, content_type="application/json").json()
    person = str(make_prisoner(name="JOÃO DA PASTA").person.public_id)
    address = f"/api/v1/folders/{made['id']}/"
    put = program.post(f"{address}people/", {"person": person}, content_type="application/json")
    noted = program.post(f"{address}notes/", NOTE, content_type="application/json")
    assert (put.status_code, noted.status_code) == (201, 201)
    told = program.get(address).json()
    assert [one["id"] for one in told["persons"]] == [person]
    assert [note["grade"] for note in told["notes"]] == ["B2"]
