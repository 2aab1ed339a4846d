"""The exceptional access: what it opens, for how long, who hears of it, and what the corregedor makes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from audit.events import Kind, system
from consulta.models import ExceptionalAccess
from credentialing.models import Purpose, User
from credentialing.roles import Role
from registry.models import Prisoner, SealLevel
from registry.services import sealing
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_agency, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
REASON = "Ameaça de morte comunicada agora pela unidade."
CPF = make.make_cpf(4242)


@pytest.fixture
def he() -> Prisoner:
    he = make.make_prisoner(cpf=CPF, name="ZULMIRO QUIXERAMOBIM")
    sealing.seal(
        person=he.person.public_id, level=SealLevel.NAMED, agency="OUTRO", reason="Proteção.",
        ordered_by="Vara fictícia", until=None, by=system("test"),
    )  # fmt: skip
    return he


@pytest.fixture
def corregedor(purpose: Purpose) -> User:
    return make_user(role=Role.CORREGEDOR, agency=purpose.user.agency, email="corregedor@exemplo.gov.br")


def ask(client: Client, identifier: object, reason: str = REASON) -> Any:
    return client.post("/acesso-excepcional/", {"identifier": str(identifier), "reason": reason})


def address(person: Prisoner) -> str:
    return f"/pessoas/{person.person.public_id}/"


def test_it_opens_one_person_for_half_an_hour_whatever_the_factors_age(
    agent: Client, purpose: Purpose, he: Prisoner
) -> None:
    assert agent.get(address(he)).status_code == 404
    assert ask(agent, CPF).url == address(he)
    assert agent.get(address(he)).status_code == 200
    old = doors.session(purpose.user, purpose, elevated=False)
    assert old.get(address(he)).status_code == 200
    assert recorded(Kind.DISCLOSURE)[-1].detail["sealed"] == [str(he.person.public_id)]
    ExceptionalAccess.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert old.get(address(he)).status_code == 404


def test_it_opens_nobody_else_to_nobody_else(agent: Client, he: Prisoner) -> None:
    other = make.make_prisoner()
    sealing.seal(
        person=other.person.public_id, level=SealLevel.NAMED, agency="OUTRO", reason="Proteção.",
        ordered_by="Vara fictícia", until=None, by=system("test"),
    )  # fmt: skip
    assert ask(agent, he.person.public_id).status_code == 302
    assert agent.get(address(other)).status_code == 404
    stranger = make_user()
    assert doors.session(stranger, make_purpose(stranger)).get(address(he)).status_code == 404


def test_who_is_not_sealed_who_is_unknown_and_who_is_not_alone_answer_alike(agent: Client, he: Prisoner) -> None:
    seen = make.make_prisoner()
    twin = make.make_prisoner(cpf=CPF)
    sealing.seal(
        person=twin.person.public_id, level=SealLevel.NAMED, agency="OUTRO", reason="Proteção.",
        ordered_by="Vara fictícia", until=None, by=system("test"),
    )  # fmt: skip
    for identifier in (seen.person.public_id, "00000000-0000-4000-8000-000000000000", make.make_cpf(9), CPF, "x"):
        answer = ask(agent, identifier)
        assert answer.status_code == 422
        assert "Nada a abrir com este identificador" in answer.content.decode()
    assert ExceptionalAccess.objects.filter(person=None).count() == 5
    assert len(recorded(Kind.EXCEPTIONAL_OPENED)) == 5


def test_it_asks_for_a_reason_and_a_fresh_factor(purpose: Purpose, he: Prisoner) -> None:
    old = doors.session(purpose.user, purpose, elevated=False)
    assert ask(old, CPF).url.startswith("/confirmar/")
    assert ask(doors.session(purpose.user, purpose), CPF, "urgente" + " " * 40).status_code == 422
    assert ask(doors.session(purpose.user), CPF).url.startswith("/finalidade/")
    assert not ExceptionalAccess.objects.exists()


def test_the_corregedor_is_told_at_once_without_personal_data(
    agent: Client, he: Prisoner, corregedor: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask(agent, CPF)
    [letter] = mail.outbox
    assert letter.to == ["corregedor@exemplo.gov.br"]
    assert not any(word in letter.body for word in (CPF, "QUIXERAMOBIM", "teste", str(he.person.public_id), REASON))
    page = doors.session(corregedor).get("/meus-acessos/").content.decode()
    assert "1 a revisar" in page


def test_the_corregedor_gives_one_finding_on_each(agent: Client, he: Prisoner, corregedor: User) -> None:
    ask(agent, CPF)
    use = ExceptionalAccess.objects.get()
    client = doors.session(corregedor)
    assert REASON in client.get("/acessos-excepcionais/").content.decode()
    page = f"/acessos-excepcionais/{use.pk}/parecer/"
    assert client.post(page, {"finding": "justified", "note": "curta"}).status_code == 422
    assert client.post(page, {"finding": "justified", "note": "Confirmado com a unidade."}).status_code == 302
    assert client.post(page, {"finding": "misuse", "note": "Mudei de ideia depois."}).status_code == 404
    use.refresh_from_db()
    assert (use.finding, use.reviewed_by) == ("justified", corregedor)
    [event] = recorded(Kind.EXCEPTIONAL_REVIEWED)
    assert (event.subjects, event.detail["finding"]) == ([he.person.public_id], "justified")


def test_another_agencys_corregedor_sees_and_judges_nothing(agent: Client, he: Prisoner) -> None:
    ask(agent, CPF)
    use = ExceptionalAccess.objects.get()
    client = doors.session(make_user(role=Role.CORREGEDOR, agency=make_agency("PP-SE")))
    assert REASON not in client.get("/acessos-excepcionais/").content.decode()
    told = {"finding": "justified", "note": "Confirmado com a unidade."}
    assert client.post(f"/acessos-excepcionais/{use.pk}/parecer/", told).status_code == 404
