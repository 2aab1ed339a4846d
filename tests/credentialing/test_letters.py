"""Letters about an account: when what opens it changes, where it is opened anew, and when a passkey exists twice."""

from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

import pytest
from celery import current_app
from django.core import mail
from django.test import Client
from django.utils import timezone

from credentialing import tasks
from credentialing.models import User
from credentialing.passkeys import services as passkeys
from credentialing.roles import Role
from credentialing.services import first_access, letters
from credentialing.services.letters import Letter
from senappen.lib import mail as mail_lib
from tests import doors
from tests.authenticator import Authenticator
from tests.factories.access import BY
from tests.factories.credentialing import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ADD, ENTER = "/minha-conta/chaves/", "/entrar/chave/"
MAIL = "ana.teste@orgao.exemplo"


@pytest.fixture
def user() -> User:
    return make_user(email=MAIL, full_name="Ana Inventada")


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a worker would be asked to do."""
    asked: list[Any] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args=(), **_: asked.append((name, args)))
    return asked


@pytest.fixture
def worker(queued: list[Any], django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], Any]], list[str]]:
    """Does something, then what it queued; the subjects of what was sent."""

    def run(act: Callable[[], Any]) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            act()
        mail.outbox.clear()
        for name, args in queued:
            if name == letters.SEND:
                tasks.send_letter(*args)
        queued.clear()
        return [sent.subject for sent in mail.outbox]

    return run


def post(client: Client, url: str, **body: Any) -> Any:
    return client.post(url, body, content_type="application/json")


def with_key(user: User) -> Authenticator:
    made, client = Authenticator(uses=5), doors.session(user)
    assert (
        post(client, ADD, name="chaveiro", answer=made.create(post(client, f"{ADD}iniciar/").json())).status_code == 200
    )
    return made


def by_key(user: User, made: Authenticator, **where: Any) -> Any:
    client = Client(**where)
    client.post("/entrar/", {"username": user.username, "password": PASSWORD})
    return post(client, ENTER, answer=made.get(post(client, f"{ENTER}iniciar/").json()))


def by_code(user: User, **where: Any) -> None:
    client = Client(**where)
    client.post("/entrar/", {"username": user.username, "password": PASSWORD})
    assert client.post("/entrar/codigo/", {"otp_token": doors.code(user)}).status_code == 302


def test_a_key_added_and_removed_is_told_its_owner_and_names_nobody(user: User, worker: Any) -> None:
    client = doors.session(user)
    assert worker(lambda: with_key(user)) == ["Chave de acesso cadastrada"]
    [sent] = mail.outbox
    assert sent.to == [MAIL]
    assert sent.body.startswith("Base Prisional Nacional: em ")
    assert "uma chave de acesso foi cadastrada na sua conta." in sent.body
    for word in ("Ana", user.username, "chaveiro", MAIL):
        assert word not in sent.body + sent.subject
    client = doors.session(user)
    key = passkeys.held_by(user).get()
    assert worker(lambda: client.post(f"{ADD}{key.pk}/remover/")) == ["Chave de acesso removida"]


def test_a_refused_key_is_no_news(user: User, worker: Any) -> None:
    client = doors.session(user)
    assert worker(lambda: post(client, ADD, name="chaveiro", answer={})) == []


def test_another_password_or_authenticator_is_told(user: User, worker: Any) -> None:
    client = doors.session(user)
    new = "uma outra senha comprida"
    given = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert worker(lambda: client.post("/senha/", given)) == ["Senha trocada"]
    pk = first_access.issue(user=user, by=BY).access.pk
    first_access.device(pk=pk)
    code = doors.code(user)
    assert worker(lambda: first_access.complete(pk=pk, password=new, code=code, by=BY)) == [
        "Senha e autenticador definidos"
    ]


def test_entering_from_elsewhere_is_told_once_and_never_the_first_time(user: User, worker: Any) -> None:
    told = ["Entrada de outro aparelho ou endereço"]
    assert worker(lambda: by_code(user)) == []
    assert worker(lambda: by_code(user)) == []
    assert worker(lambda: by_code(user, REMOTE_ADDR="10.0.0.9")) == told
    assert "(aparelho desconhecido, 10.0.0.9)" in mail.outbox[0].body
    assert worker(lambda: by_code(user, REMOTE_ADDR="10.0.0.9")) == []
    firefox = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0"}
    assert worker(lambda: by_code(user, headers=firefox)) == told


def test_a_copied_key_is_refused_and_alarms_owner_and_corregedor_once(user: User, worker: Any) -> None:
    judge = make_user(role=Role.CORREGEDOR, email="corregedor@orgao.exemplo")
    make_user(role=Role.CORREGEDOR, email="outro@orgao.exemplo", agency=make_agency("PP-SP"))
    made = with_key(user)
    assert by_key(user, made).status_code == 200
    made.uses -= 2
    answers: list[Any] = []
    assert worker(lambda: answers.append(by_key(user, made))) == ["Chave de acesso recusada", "Chave de acesso copiada"]
    assert answers[0].status_code == 422
    assert [sent.to for sent in mail.outbox] == [[MAIL], [judge.email]]
    for sent in mail.outbox:
        assert user.username not in sent.body
        assert "Ana" not in sent.body
    made.uses -= 1
    assert worker(lambda: by_key(user, made)) == []


def test_a_mail_server_that_does_not_answer_is_asked_again_and_named_nowhere(
    user: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any) -> int:
        raise SMTPException(f"550 {MAIL}")

    monkeypatch.setattr(mail_lib, "send_mail", fails)
    with pytest.raises(letters.NotSent):
        letters.send(user.pk, Letter.KEY_ADDED, timezone.now())
    assert tasks.send_letter.autoretry_for == (letters.NotSent,)
    assert MAIL not in caplog.text
    assert "SMTPException" in caplog.text


def test_whoever_has_no_address_is_told_nothing(worker: Any) -> None:
    user = make_user()
    assert letters.send(user.pk, Letter.KEY_ADDED, timezone.now()) == 0
