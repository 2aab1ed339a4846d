"""Declaring what a consultation is for."""

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from credentialing.models import Activity, Purpose
from credentialing.roles import Role
from credentialing.services import purposes
from senappen.lib import crypto
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

GIVEN = {
    "activity": Activity.INVESTIGATION,
    "case_reference": "IP 12/2026",
    "justification": "Localizar o investigado para intimação.",
}


def _declare(client: Client, **changes: str) -> object:
    return client.post("/finalidade/", {**GIVEN, **changes})


def test_a_declared_purpose_is_in_force_and_recorded() -> None:
    user = make_user()
    client = doors.session(user)
    assert _declare(client, next="/busca/").url == "/busca/"
    purpose = Purpose.objects.get(user=user)
    assert client.session[purposes.SESSION_KEY] == str(purpose.pk)
    [event] = recorded(Kind.PURPOSE_DECLARED)
    assert (event.purpose, event.purpose_text) == (purpose.pk, purposes.describe(purpose))


@pytest.mark.parametrize(
    "changes",
    [
        {"activity": "curiosity"},
        {"case_reference": ""},
        {"case_reference": " x "},
        {"justification": "trabalho"},
        {"justification": "ver   .          .        ."},
    ],
)
def test_a_purpose_that_says_nothing_is_refused_and_what_was_typed_stays(changes: dict[str, str]) -> None:
    client = doors.session(make_user())
    response = _declare(client, **changes)
    assert response.status_code == 200
    assert not Purpose.objects.exists()
    kept = {**GIVEN, **changes}["case_reference"].strip() or GIVEN["justification"]
    assert kept in response.content.decode()


def test_a_new_purpose_closes_the_one_it_replaces() -> None:
    user = make_user()
    old = make_purpose(user)
    _declare(doors.session(user, old))
    old.refresh_from_db()
    assert not old.is_open
    assert [event.kind for event in recorded()] == [Kind.PURPOSE_CLOSED, Kind.PURPOSE_DECLARED]


def test_the_one_in_force_is_shown_and_can_be_closed() -> None:
    user = make_user()
    purpose = make_purpose(user)
    client = doors.session(user, purpose)
    assert purpose.case_reference in client.get("/finalidade/").content.decode()
    client.post("/finalidade/encerrar/")
    purpose.refresh_from_db()
    assert not purpose.is_open
    assert purposes.SESSION_KEY not in client.session


def test_another_persons_purpose_is_not_in_force() -> None:
    user = make_user()
    client = doors.session(user, make_purpose())
    assert client.get("/finalidade/").context["purpose"] is None


def test_an_expired_purpose_is_not_in_force() -> None:
    user = make_user()
    client = doors.session(user, make_purpose(user, expires_at=timezone.now()))
    assert client.get("/finalidade/").context["purpose"] is None


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.AGENT, Role.IDENTITY_REVIEWER}])
def test_profiles_that_consult_nobody_declare_nothing_and_the_attempt_is_recorded(role: Role) -> None:
    client = doors.session(make_user(role=role))
    assert _declare(client).status_code == 403
    assert not Purpose.objects.exists()
    assert recorded(Kind.DENIED)[0].detail == {"route": "credentialing:purpose"}


def test_the_base_holds_no_readable_justification() -> None:
    purpose = make_purpose(justification="Sobre Fulano de Tal, da ala 3.")
    [row] = Purpose.objects.filter(pk=purpose.pk).values()
    assert not any("Fulano" in str(value) for value in row.values())
    assert b"Fulano" not in bytes(row["token"])
    assert Purpose.objects.get(pk=purpose.pk).justification == "Sobre Fulano de Tal, da ala 3."
    other = make_purpose(user=purpose.user)
    Purpose.objects.filter(pk=other.pk).update(token=purpose.token)
    with pytest.raises(crypto.DecryptionError):
        _ = Purpose.objects.get(pk=other.pk).justification
