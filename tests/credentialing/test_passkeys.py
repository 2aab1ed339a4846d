"""Passkeys: added under a fresh second factor, used after the password, refused and counted as wrong codes are."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnCredential

from audit.events import Kind
from credentialing.models import User, UserSession
from credentialing.passkeys.challenges import KEY
from credentialing.services import first_access
from tests import doors
from tests.authenticator import Authenticator
from tests.events import recorded
from tests.factories.access import BY
from tests.factories.credentialing import PASSWORD, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
MINE = "/minha-conta/"
ADD, ENTER, CONFIRM = "/minha-conta/chaves/", "/entrar/chave/", "/confirmar/chave/"


@pytest.fixture
def user() -> User:
    return make_user()


def post(client: Client, url: str, **body: Any) -> Any:
    return client.post(url, body, content_type="application/json")


def begin(client: Client, url: str) -> dict[str, Any]:
    options: dict[str, Any] = post(client, f"{url}iniciar/").json()
    return options


def add(client: Client, made: Authenticator, *, name: str = "chaveiro", **how: str) -> Any:
    return post(client, ADD, name=name, answer=made.create(begin(client, ADD), **how))


def with_key(user: User) -> Authenticator:
    made = Authenticator()
    assert add(doors.session(user), made).status_code == 200
    return made


def after_password(user: User, **where: Any) -> Client:
    client = Client(**where)
    client.post("/entrar/", {"username": user.username, "password": PASSWORD, "next": "/meus-acessos/"})
    return client


def use(client: Client, made: Authenticator, *, url: str = ENTER, **how: str) -> Any:
    return post(client, url, answer=made.get(begin(client, url), **how))


def reasons() -> list[str]:
    return [event.detail["reason"] for event in recorded(Kind.SECOND_FACTOR_FAILED)]


def is_refused(answer: HttpResponse, client: Client) -> bool:
    return answer.status_code == 422 and SESSION_KEY not in client.session


def test_a_key_is_added_listed_and_audited(user: User) -> None:
    client = doors.session(user)
    answer = add(client, Authenticator(), name="chaveiro azul")
    assert answer.json() == {"next": MINE}
    assert "no-store" in answer["Cache-Control"]
    page = client.get(MINE).content.decode()
    assert "chaveiro azul" in page
    assert "nunca usada" in page
    [event] = recorded(Kind.ACCOUNT_CHANGED)
    assert (event.action, event.actor_id, event.detail["account"]) == ("passkey.add", user.pk, user.pk)


def test_the_authenticator_is_told_the_user_name_and_not_the_persons(user: User) -> None:
    options = begin(doors.session(user), ADD)
    assert user.full_name not in str(options)
    assert options["user"]["name"] == options["user"]["displayName"] == user.username
    assert options["authenticatorSelection"]["userVerification"] == "required"


def test_password_and_key_open_a_session_where_one_wanted_to_go(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    assert "Usar chave de acesso" in client.get("/entrar/codigo/").content.decode()
    before = client.session.session_key
    assert use(client, made).json() == {"next": "/meus-acessos/"}
    assert client.session[SESSION_KEY] == str(user.pk)
    assert client.session.session_key != before
    assert client.get(MINE).status_code == 200
    assert UserSession.objects.open_of(user).count() == 1
    [event] = recorded(Kind.LOGIN)
    assert (event.actor_id, event.channel) == (user.pk, "page")


def test_without_a_key_the_pages_offer_the_code_alone(user: User) -> None:
    client = after_password(user)
    assert "Usar chave de acesso" not in client.get("/entrar/codigo/").content.decode()
    assert post(client, f"{ENTER}iniciar/").status_code == 422
    assert "Usar chave de acesso" not in doors.session(user).get("/confirmar/").content.decode()


def test_a_key_alone_opens_nothing(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    answer = made.get(begin(client, ENTER))
    stranger = Client()
    assert post(stranger, f"{ENTER}iniciar/").url == "/entrar/"
    assert post(stranger, ENTER, answer=answer).url == "/entrar/"


def test_the_code_still_opens_an_account_that_has_a_key(user: User) -> None:
    with_key(user)
    client = after_password(user)
    assert client.post("/entrar/codigo/", {"otp_token": doors.code(user)}).url == "/meus-acessos/"


def test_a_wrong_code_is_no_less_wrong_for_a_key(user: User) -> None:
    with_key(user)
    client = after_password(user)
    client.post("/entrar/codigo/", {"otp_token": doors.code(user, wrong=True)})
    assert SESSION_KEY not in client.session
    assert reasons() == ["code"]


@pytest.mark.parametrize(
    ("how", "change"),
    [
        ({"origin": "https://localhost.example.org"}, {}),
        ({"origin": "http://127.0.0.1:8000"}, {}),
        ({}, {"challenge": "b3V0cm8gZGVzYWZpbyBxdWFscXVlciwgbuNvIG8gbm9zc28"}),
        ({}, {"rpId": "example.org"}),
    ],
)
def test_another_origin_challenge_or_domain_is_refused(user: User, how: dict[str, str], change: dict[str, str]) -> None:
    made = with_key(user)
    client = after_password(user)
    answer = made.get(begin(client, ENTER) | change, **how)
    assert is_refused(post(client, ENTER, answer=answer), client)
    assert reasons() == ["passkey"]


def test_a_signature_by_another_private_key_is_refused(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    assert is_refused(use(client, Authenticator(id=made.id)), client)
    assert reasons() == ["passkey"]


def test_an_authenticator_that_does_not_know_its_person_is_refused(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    made.verifies = False
    assert is_refused(use(client, made), client)
    assert add(doors.session(make_user()), Authenticator(verifies=False)).status_code == 422


def test_an_answer_serves_once(user: User) -> None:
    made = with_key(user)
    client, other = after_password(user), after_password(user)
    answer = made.get(begin(client, ENTER))
    kept = client.session[KEY]
    assert post(client, ENTER, answer=answer).status_code == 200
    assert is_refused(post(other, ENTER, answer=answer), other)
    # Two requests at once read the same session: the second finds the challenge there, and yet used.
    session = other.session
    session[KEY] = kept
    session.save()
    made.uses = 9
    assert is_refused(
        post(other, ENTER, answer=made.get({"challenge": kept["state"]["challenge"], "rpId": "localhost"})), other
    )
    assert reasons() == ["passkey_challenge", "passkey_challenge"]


def test_a_refused_answer_uses_its_challenge_up(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    options = begin(client, ENTER)
    post(client, ENTER, answer=made.get(options, origin="https://example.org"))
    assert is_refused(post(client, ENTER, answer=made.get(options)), client)
    assert reasons() == ["passkey", "passkey_challenge"]


def test_a_challenge_is_good_for_five_minutes(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    options = begin(client, ENTER)
    session = client.session
    session[KEY] = {**session[KEY], "at": session[KEY]["at"] - 301}
    session.save()
    assert is_refused(post(client, ENTER, answer=made.get(options)), client)


def test_a_challenge_of_one_ceremony_serves_no_other(user: User) -> None:
    made = with_key(user)
    client = doors.session(user)
    options = begin(client, CONFIRM)
    assert (
        post(
            client, ADD, name="outra", answer=Authenticator().create({**options, "rp": {"id": "localhost"}})
        ).status_code
        == 422
    )
    assert post(client, CONFIRM, answer=made.get(options)).status_code == 422


@pytest.mark.parametrize("uses", [0, 4])
def test_a_count_that_does_not_go_on_is_a_copy_refused_and_recorded_as_such(user: User, uses: int) -> None:
    made = with_key(user)
    made.uses = 4
    assert use(after_password(user), made).status_code == 200
    made.uses = uses
    client = after_password(user)
    assert is_refused(use(client, made), client)
    assert reasons() == ["passkey_cloned"]
    assert WebAuthnCredential.objects.get().sign_count == 5


def test_a_wrong_signature_with_an_old_count_is_no_copy(user: User) -> None:
    made = with_key(user)
    made.uses = 4
    use(after_password(user), made)
    client = after_password(user)
    assert is_refused(use(client, Authenticator(id=made.id)), client)
    assert reasons() == ["passkey"]


def test_a_key_of_somebody_else_is_refused(user: User) -> None:
    with_key(user)
    theirs = with_key(make_user())
    client = after_password(user)
    assert is_refused(use(client, theirs), client)
    assert reasons() == ["passkey_unknown"]


@pytest.mark.parametrize("answer", [None, {}, "texto", {"id": 1}, {"id": "@", "rawId": "@", "response": {}}])
def test_what_is_no_answer_is_refused_and_counted(user: User, answer: object) -> None:
    with_key(user)
    client = after_password(user)
    begin(client, ENTER)
    assert is_refused(post(client, ENTER, answer=answer), client)
    assert len(reasons()) == 1


def test_five_refusals_lock_the_name_for_password_and_code_too(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    for _ in range(5):
        answer = use(client, made, origin="https://example.org")
    assert answer.url == "/entrar/"
    assert client.get("/entrar/codigo/").url == "/entrar/"
    locked = Client().post("/entrar/", {"username": user.username, "password": PASSWORD})
    assert locked.status_code == 429
    assert reasons() == ["passkey"] * 5


def test_wrong_codes_and_refused_keys_count_together(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    for _ in range(4):
        client.post("/entrar/codigo/", {"otp_token": doors.code(user, wrong=True)})
    assert use(client, made, origin="https://example.org").url == "/entrar/"


def test_a_locked_name_is_refused_the_right_key(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    for _ in range(5):
        Client().post("/entrar/", {"username": user.username, "password": "errada"})
    assert use(client, made).url == "/entrar/"
    assert SESSION_KEY not in client.session


def test_the_key_proves_the_second_factor_again(user: User) -> None:
    made = with_key(user)
    client = doors.session(user, elevated=False)
    assert "Usar chave de acesso" in client.get("/confirmar/").content.decode()
    answer = post(client, CONFIRM, answer=made.get(begin(client, CONFIRM)), next="/minha-conta/?x=1")
    assert answer.json() == {"next": MINE}
    assert UserSession.objects.open_of(user).get().is_elevated
    assert len(recorded(Kind.STEPPED_UP)) == 1


def test_a_refused_key_elevates_nothing_and_leads_nowhere_else(user: User) -> None:
    made = with_key(user)
    client = doors.session(user, elevated=False)
    assert use(client, made, url=CONFIRM, origin="https://example.org").status_code == 422
    assert not UserSession.objects.open_of(user).get().is_elevated
    answer = post(client, CONFIRM, answer=made.get(begin(client, CONFIRM)), next="https://example.org/")
    assert answer.json() == {"next": "/"}


@pytest.mark.parametrize("url", [f"{ADD}iniciar/", ADD, f"{ADD}1/remover/"])
def test_adding_and_removing_ask_for_a_fresh_second_factor(user: User, url: str) -> None:
    with_key(user)
    client = doors.session(user, elevated=False)
    assert post(client, url).url.startswith("/confirmar/")
    assert WebAuthnCredential.objects.count() == 1
    page = client.get(MINE).content.decode()
    assert "Confirmar identidade para alterar" in page
    assert "data-passkey=" not in page


def test_five_keys_are_the_most(user: User) -> None:
    client = doors.session(user)
    options = begin(client, ADD)
    for _ in range(5):
        add(client, Authenticator())
    assert "no máximo 5" in post(client, f"{ADD}iniciar/").json()["error"]
    assert post(client, ADD, name="sexta", answer=Authenticator().create(options)).status_code == 422
    assert WebAuthnCredential.objects.filter(user=user).count() == 5


@pytest.mark.parametrize("how", [{"origin": "https://example.org"}, {"name": " "}, {"name": "a" * 61}])
def test_a_key_made_elsewhere_or_without_a_name_is_not_kept(user: User, how: dict[str, str]) -> None:
    assert add(doors.session(user), Authenticator(), **how).status_code == 422
    assert not WebAuthnCredential.objects.exists()
    assert recorded(Kind.ACCOUNT_CHANGED) == []


def test_a_key_belongs_to_one_account(user: User) -> None:
    made = with_key(user)
    assert add(doors.session(make_user()), made).status_code == 422
    assert add(doors.session(user), made).status_code == 422
    assert WebAuthnCredential.objects.get().user == user


def test_a_removed_key_opens_nothing_and_ends_the_session_it_opened(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    use(client, made)
    key = WebAuthnCredential.objects.get()
    assert "abriu esta sessão" in client.get(MINE).content.decode()
    assert client.post(f"{ADD}{key.pk}/remover/").url == MINE
    assert client.get(MINE).url.startswith("/entrar/")
    assert [event.action for event in recorded(Kind.ACCOUNT_CHANGED)] == ["passkey.add", "passkey.remove"]
    with_key(user)
    again = after_password(user)
    assert is_refused(use(again, made), again)
    assert reasons() == ["passkey_unknown"]


def test_nobody_removes_the_key_of_somebody_else(user: User) -> None:
    with_key(user)
    key = WebAuthnCredential.objects.get()
    assert doors.session(make_user()).post(f"{ADD}{key.pk}/remover/").status_code == 404
    assert WebAuthnCredential.objects.filter(pk=key.pk).exists()


def test_a_new_first_access_ends_passkeys_with_the_rest(user: User) -> None:
    with_key(user)
    first_access.issue(user=user, by=BY)
    assert not WebAuthnCredential.objects.exists()


def test_an_account_closed_meanwhile_is_refused_its_key(user: User) -> None:
    made = with_key(user)
    client = after_password(user)
    answer = made.get(begin(client, ENTER))
    user.agency.suspended_at = timezone.now() - timedelta(seconds=1)
    user.agency.save()
    assert post(client, ENTER, answer=answer).url == "/entrar/"
