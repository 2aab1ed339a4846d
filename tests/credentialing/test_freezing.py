"""A frozen account: what ends, what its owner is told, and how it opens again."""

import pytest
from django.core import mail
from django.test import Client
from knox.models import AuthToken

from audit.events import Kind, system
from credentialing.models import AccountFreeze, FreezeCause, User, UserSession
from credentialing.roles import Role
from credentialing.services import freezing
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import PASSWORD, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def user() -> User:
    return make_user()


def freeze(user: User) -> AccountFreeze:
    return freezing.freeze(user=user, cause=FreezeCause.RHYTHM, reason="Ritmo de teste.", by=system("test"))


def test_its_session_and_token_end_with_the_next_request(user: User) -> None:
    purpose = make_purpose(user)
    page, program = doors.session(user, purpose), doors.token(user, purpose)
    assert (page.get("/busca/").status_code, program.get("/api/v1/purposes/").status_code) == (200, 200)
    freeze(user)
    answer = page.get("/busca/")
    assert answer.status_code == 403
    assert "Procure a corregedoria" in answer.content.decode()
    assert program.get("/api/v1/purposes/").status_code == 401
    assert not AuthToken.objects.filter(user=user).exists()
    assert not UserSession.objects.open_of(user).exists()
    assert page.get("/busca/").status_code == 302  # the session is gone, not only refused


def test_only_who_knows_the_password_learns_that_it_is_frozen(user: User) -> None:
    freeze(user)
    told = Client().post("/entrar/", {"username": user.username, "password": PASSWORD})
    assert (told.status_code, "congelada" in told.content.decode()) == (403, True)
    untold = Client().post("/entrar/", {"username": user.username, "password": "outra senha qualquer"})
    assert (untold.status_code, "congelada" in untold.content.decode()) == (200, False)
    assert [event.detail["reason"] for event in recorded(Kind.LOGIN_FAILED)] == ["account_frozen", "password"]


def test_it_is_frozen_once_and_opens_with_a_reason(user: User) -> None:
    first = freeze(user)
    assert freeze(user) == first
    lifted = freezing.unfreeze(user=user, reason="Sistema corrigido.", by=system("corregedor"))
    user.refresh_from_db()
    assert (user.frozen_at, lifted.lifted_because) == (None, "Sistema corrigido.")
    assert Client().post("/entrar/", {"username": user.username, "password": PASSWORD}).url == "/entrar/codigo/"
    with pytest.raises(freezing.NotFrozen):
        freezing.unfreeze(user=user, reason="De novo.", by=system("corregedor"))
    assert [event.kind for event in recorded(Kind.ACCOUNT_FROZEN, Kind.ACCOUNT_UNFROZEN)] == [
        Kind.ACCOUNT_FROZEN,
        Kind.ACCOUNT_UNFROZEN,
    ]


def test_the_agencys_corregedor_is_told_without_a_name(user: User, django_capture_on_commit_callbacks: object) -> None:
    make_user(role=Role.CORREGEDOR, email="corregedor@exemplo.gov.br")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        freeze(user)
    assert [message.to for message in mail.outbox] == [["corregedor@exemplo.gov.br"]]
    assert user.username not in mail.outbox[0].body
