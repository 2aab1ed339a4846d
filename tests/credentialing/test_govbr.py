"""Entering with gov.br, against a provider on a socket: who is let to the second factor, and everything that is not."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client, override_settings
from django.utils import timezone

from audit import sentences
from audit.events import Kind
from credentialing.models import User, UserSession
from credentialing.requests.asking import digest
from tests import doors
from tests.events import recorded
from tests.factories import govbr
from tests.factories.access import make_cpf
from tests.factories.credentialing import PASSWORD, make_agency, make_user
from tests.factories.govbr import Conduct, Provider

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
BEGIN, RETURN = "/entrar/govbr/", "/entrar/govbr/retorno/"
TOLD = "Não foi possível entrar com o gov.br."


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    with govbr.provider() as server:
        yield server


@pytest.fixture
def provider(served: Provider) -> Iterator[Provider]:
    served.conduct, served.asked, served.tokens = Conduct(), [], []
    served.person = govbr.Person(cpf=make_cpf())
    with override_settings(**served.settings()):
        yield served


@pytest.fixture
def user(provider: Provider) -> User:
    return with_cpf(provider)


def with_cpf(provider: Provider, **fields: Any) -> User:
    return make_user(cpf_digest=digest(provider.person.cpf), **fields)


def came_back(client: Client, *, path: str = "") -> str:
    """The address gov.br leads to, of this site, for what the client began."""
    begun = client.get(BEGIN, {"next": path} if path else {})
    assert begun.status_code == 302
    back = urlsplit(govbr.visit(begun["Location"]))
    assert (back.netloc, back.path) == ("testserver", RETURN)
    return f"{back.path}?{back.query}"


def tried(client: Client) -> Any:
    return client.get(came_back(client))


def is_refused(client: Client, answer: Any, cause: str) -> bool:
    """The one sentence, nobody let further, and the cause in the audit alone."""
    assert answer.status_code == 302
    assert answer["Location"].startswith("/entrar/?")
    page = client.get(answer["Location"]).content.decode()
    [*_, event] = recorded(Kind.LOGIN_FAILED)
    assert (event.detail["reason"], str(event.request)) == (cause, answer["X-Request-ID"])
    assert cause not in page
    assert SESSION_KEY not in client.session
    assert client.get("/entrar/codigo/").url == "/entrar/"
    return f"{TOLD} " in page and answer["X-Request-ID"] in page


def test_without_a_credential_of_govbr_there_is_no_such_way_in(client: Client) -> None:
    assert "gov.br</a>" not in client.get("/entrar/").content.decode()
    for browser, status in ((client, 302), (doors.session(make_user()), 404)):
        assert browser.get(BEGIN).status_code == status
        assert browser.get(RETURN, {"state": "a", "code": "b"}).status_code == status
    assert recorded(Kind.LOGIN_FAILED) == []


def test_govbr_takes_the_place_of_the_password_and_of_nothing_else(client: Client, user: User) -> None:
    assert 'href="/entrar/govbr/?next=/meus-acessos/"' in client.get("/entrar/?next=/meus-acessos/").content.decode()
    answer = client.get(came_back(client, path="/meus-acessos/"))
    assert answer.url == "/entrar/codigo/"
    assert SESSION_KEY not in client.session
    assert client.get("/meus-acessos/").url.startswith("/entrar/")
    before = client.session.session_key
    assert client.post("/entrar/codigo/", {"otp_token": doors.code(user)}).url == "/meus-acessos/"
    assert client.session.session_key != before
    assert client.get("/confirmar/").status_code == 200
    [row] = UserSession.objects.filter(user=user)
    assert (row.address, row.ended_at, row.is_elevated) == ("127.0.0.1", None, True)
    [event] = recorded(Kind.LOGIN)
    assert (event.actor_id, event.detail) == (user.pk, {"first": "govbr"})
    assert sentences.sentence(event) == "Entrou na plataforma com gov.br e código."


def test_a_session_of_before_ends_and_the_lock_of_wrong_codes_holds(client: Client, user: User) -> None:
    first = doors.session(user)
    tried(client)
    client.post("/entrar/codigo/", {"otp_token": doors.code(user)})
    assert first.get("/meus-acessos/").url.startswith("/entrar/")
    other = Client()
    tried(other)
    for _ in range(5):
        other.post("/entrar/codigo/", {"otp_token": doors.code(user, wrong=True)})
    assert is_refused(other, tried(other), "locked")


def test_what_is_asked_of_govbr(client: Client, user: User, provider: Provider) -> None:
    begun = client.get(BEGIN)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun["Location"]).query).items()}
    assert asked["scope"] == "openid govbr_confiabilidades govbr_confiabilidades_idtoken"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 32
    assert "no-store" in begun["Cache-Control"]
    assert client.session.get_expiry_age() <= 600


def test_nothing_of_govbr_nor_of_the_person_stays(
    client: Client, user: User, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tried(client)
    client.post("/entrar/codigo/", {"otp_token": doors.code(user)})
    [token] = provider.tokens
    kept = str(dict(client.session.items()))
    assert token not in kept
    assert "oidc" not in kept
    for text in (kept, caplog.text, *provider.asked, str([event.detail for event in recorded()])):
        assert provider.person.cpf not in text
    for other in (make_cpf(), "lixo"):
        provider.person.cpf = other
        tried(client := Client())
        assert other not in caplog.text + str([event.detail for event in recorded()])


@pytest.mark.parametrize(
    ("fields", "agency", "cause"),
    [
        ({"is_active": False}, {}, "account_closed"),
        ({"frozen_at": timezone.now()}, {}, "account_frozen"),
        ({"is_substitute": True}, {}, "not_designated"),
        ({}, {"suspended_at": timezone.now()}, "agency_closed"),
        ({}, {"expires_at": timezone.now() - timedelta(seconds=1)}, "agency_closed"),
    ],
)
def test_only_an_open_account_of_an_open_agency_is_matched(
    client: Client, provider: Provider, fields: dict[str, Any], agency: dict[str, Any], cause: str
) -> None:
    user = with_cpf(provider, agency=make_agency("PP-PE", **agency), **fields)
    assert is_refused(client, tried(client), cause)
    assert recorded(Kind.LOGIN_FAILED)[0].actor_id == user.pk


def test_nobody_becomes_an_account(client: Client, provider: Provider) -> None:
    make_user()
    before = User.objects.count()
    assert is_refused(client, tried(client), "unknown")
    [event] = recorded(Kind.LOGIN_FAILED)
    assert (event.actor_id, event.actor) == (None, "")
    assert User.objects.count() == before


def test_accounts_without_a_cpf_are_nobodys(client: Client, provider: Provider) -> None:
    make_user(cpf_digest="")
    provider.conduct.claims = {"sub": "conta sem CPF"}
    assert is_refused(client, tried(client), "govbr_cpf")


def test_of_closed_and_open_accounts_of_a_person_the_open_one_is_theirs(client: Client, provider: Provider) -> None:
    open_one = with_cpf(provider)
    with_cpf(provider, is_active=False)
    assert tried(client).url == "/entrar/codigo/"
    client.post("/entrar/codigo/", {"otp_token": doors.code(open_one)})
    assert client.session[SESSION_KEY] == str(open_one.pk)


def test_a_cpf_with_points_is_the_same_cpf(client: Client, user: User, provider: Provider) -> None:
    number = provider.person.cpf
    provider.conduct.claims = {"sub": f"{number[:9]}-{number[9:]}"}
    assert tried(client).url == "/entrar/codigo/"


@pytest.mark.parametrize(
    ("least", "level", "enters"),
    [
        ("silver", "gold", True), ("silver", "silver", True), ("silver", "bronze", False), ("gold", "silver", False),
        ("gold", "gold", True), ("silver", "platina", False), ("silver", None, False),
    ],
)  # fmt: skip
def test_the_level_of_the_account_at_govbr(
    client: Client, user: User, provider: Provider, least: str, level: str | None, enters: bool
) -> None:
    provider.person.level = level
    with override_settings(GOVBR_LEVEL=least):
        answer = tried(client)
    assert (answer.url == "/entrar/codigo/") is enters
    assert enters or is_refused(client, answer, "govbr_level")


def test_a_token_without_a_level_is_refused(client: Client, user: User, provider: Provider) -> None:
    for missing in (None, "gold", []):
        provider.conduct.claims = {"reliability_info": missing}
        assert is_refused(client, tried(client), "govbr_level")


@pytest.mark.parametrize(
    ("conduct", "cause"),
    [
        (Conduct(sign=lambda claims, header: jwt.encode(claims, govbr.STRANGERS, "RS256", header)), "govbr_signature"),
        (Conduct(sign=lambda claims, header: jwt.encode(claims, "", "none", header)), "govbr_key"),
        (Conduct(sign=lambda claims, header: jwt.encode(claims, govbr.SECRET * 4, "HS256", header)), "govbr_key"),
        (Conduct(header={"kid": "outra"}), "govbr_key"),
        (Conduct(sign=lambda *_: "isto não é um token"), "govbr_key"),
        (Conduct(keys=lambda handler: handler.give({"keys": "?"})), "govbr_key"),
        (Conduct(keys=lambda handler: handler.give(b"<html>")), "govbr_key"),
        (Conduct(keys=lambda handler: handler.give({}, 503)), "govbr_unreachable"),
        (Conduct(claims={"iss": "https://sso.example.org/"}), "govbr_issuer"),
        (Conduct(claims={"aud": "outro-sistema"}), "govbr_audience"),
        (Conduct(claims={"aud": [govbr.CLIENT, "outro-sistema"]}), "govbr_audience"),
        (Conduct(claims={"nonce": "de outro pedido"}), "govbr_nonce"),
        (Conduct(claims={"nonce": None}), "govbr_token"),
        (Conduct(claims={"exp": None}), "govbr_token"),
        (Conduct(claims={"exp": int(time.time()) - 60}), "govbr_expired"),
        (Conduct(claims={"iat": int(time.time()) + 600}), "govbr_token"),
        (Conduct(claims={"sub": None}), "govbr_token"),
        (Conduct(claims={"sub": "12345678900"}), "govbr_cpf"),
        (Conduct(deny=True), "govbr_denied"),
        (Conduct(token=lambda handler: handler.give({"error": "invalid_grant"}, 400)), "govbr_refused"),
        (Conduct(token=lambda handler: handler.give({"error": "server_error"}, 500)), "govbr_unreachable"),
        (Conduct(token=lambda handler: handler.give(b"<html>")), "govbr_token"),
        (Conduct(token=lambda handler: handler.give(["id_token"])), "govbr_token"),
        (Conduct(token=lambda handler: handler.give({"access_token": "a"})), "govbr_token"),
        (Conduct(token=lambda _: time.sleep(1.3)), "govbr_unreachable"),
    ],
)
def test_what_govbr_did_not_sign_for_us_proves_nothing(
    client: Client, user: User, provider: Provider, conduct: Conduct, cause: str
) -> None:
    provider.conduct = conduct
    assert is_refused(client, tried(client), cause)
    provider.conduct = Conduct()
    assert tried(client).url == "/entrar/codigo/"


def test_a_provider_that_is_not_there(client: Client, user: User, provider: Provider) -> None:
    back = came_back(client)
    with override_settings(OIDC_OP_TOKEN_ENDPOINT="http://127.0.0.1:1/token"):
        assert is_refused(client, client.get(back), "govbr_unreachable")


def test_what_came_back_serves_once_and_in_one_browser(client: Client, user: User) -> None:
    back = came_back(client)
    other = Client()
    assert is_refused(other, other.get(back), "govbr_state")
    kept = dict(client.session["oidc_states"])
    assert client.get(back).url == "/entrar/codigo/"
    # Two requests at once read the same session: the second finds the state there, and yet used.
    session = other.session
    session["oidc_states"] = kept
    session.save()
    assert is_refused(other, other.get(back), "govbr_state")


def test_what_was_begun_is_good_for_ten_minutes(client: Client, user: User) -> None:
    back = came_back(client)
    session = client.session
    session["oidc_states"] = {
        key: {**one, "added_on": time.time() - 601} for key, one in session["oidc_states"].items()
    }
    session.save()
    assert is_refused(client, client.get(back), "govbr_state")


def test_an_invented_answer_does_not_undo_a_password_just_proven(client: Client, user: User) -> None:
    client.post("/entrar/", {"username": user.username, "password": PASSWORD})
    client.get(RETURN, {"state": "inventado", "code": "inventado"})
    assert client.get("/entrar/codigo/").status_code == 200


def test_whoever_is_in_already_goes_on(client: Client, user: User) -> None:
    inside = doors.session(user)
    assert inside.get(BEGIN, {"next": "/meus-acessos/"}).url == "/meus-acessos/"
    assert inside.get(RETURN, {"state": "a", "code": "b"}).url == "/"
    assert recorded(Kind.LOGIN_FAILED) == []


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_one_is_led_on_only_to_a_path_of_this_site(client: Client, user: User, wanted: str) -> None:
    client.get(came_back(client, path=wanted))
    assert client.post("/entrar/codigo/", {"otp_token": doors.code(user)}).url == "/"


def test_leaving_ends_the_session_of_govbr_too_where_that_is_configured(client: Client, user: User) -> None:
    tried(client)
    client.post("/entrar/codigo/", {"otp_token": doors.code(user)})
    with override_settings(GOVBR_LOGOUT_RETURN="https://bpn.exemplo/entrar/"):
        answer = client.post("/sair/")
    wait, _, address = answer["Refresh"].partition("; url=")
    assert (wait, govbr.visit(address)) == ("0", "https://bpn.exemplo/entrar/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert SESSION_KEY not in client.session
    assert "Você saiu." in client.get("/entrar/").content.decode()


def test_leaving_asks_nothing_of_govbr_otherwise(client: Client, user: User) -> None:
    tried(client)
    client.post("/entrar/codigo/", {"otp_token": doors.code(user)})
    assert client.post("/sair/").url == "/entrar/"
    by_password = doors.session(user)
    with override_settings(GOVBR_LOGOUT_RETURN="https://bpn.exemplo/entrar/"):
        assert by_password.post("/sair/").url == "/entrar/"
