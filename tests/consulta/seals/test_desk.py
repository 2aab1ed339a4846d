"""The desk of the seals: who may order, admit and lift; what it takes; what it tells, and what it never tells."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind, system
from credentialing.models import Purpose, User
from credentialing.roles import Role
from registry.models import Prisoner, Seal, SealGrant, SealLevel
from registry.services import sealing
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
CPF = make.make_cpf(4343)
WHY = "Proteção determinada pelo juízo."
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def he() -> Prisoner:
    return make.make_prisoner(cpf=CPF, name="ZULMIRO QUIXERAMOBIM", mother_name="GERTRUDES QUIXERAMOBIM")


@pytest.fixture
def first() -> Client:
    return doors.session(make_user(role=Role.GENERAL_ADMIN, username="ana"))


@pytest.fixture
def second() -> Client:
    return doors.session(make_user(role=Role.GENERAL_ADMIN, username="bia"))


def order(client: Client, identifier: object = CPF, **fields: str) -> Any:
    told = {"level": "named", "agency": "PP-AL", "basis": "witness", "ordered_by": "Vara fictícia, autos 1/2026"}
    make_agency()
    return client.post("/sigilos/ordenar/", {"identifier": str(identifier), "reason": WHY, **told, **fields})


def ordered(person: Prisoner) -> Seal:
    return sealing.seal(
        person=person.person.public_id, level=SealLevel.NAMED, agency="PP-AL", reason=WHY, ordered_by="Vara fictícia",
        until=None, by=system("test"),
    )  # fmt: skip


def sees(user: User, purpose: Purpose, he: Prisoner) -> bool:
    return doors.session(user, purpose).get(f"/pessoas/{he.person.public_id}/").status_code == 200


@pytest.mark.parametrize("by_document", [True, False])
def test_an_order_hides_at_once_and_shows_nothing_of_the_person(
    first: Client, he: Prisoner, purpose: Purpose, by_document: bool
) -> None:
    assert sees(purpose.user, purpose, he)
    answer = order(first, CPF if by_document else he.person.public_id)
    made = Seal.objects.get()
    assert answer.url == f"/sigilos/{made.pk}/"
    assert not sees(purpose.user, purpose, he)
    for page in (answer.url, "/sigilos/"):
        text = first.get(page).content.decode()
        assert "Vara fictícia" in text
        assert not any(word in text.upper() for word in ("QUIXERAMOBIM", "ZULMIRO", CPF))
    assert (made.sealed_by, made.basis, made.reason) == ("ana", "witness", WHY)
    [asked] = [event for event in recorded(Kind.INTENT) if event.action == "seal"]
    [sealed] = recorded(Kind.SEALED)
    assert asked.pk < sealed.pk
    assert (asked.actor, sealed.subjects) == ("ana", [he.home.public_id])
    assert recorded(Kind.SEALS_READ)[-1].subjects == [he.home.public_id]


def test_nobody_several_and_nonsense_answer_alike_and_are_recorded(first: Client, he: Prisoner) -> None:
    make.make_prisoner(cpf=CPF)
    answers = [order(first, identifier) for identifier in (CPF, NOBODY, make.make_cpf(9), "x")]
    assert {answer.status_code for answer in answers} == {422}
    assert all("ou mais de uma pessoa o tem" in answer.content.decode() for answer in answers)
    assert not Seal.objects.exists()
    assert len([event for event in recorded(Kind.INTENT) if event.action == "seal"]) == 4


def test_trying_identifiers_ends_at_the_limit(first: Client, he: Prisoner, settings: Any) -> None:
    settings.CONSULT_LIMITS = {"minute": 2}
    assert [order(first, make.make_cpf(number)).status_code for number in (1, 2, 3)] == [422, 422, 429]
    assert recorded(Kind.LIMIT_REACHED)[-1].action == "seal"


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "curto"},
        {"until": (timezone.localdate() - timedelta(days=1)).isoformat()},
        {"agency": "NADA"},
        {"basis": ""},
        {"level": "todos"},
        {"ordered_by": ""},
    ],
)
def test_an_incomplete_order_seals_nobody(first: Client, he: Prisoner, wrong: dict[str, str]) -> None:
    answer = order(first, **wrong)
    assert (answer.status_code, Seal.objects.count(), recorded(Kind.INTENT)) == (422, 0, [])
    assert "field-error" in answer.content.decode()


def test_the_term_holds_through_its_last_day(first: Client, he: Prisoner) -> None:
    today = timezone.localdate()
    order(first, until=today.isoformat())
    until = Seal.objects.get().until
    assert until is not None
    assert timezone.localtime(until).date() == today + timedelta(days=1)
    assert f"até {today:%d/%m/%Y}" in first.get("/sigilos/").content.decode()


def test_every_page_asks_for_a_fresh_factor(he: Prisoner) -> None:
    of, old = ordered(he), doors.session(make_user(role=Role.GENERAL_ADMIN), elevated=False)
    for page in ("/sigilos/", "/sigilos/ordenar/", f"/sigilos/{of.pk}/"):
        assert old.get(page).url.startswith("/confirmar/")
    for page in (f"/sigilos/{of.pk}/levantar/", f"/sigilos/{of.pk}/autorizar/", f"/sigilos/{of.pk}/levantar/decidir/"):
        assert old.post(page, {"reason": WHY, "username": "dora"}).url.startswith("/confirmar/")
    assert order(old).url.startswith("/confirmar/")
    assert (Seal.objects.count(), recorded(Kind.SEALS_READ)) == (1, [])


def test_a_grant_takes_two_and_its_revocation_one(
    first: Client, second: Client, he: Prisoner, purpose: Purpose
) -> None:
    of, agent = ordered(he), purpose.user
    name = agent.username.upper()
    assert first.post(f"/sigilos/{of.pk}/autorizar/", {"username": name, "reason": WHY}).url == f"/sigilos/{of.pk}/"
    made = SealGrant.objects.get()
    assert made.username == agent.username
    address = f"/sigilos/autorizacoes/{made.pk}/"
    own = first.post(address, {"decisao": "confirmar"}, follow=True).content.decode()
    assert "Quem propôs não confirma" in own
    assert "Confirmar a autorização" not in own
    assert not sees(agent, purpose, he)
    assert "Confirmar a autorização" in second.get(f"/sigilos/{of.pk}/").content.decode()
    second.post(address, {"decisao": "confirmar"})
    assert sees(agent, purpose, he)
    first.post(address, {"decisao": "revogar"})
    assert not sees(agent, purpose, he)
    steps = [(event.kind, event.detail.get("step")) for event in recorded(Kind.SEAL_GRANTED, Kind.SEAL_GRANT_REVOKED)]
    assert steps == [("seal_granted", "proposed"), ("seal_granted", "confirmed"), ("seal_grant_revoked", None)]
    again = first.post(address, {"decisao": "revogar"}, follow=True).content.decode()
    assert "já tinha sido decidido" in again


@pytest.mark.parametrize("who", ["ninguem", "chefe", "fora"])
def test_only_somebody_who_may_consult_is_admitted(first: Client, he: Prisoner, who: str) -> None:
    make_user(username="chefe", role=Role.REGIONAL_MANAGER)
    make_user(username="fora", is_active=False)
    answer = first.post(f"/sigilos/{ordered(he).pk}/autorizar/", {"username": who, "reason": WHY})
    assert (answer.status_code, SealGrant.objects.count()) == (422, 0)
    assert "Não há conta ativa" in answer.content.decode()


def test_lifting_takes_two(first: Client, second: Client, he: Prisoner, purpose: Purpose) -> None:
    of = ordered(he)
    lift = f"/sigilos/{of.pk}/levantar/"
    assert first.post(lift, {"reason": "curto"}).status_code == 422
    first.post(lift, {"reason": "Decisão revista pelo juízo."})
    assert (
        "Quem propôs não confirma"
        in first.post(f"{lift}decidir/", {"decisao": "confirmar"}, follow=True).content.decode()
    )
    assert not sees(purpose.user, purpose, he)
    second.post(f"{lift}decidir/", {"decisao": "manter"})
    second.post(f"{lift}decidir/", {"decisao": "confirmar"})
    assert not sees(purpose.user, purpose, he)
    first.post(lift, {"reason": "Decisão revista pelo juízo."})
    assert "ana propôs em" in second.get(f"/sigilos/{of.pk}/").content.decode()
    second.post(f"{lift}decidir/", {"decisao": "confirmar"})
    assert sees(purpose.user, purpose, he)
    assert "Vara fictícia" not in first.get("/sigilos/").content.decode()
    assert "levantado em" in first.get("/sigilos/?encerrados").content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.GENERAL_ADMIN])
def test_to_anybody_else_a_seal_and_none_answer_alike(he: Prisoner, role: Role) -> None:
    of, client = ordered(he), doors.session(make_user(role=role))
    for pk in (of.pk, NOBODY):
        assert client.get(f"/sigilos/{pk}/").status_code == 403
        for page in ("autorizar/", "levantar/", "levantar/decidir/"):
            assert client.post(f"/sigilos/{pk}/{page}", {"reason": WHY}).status_code == 403
    assert order(client, he.person.public_id).status_code == 403
    assert Seal.objects.count() == 1


def test_a_list_of_many_turns_its_pages(first: Client) -> None:
    for _ in range(21):
        ordered(make.make_prisoner())
    pages = [first.get(f"/sigilos/?pagina={number}").content.decode() for number in (1, 2)]
    assert [page.count("data-row>") for page in pages] == [20, 1]
