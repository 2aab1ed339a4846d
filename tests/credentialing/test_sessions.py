"""Sessions that are open, idle, too old, unverified, or of an account that was closed; and leaving."""

import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from knox.models import AuthToken

from audit.events import Kind
from credentialing.models import UserSession
from credentialing.sessions import OPENED_AT, SEEN_AT
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGE = "/finalidade/"


def _set(client: Client, **values: object) -> None:
    session = client.session
    session.update(values)
    session.save()


def test_nobody_is_led_to_the_login_and_back(client: Client) -> None:
    assert client.get(PAGE).url == "/entrar/?next=%2Ffinalidade%2F"


def test_an_address_that_does_not_exist_says_so_only_inside(client: Client) -> None:
    assert client.get("/nada/").url.startswith("/entrar/")
    assert doors.session(make_user()).get("/nada/").status_code == 404


def test_an_htmx_request_is_led_to_the_login_with_the_page_around_it(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/finalidade/?x=1"}
    response = client.get("/pessoas/cartao/", headers=headers)
    assert response.headers["HX-Redirect"] == "/entrar/?next=%2Ffinalidade%2F"
    assert response.content == b""


def test_a_session_without_the_second_factor_is_ended() -> None:
    client = doors.session(make_user())
    _set(client, **{DEVICE_ID_SESSION_KEY: None})
    assert client.get(PAGE).status_code == 302
    assert SESSION_KEY not in client.session
    assert recorded(Kind.LOGOUT)[0].detail == {"reason": "unverified"}


def test_a_removed_device_ends_the_session() -> None:
    user = make_user()
    client = doors.session(user)
    TOTPDevice.objects.filter(user=user).delete()
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("field", "seconds", "reason", "words"),
    [
        (SEEN_AT, 15 * 60 + 1, "idle", "acabou por falta de uso"),
        (OPENED_AT, 8 * 3600 + 1, "expired", "chegou ao tempo máximo"),
    ],
)
def test_an_old_session_is_ended_with_a_word_and_recorded(field: str, seconds: int, reason: str, words: str) -> None:
    user = make_user()
    client = doors.session(user)
    _set(client, **{field: int(time.time()) - seconds})
    response = client.get(PAGE, follow=True)
    assert words in response.content.decode()
    assert SESSION_KEY not in client.session
    [event] = recorded(Kind.LOGOUT)
    assert (event.actor_id, event.detail) == (user.pk, {"reason": reason})


def test_an_idle_session_opens_no_api_either() -> None:
    client = doors.session(make_user())
    _set(client, **{SEEN_AT: int(time.time()) - 15 * 60 - 1})
    assert client.get("/api/v1/purposes/").status_code == 401
    assert SESSION_KEY not in client.session


def test_use_keeps_a_session_open() -> None:
    client = doors.session(make_user())
    _set(client, **{SEEN_AT: int(time.time()) - 14 * 60})
    background = {"X-Background": "true"}
    told = client.get("/sessao/", headers=background).json()
    assert 50 <= told["idle"] <= 60
    assert 8 * 3600 - 10 <= told["total"] <= 8 * 3600
    assert client.get("/sessao/", headers=background).json()["idle"] <= told["idle"]
    assert client.post("/sessao/").json()["idle"] >= 15 * 60 - 5
    assert client.session[SEEN_AT] >= int(time.time()) - 5


def test_use_does_not_extend_the_longest_time() -> None:
    client = doors.session(make_user())
    _set(client, **{OPENED_AT: int(time.time()) - 8 * 3600 + 30})
    assert client.post("/sessao/").json()["total"] <= 30


def test_ones_sessions_and_tokens_are_ones_own_and_tokens_end_by_a_word() -> None:
    user, other = make_user(), make_user()
    tokens = [AuthToken.objects.create(user=one)[0] for one in (user, user, other)]
    doors.session(user).post("/sair/")
    client = doors.session(user)
    UserSession.objects.open_of(user).update(address="192.0.2.7", device="Firefox · Windows")
    doors.session(other)
    UserSession.objects.open_of(other).update(address="192.0.2.99")
    page = client.get("/sessoes/").content.decode()
    assert ("192.0.2.7" in page, "192.0.2.99" in page, page.count("Emitida em")) == (True, False, 2)
    assert "você saiu" in page
    assert tokens[0].digest not in page
    assert client.post("/sessoes/credenciais/revogar/").url == "/sessoes/"
    assert list(AuthToken.objects.values_list("user", flat=True)) == [other.pk]
    assert len(recorded(Kind.TOKEN_REVOKED)) == 2


def test_a_deactivated_account_is_out_at_its_next_request() -> None:
    user = make_user()
    client = doors.session(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(PAGE).url.startswith("/entrar/")
    [event] = recorded(Kind.LOGOUT)
    assert (event.actor_id, event.detail) == (user.pk, {"reason": "closed"})


def test_a_suspended_agency_is_out_at_its_next_request() -> None:
    user = make_user()
    client = doors.session(user)
    type(user.agency).objects.filter(pk=user.agency_id).update(suspended_at=timezone.now())
    assert client.get(PAGE).url.startswith("/entrar/")
    assert SESSION_KEY not in client.session


def test_leaving_ends_the_session_clears_the_browser_and_is_recorded() -> None:
    user = make_user()
    client = doors.session(user)
    response = client.post("/sair/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(PAGE).url.startswith("/entrar/")
    [event] = recorded(Kind.LOGOUT)
    assert (event.actor_id, event.detail) == (user.pk, {"reason": "user"})


def test_leaving_needs_a_post() -> None:
    client = doors.session(make_user())
    assert client.get("/sair/").status_code == 405
    assert client.get(PAGE).status_code == 200
