"""Requests for a seal: who may ask, what a decision takes, and what who asked may know of it afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from consulta.models import SealRequest, SealRequestState
from consulta.seals.requests import asking
from credentialing.actors import from_terminal
from credentialing.models import Purpose
from credentialing.roles import Role
from registry.models import Prisoner, Seal, SealGrant
from tests import doors
from tests.architecture.test_seals import normal
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
CPF, JSON = make.make_cpf(4343), "application/json"
NAME = "ZULMIRO QUIXERAMOBIM"
WISH = {
    "level": "named", "basis": "threat", "ordered_by": "Vara fictícia, autos 1/2026",
    "reason": "Ameaçado por uma facção na unidade.",
}  # fmt: skip


@pytest.fixture
def he() -> Prisoner:
    return make.make_prisoner(cpf=CPF, name=NAME)


@pytest.fixture
def focal() -> Client:
    return doors.session(make_user(role=Role.FOCAL_POINT, username="foca"))


@pytest.fixture
def keeper() -> Client:
    return doors.session(make_user(role=Role.GENERAL_ADMIN, username="ana"))


def address(he: Prisoner) -> str:
    return f"/pessoas/{he.person.public_id}/"


def names_him(text: str) -> bool:
    return any(word in text.upper() for word in (*NAME.split(), CPF))


def asked(client: Client, he: Prisoner, **more: str) -> SealRequest:
    assert client.post(f"{address(he)}pedir-sigilo/", {**WISH, **more}).url == "/pedidos-de-sigilo/"
    return SealRequest.objects.get()


def order(keeper: Client, of: SealRequest, **changes: str) -> Any:
    told = {**WISH, "agency": "PP-AL", "decisao": "ordenar", **changes}
    return keeper.post(f"/sigilos/pedidos/{of.pk}/", told)


def test_an_agent_asks_from_the_profile_and_nothing_is_hidden_until_it_is_decided(
    agent: Client, purpose: Purpose, he: Prisoner
) -> None:
    assert f'href="{address(he)}pedir-sigilo/"' in agent.get(address(he)).content.decode()
    assert names_him(agent.get(f"{address(he)}pedir-sigilo/").content.decode())
    assert recorded(Kind.DISCLOSURE)[-1].action == "seal_request"
    of = asked(agent, he)
    assert (of.state, of.purpose, of.told["identifier"]) == ("asked", purpose, str(he.person.public_id))
    assert b"facc" not in bytes(of.token)
    assert agent.get(address(he)).status_code == 200
    told = recorded(Kind.WORK_CHANGED)[-1]
    assert (told.action, told.actor, told.detail["words"]["reason"]) == (
        "seal.ask",
        purpose.user.username,
        WISH["reason"],
    )


def test_asking_takes_a_purpose_and_words_enough(agent: Client, purpose: Purpose, he: Prisoner) -> None:
    without = doors.session(make_user())
    assert without.get(f"{address(he)}pedir-sigilo/").url.startswith("/finalidade/")
    assert without.get("/pedidos-de-sigilo/novo/").url.startswith("/finalidade/")
    for wrong in ({"reason": "curto"}, {"basis": ""}, {"ordered_by": ""}, {"level": "todos"}, {"until": "2020-01-01"}):
        assert agent.post(f"{address(he)}pedir-sigilo/", {**WISH, **wrong}).status_code == 422
    assert not SealRequest.objects.exists()


def test_a_granted_request_hides_the_person_also_from_who_asked(agent: Client, keeper: Client, he: Prisoner) -> None:
    of = asked(agent, he)
    page = keeper.get(f"/sigilos/pedidos/{of.pk}/").content.decode()
    assert WISH["reason"] in page
    assert not names_him(page)
    assert order(keeper, of).url == f"/sigilos/{Seal.objects.get().pk}/"
    assert agent.get(address(he)).status_code == 404
    assert agent.get(f"{address(he)}pedir-sigilo/").status_code == 404
    of.refresh_from_db()
    assert (of.state, of.decided_by.username, SealGrant.objects.count()) == (SealRequestState.ORDERED, "ana", 0)
    assert (recorded(Kind.SEALED)[-1].actor, recorded(Kind.WORK_CHANGED)[-1].action) == ("ana", "seal.order")


def test_who_goes_on_needing_to_see_is_proposed_and_somebody_else_confirms(
    agent: Client, keeper: Client, purpose: Purpose, he: Prisoner
) -> None:
    order(keeper, asked(agent, he, keeps="on"))
    made = SealGrant.objects.get()
    assert (made.username, made.given_by, made.confirmed_at) == (purpose.user.username, "ana", None)
    assert agent.get(address(he)).status_code == 404
    keeper.post(f"/sigilos/autorizacoes/{made.pk}/", {"decisao": "confirmar"})
    assert agent.get(address(he)).status_code == 404
    other = doors.session(make_user(role=Role.GENERAL_ADMIN, username="bia"))
    other.post(f"/sigilos/autorizacoes/{made.pk}/", {"decisao": "confirmar"})
    assert agent.get(address(he)).status_code == 200


def test_the_list_of_who_asked_depends_on_nothing_of_the_person(agent: Client, focal: Client, keeper: Client) -> None:
    """Neither a seal that somebody else orders meanwhile, nor the lifting of one, nor whether anybody is there."""
    he = make.make_prisoner(cpf=CPF, name=NAME)
    asked(agent, he)
    told = {"identifier": CPF, **WISH}
    agent.get("/pedidos-de-sigilo/")  # with the word that it was registered, said once
    before = agent.get("/pedidos-de-sigilo/").content
    keeper.post("/sigilos/ordenar/", {**told, "agency": "PP-AL"})
    assert Seal.objects.count() == 1
    assert normal(agent.get("/pedidos-de-sigilo/").content) == normal(before)
    assert not names_him(before.decode())
    assert address(he) not in before.decode()
    answers = [focal.post("/pedidos-de-sigilo/novo/", {**told, "identifier": one}) for one in (CPF, make.make_cpf(9))]
    assert {answer.url for answer in answers} == {"/pedidos-de-sigilo/"}
    assert Seal.objects.count() == 1


def test_the_answer_reaches_who_asked_by_badge_and_by_mail_without_personal_data(
    keeper: Client, he: Prisoner, django_capture_on_commit_callbacks: Any
) -> None:
    user = make_user(role=Role.FOCAL_POINT, email="ponto.focal@example.gov.br")
    focal = doors.session(user)
    focal.post("/pedidos-de-sigilo/novo/", {"identifier": CPF, **WISH})
    of = SealRequest.objects.get()
    assert "pedidos a decidir" in keeper.get("/sigilos/").content.decode()
    short = keeper.post(f"/sigilos/pedidos/{of.pk}/", {"decisao": "recusar", "note": "não"})
    assert short.status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(f"/sigilos/pedidos/{of.pk}/", {"decisao": "recusar", "note": "Falta a decisão do juízo."})
    [letter] = mail.outbox
    assert letter.to == ["ponto.focal@example.gov.br"]
    assert not any(word in letter.body for word in (CPF, "ZULMIRO", "facção", "juízo"))
    assert "resposta nova" not in focal.get("/minha-conta/").content.decode()
    assert '<span class="visually-hidden"> para ler</span>' in focal.get("/minha-conta/").content.decode()
    page = focal.get("/pedidos-de-sigilo/").content.decode()
    assert "Falta a decisão do juízo." in page
    assert "resposta nova" in page
    assert "resposta nova" not in focal.get("/pedidos-de-sigilo/").content.decode()


def test_an_identifier_of_nobody_leaves_the_request_waiting(focal: Client, keeper: Client) -> None:
    focal.post("/pedidos-de-sigilo/novo/", {"identifier": make.make_cpf(9), **WISH})
    of = SealRequest.objects.get()
    answer = order(keeper, of)
    of.refresh_from_db()
    assert (answer.status_code, of.state, Seal.objects.count()) == (422, SealRequestState.ASKED, 0)
    assert "Ninguém tem este identificador" in answer.content.decode()


def test_it_is_decided_once_and_taken_back_only_before(
    agent: Client, focal: Client, keeper: Client, he: Prisoner
) -> None:
    of = asked(agent, he)
    assert focal.post(f"/pedidos-de-sigilo/{of.pk}/retirar/").status_code == 404
    assert agent.post(f"/pedidos-de-sigilo/{of.pk}/retirar/").url == "/pedidos-de-sigilo/"
    of.refresh_from_db()
    assert of.state == SealRequestState.WITHDRAWN
    assert order(keeper, of).status_code == 404
    assert not Seal.objects.exists()
    again = agent.post(f"/pedidos-de-sigilo/{of.pk}/retirar/", follow=True).content.decode()
    assert "já tinha sido decidido" in again


def test_deciding_takes_a_keeper_with_a_fresh_factor(agent: Client, he: Prisoner) -> None:
    of = asked(agent, he)
    old = doors.session(make_user(role=Role.GENERAL_ADMIN), elevated=False)
    assert old.get("/sigilos/pedidos/").url.startswith("/confirmar/")
    assert order(old, of).url.startswith("/confirmar/")
    assert order(agent, of).status_code == 403
    assert not Seal.objects.exists()


def test_nobody_fills_the_desk(purpose: Purpose) -> None:
    wish = asking.Wish(**WISH, until=None)
    told = {"user": purpose.user, "purpose": purpose, "wish": wish, "by": from_terminal(purpose.user)}
    for _ in range(asking.MOST_WAITING):
        asking.ask(identifier=CPF, **told)  # type: ignore[arg-type]
    with pytest.raises(asking.TooMany):
        asking.ask(identifier=CPF, **told)  # type: ignore[arg-type]


def test_programs_ask_read_and_take_back(program: Client, he: Prisoner) -> None:
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    told = {**WISH, "until": until, "keeps": True}
    made = program.post(f"/api/v1/people/{he.person.public_id}/seal-requests/", told, content_type=JSON)
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["until"]) == ("asked", until)
    assert recorded(Kind.DISCLOSURE)[-1].subjects == [he.person.public_id]
    assert SealRequest.objects.get().told["keeps"] is True
    [row] = program.get("/api/v1/seal-requests/").json()["requests"]
    assert {name: row[name] for name in WISH} == WISH
    assert not names_him(str(row))
    assert program.delete(f"/api/v1/seal-requests/{row['id']}/").status_code == 204
    assert program.delete(f"/api/v1/seal-requests/{row['id']}/").status_code == 404
    blind = program.post("/api/v1/seal-requests/", {"identifier": CPF, **WISH}, content_type=JSON)
    assert (blind.status_code, blind.json()["until"]) == (201, None)
    wrong = program.post("/api/v1/seal-requests/", {"identifier": CPF, **WISH, "reason": "x"}, content_type=JSON)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["reason"])
