"""One session per person, and the second factor again for what is sensitive."""

import pytest
from django.db import IntegrityError
from django.test import Client

from audit.events import Kind
from credentialing.models import User, UserSession
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import PASSWORD, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGE = "/meus-acessos/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def enter(user: User, **headers: str) -> Client:
    client = Client(headers=headers)
    client.post("/entrar/", {"username": user.username, "password": PASSWORD})
    assert client.post("/entrar/codigo/", {"otp_token": doors.code(user)}).status_code == 302
    return client


def test_entering_elsewhere_ends_the_first_session_and_both_are_told() -> None:
    user = make_user()
    first = enter(user, **{"User-Agent": FIREFOX})
    second = enter(user)
    assert "Firefox · Windows, 127.0.0.1) foi encerrada" in second.get(PAGE).content.decode()
    answer = first.get(PAGE, follow=True).content.decode()
    assert "sua conta entrou em outro aparelho" in answer
    assert second.get(PAGE).status_code == 200
    assert [(row.device, row.ending) for row in UserSession.objects.order_by("opened_at")] == [
        ("Firefox · Windows", "replaced"),
        ("aparelho desconhecido", ""),
    ]
    assert [event.detail for event in recorded(Kind.LOGOUT)] == [{"reason": "replaced"}]


def test_entering_anew_after_leaving_replaces_nothing() -> None:
    user = make_user()
    enter(user).post("/sair/")
    assert "foi encerrada" not in enter(user).get(PAGE).content.decode()
    assert UserSession.objects.filter(user=user, ending="user").count() == 1


def test_the_database_holds_one_open_session_a_person() -> None:
    user = make_user()
    doors.session(user)
    with pytest.raises(IntegrityError):
        UserSession.objects.create(user=user)


def test_ending_a_session_closes_it_at_its_next_request() -> None:
    user = make_user()
    client = doors.session(user)
    UserSession.objects.open_of(user).end("replaced")
    assert client.get(PAGE).url.startswith("/entrar/")
    assert client.get("/api/v1/purposes/").status_code == 401


@pytest.mark.parametrize(("right", "status"), [(True, 302), (False, 422)])
def test_an_export_asks_for_the_code_again_and_leads_back(right: bool, status: int) -> None:
    user = make_user()
    client = doors.session(user, make_purpose(user), elevated=False)
    person = make.make_prisoner().person.public_id
    page = f"/pessoas/{person}/vinculos/"
    answer = client.post(f"{page}exportar/", {"formato": "csv"}, headers={"Referer": f"http://testserver{page}"})
    assert answer.url == f"/confirmar/?next=%2Fpessoas%2F{person}%2Fvinculos%2F"
    proof = client.post("/confirmar/", {"otp_token": doors.code(user, wrong=not right), "next": page})
    assert proof.status_code == status
    assert len(recorded(Kind.STEPPED_UP)) == right
    again = client.post(f"{page}exportar/", {"formato": "csv"})
    assert again.status_code == (200 if right else 302)


def test_a_code_serves_only_its_own_account() -> None:
    user, other = make_user(), make_user()
    client = doors.session(user, elevated=False)
    assert client.post("/confirmar/", {"otp_token": doors.code(other)}).status_code == 422


def test_changing_an_account_asks_for_the_code_again() -> None:
    admin, other = make_user(role=Role.GENERAL_ADMIN), make_user()
    client = doors.session(admin, elevated=False)
    page = f"/admin/credentialing/user/{other.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {}).url.startswith("/confirmar/")
    assert client.post(f"/admin/credentialing/user/{other.pk}/primeiro-acesso/").url.startswith("/confirmar/")
