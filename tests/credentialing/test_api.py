"""The API's own door: tokens after both factors, purposes, and one shape for every refusal."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from audit import recorder
from audit.events import Kind
from credentialing.models import Purpose, User
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import PASSWORD, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PURPOSE = {
    "activity": "investigation",
    "case_reference": "IP 12/2026",
    "justification": "Localizar o investigado para intimação.",
}


def _post(client: Client, address: str, given: object, **headers: str) -> Any:
    return client.post(f"/api/v1/{address}", given, content_type="application/json", headers=headers)


def _ask_token(user: User, **changes: str) -> Any:
    given = {"username": user.username, "password": PASSWORD, "totp": doors.code(user), **changes}
    return _post(Client(), "tokens/", given)


def test_both_factors_are_exchanged_for_a_token_that_opens_the_api() -> None:
    user = make_user()
    response = _ask_token(user)
    assert response.status_code == 201
    bearer = {"Authorization": f"Bearer {response.json()['token']}"}
    assert Client().get("/api/v1/purposes/", headers=bearer).status_code == 200
    [event] = recorded(Kind.TOKEN_ISSUED)
    assert (event.actor_id, event.channel) == (user.pk, "api")


def test_the_token_itself_is_stored_nowhere() -> None:
    secret = _ask_token(make_user()).json()["token"]
    token = AuthToken.objects.get()
    assert secret not in f"{token.digest} {token.token_key}"
    assert secret not in str([event.detail for event in recorded()])


@pytest.mark.parametrize(
    ("changes", "kind"),
    [({"password": "errada"}, Kind.LOGIN_FAILED), ({"totp": "000000"}, Kind.SECOND_FACTOR_FAILED)],
)
def test_one_wrong_factor_gives_nothing_away(changes: dict[str, str], kind: Kind) -> None:
    user = make_user()
    changes = {**changes, **({"totp": doors.code(user, wrong=True)} if "totp" in changes else {})}
    response = _ask_token(user, **changes)
    assert response.status_code == 401
    assert set(response.json()) == {"status", "detail", "reference"}
    assert not AuthToken.objects.exists()
    assert recorded(kind)[0].channel == "api"


def test_failures_at_the_api_and_at_the_page_are_counted_together() -> None:
    user = make_user()
    for _ in range(5):
        _ask_token(user, password="errada")
    response = _ask_token(user)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    given = {"username": user.username, "password": PASSWORD}
    assert Client().post("/entrar/", given).status_code == 429


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.AGENT, Role.IDENTITY_REVIEWER}])
def test_profiles_that_consult_nobody_get_no_token(role: Role) -> None:
    assert _ask_token(make_user(role=role)).status_code == 403
    assert recorded(Kind.DENIED)


def test_a_sixth_token_is_refused_until_one_is_revoked_or_expires() -> None:
    user = make_user()
    for _ in range(5):
        AuthToken.objects.create(user=user)
    assert _ask_token(user).status_code == 403
    AuthToken.objects.filter(pk=AuthToken.objects.first().pk).update(expiry=timezone.now() - timedelta(seconds=1))
    assert _ask_token(user).status_code == 201


def test_a_revoked_token_opens_nothing() -> None:
    user = make_user()
    client = doors.token(user)
    assert client.delete("/api/v1/tokens/").status_code == 204
    assert client.get("/api/v1/purposes/").status_code == 401
    [event] = recorded(Kind.TOKEN_REVOKED)
    assert event.actor_id == user.pk


@pytest.mark.parametrize("closed", ["account", "agency"])
def test_a_closed_account_or_agency_is_out_at_the_next_request(closed: str) -> None:
    user = make_user()
    client = doors.token(user)
    if closed == "account":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        type(user.agency).objects.filter(pk=user.agency_id).update(expires_at=timezone.now())
    assert client.get("/api/v1/purposes/").status_code == 401


def test_a_purpose_declared_here_is_listed_until_it_is_closed() -> None:
    user = make_user()
    client = doors.token(user)
    declared = _post(client, "purposes/", PURPOSE)
    assert declared.status_code == 201
    make_purpose()
    make_purpose(user, expires_at=timezone.now())
    assert [purpose["id"] for purpose in client.get("/api/v1/purposes/").json()] == [declared.json()["id"]]
    assert recorded(Kind.PURPOSE_DECLARED)[0].channel == "api"


def test_a_purpose_that_says_nothing_is_refused_by_field() -> None:
    response = _post(doors.token(make_user()), "purposes/", {**PURPOSE, "justification": "curta"})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["justification"]
    assert not Purpose.objects.exists()


def test_a_session_writes_only_with_the_csrf_token() -> None:
    user = make_user()
    client = doors.session(user)
    client.handler.enforce_csrf_checks = True
    assert _post(client, "purposes/", PURPOSE).status_code == 403
    client.get("/finalidade/")
    given = {"X-CSRFToken": client.cookies["csrftoken"].value}
    assert _post(client, "purposes/", PURPOSE, **given).status_code == 201


def test_nobody_gets_401_as_json_and_not_a_login_page() -> None:
    response = Client().get("/api/v1/purposes/")
    assert response.status_code == 401
    assert response.json()["status"] == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_address_that_does_not_exist_answers_json() -> None:
    assert Client().get("/api/v1/nada/").json()["status"] == 404


def test_a_method_that_does_not_exist_answers_405() -> None:
    assert doors.token(make_user()).put("/api/v1/purposes/").json()["status"] == 405


def test_a_token_whose_event_fails_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*args: object, **kwargs: object) -> int:
        raise recorder.AuditUnavailable

    user = make_user()
    monkeypatch.setattr(recorder, "record_with", unavailable)
    assert _ask_token(user).status_code == 503
    assert not AuthToken.objects.exists()


def test_the_document_of_the_api_is_for_those_who_entered() -> None:
    assert Client().get("/api/v1/schema/").status_code == 401
    document = doors.session(make_user()).get("/api/v1/schema/").json()
    assert "/api/v1/tokens/" in document["paths"]
    assert set(document["components"]["securitySchemes"]) == {"token", "session"}
