"""The way in: password, then code; what is refused, recorded and locked."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from tests.doors import code
from tests.events import recorded
from tests.factories.credentialing import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def _password(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/entrar/", {"username": username, "password": password, **more})


def test_the_right_password_alone_logs_nobody_in(client: Client) -> None:
    user = make_user()
    response = _password(client, user.username)
    assert response.url == "/entrar/codigo/"
    assert SESSION_KEY not in client.session
    assert client.get("/meus-acessos/").url.startswith("/entrar/")


def test_password_and_code_open_a_session_under_a_new_key_and_are_recorded(client: Client) -> None:
    user = make_user()
    _password(client, user.username)
    before = client.session.session_key
    response = client.post("/entrar/codigo/", {"otp_token": code(user)})
    assert response.url == "/"
    assert client.session[SESSION_KEY] == str(user.pk)
    assert client.session.session_key != before
    [event] = recorded(Kind.LOGIN)
    assert (event.actor_id, event.agency, event.channel) == (user.pk, user.agency.acronym, "page")


def test_the_name_is_accepted_in_any_case(client: Client) -> None:
    make_user(username="ana.alves")
    assert _password(client, "Ana.Alves").url == "/entrar/codigo/"


@pytest.mark.parametrize("username", ["ninguem", "existe", "inativa"])
def test_a_refusal_reads_the_same_whatever_was_wrong(client: Client, username: str) -> None:
    make_user(username="existe")
    make_user(username="inativa", is_active=False)
    password = PASSWORD if username == "inativa" else "outra senha qualquer"
    content = _password(client, username, password).content.decode()
    assert "Os dados não conferem, ou a conta não está ativa." in content


@pytest.mark.parametrize(
    ("agency", "reason"),
    [
        ({}, "password"),
        ({"suspended_at": timezone.now()}, "agency_closed"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "agency_closed"),
    ],
)
def test_the_audit_knows_why_a_password_was_refused(client: Client, agency: dict[str, object], reason: str) -> None:
    user = make_user(agency=make_agency("PP-PE", **agency))
    _password(client, user.username, "outra senha qualquer")
    [event] = recorded(Kind.LOGIN_FAILED)
    assert (event.actor_id, event.agency, event.detail["reason"]) == (user.pk, "PP-PE", reason)


def test_what_was_typed_as_an_unknown_name_is_not_kept(client: Client) -> None:
    _password(client, "minha senha por engano", "x")
    [event] = recorded(Kind.LOGIN_FAILED)
    assert (event.actor_id, event.actor) == (None, "")
    assert "engano" not in str(event.detail)


def test_the_right_password_of_a_suspended_agency_is_refused(client: Client) -> None:
    user = make_user(agency=make_agency("PP-PE", suspended_at=timezone.now()))
    assert _password(client, user.username).status_code == 200
    assert client.get("/entrar/codigo/").url == "/entrar/"


def test_five_failures_lock_the_name_for_the_address_even_with_the_right_password(client: Client) -> None:
    user = make_user()
    for _ in range(5):
        _password(client, user.username, "errada")
    response = _password(client, user.username)
    assert response.status_code == 429
    assert recorded(Kind.LOGIN_FAILED)[-1].detail["reason"] == "locked"


def test_a_lock_leaves_other_addresses_and_other_names_alone(client: Client) -> None:
    locked, other = make_user(), make_user()
    for _ in range(5):
        _password(client, locked.username, "errada")
    assert _password(Client(REMOTE_ADDR="10.0.0.9"), locked.username).url == "/entrar/codigo/"
    assert _password(client, other.username).url == "/entrar/codigo/"


def test_a_name_that_does_not_exist_is_locked_like_one_that_does(client: Client) -> None:
    for _ in range(5):
        _password(client, "ninguem", "errada")
    assert _password(client, "ninguem", "errada").status_code == 429


def test_a_wrong_code_is_refused_recorded_and_opens_nothing(client: Client) -> None:
    user = make_user()
    _password(client, user.username)
    response = client.post("/entrar/codigo/", {"otp_token": code(user, wrong=True)})
    assert response.status_code == 200
    assert SESSION_KEY not in client.session
    [event] = recorded(Kind.SECOND_FACTOR_FAILED)
    assert (event.actor_id, event.detail["reason"]) == (user.pk, "code")


def test_wrong_codes_count_towards_the_lock_and_end_the_attempt(client: Client) -> None:
    user = make_user()
    _password(client, user.username)
    for _ in range(5):
        response = client.post("/entrar/codigo/", {"otp_token": code(user, wrong=True)})
    assert response.url == "/entrar/"
    assert client.get("/entrar/codigo/").url == "/entrar/"
    assert _password(client, user.username).status_code == 429


def test_django_otp_slows_wrong_codes_even_when_the_next_is_right(client: Client) -> None:
    user = make_user()
    _password(client, user.username)
    right = code(user)
    client.post("/entrar/codigo/", {"otp_token": code(user, wrong=True)})
    client.post("/entrar/codigo/", {"otp_token": right})
    assert SESSION_KEY not in client.session


def test_a_code_serves_once(client: Client) -> None:
    user = make_user()
    used = code(user)
    for browser in (client, Client()):
        _password(browser, user.username)
        browser.post("/entrar/codigo/", {"otp_token": used})
    assert SESSION_KEY in client.session
    assert SESSION_KEY not in browser.session


def test_an_account_without_a_device_cannot_enter(client: Client) -> None:
    user = make_user(device=False)
    _password(client, user.username)
    client.post("/entrar/codigo/", {"otp_token": "123456"})
    assert SESSION_KEY not in client.session
    assert recorded(Kind.SECOND_FACTOR_FAILED)[0].detail["reason"] == "no_device"


def test_a_proven_password_is_forgotten_after_five_minutes(client: Client) -> None:
    user = make_user()
    _password(client, user.username)
    session = client.session
    session["login_pending"] = {**session["login_pending"], "at": session["login_pending"]["at"] - 301}
    session.save()
    assert client.post("/entrar/codigo/", {"otp_token": code(user)}).url == "/entrar/"


def test_a_password_changed_meanwhile_ends_the_attempt(client: Client) -> None:
    user = make_user()
    _password(client, user.username)
    user.set_password("uma outra senha comprida")
    user.save()
    assert client.post("/entrar/codigo/", {"otp_token": code(user)}).url == "/entrar/"


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/meus-acessos/", "/meus-acessos/"),
        ("/b/1/?nome=ana", "/b/1/"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_login_leads_on_only_to_a_path_of_this_site(client: Client, wanted: str, reached: str) -> None:
    user = make_user()
    _password(client, user.username, next=wanted)
    assert client.post("/entrar/codigo/", {"otp_token": code(user)}).url == reached


def test_whoever_is_in_already_is_not_asked_again(client: Client) -> None:
    user = make_user()
    _password(client, user.username)
    client.post("/entrar/codigo/", {"otp_token": code(user)})
    assert client.get("/entrar/").url == "/"
