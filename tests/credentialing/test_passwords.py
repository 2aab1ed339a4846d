"""Choosing a password, and what a temporary one opens: nothing."""

import pytest
from django.test import Client
from knox.models import AuthToken

from audit.events import Kind
from credentialing.models import User
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import PASSWORD, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NEW = "outra frase bem comprida"


def _choose(client: Client, new: str = NEW, old: str = PASSWORD) -> object:
    return client.post("/senha/", {"old_password": old, "new_password1": new, "new_password2": new})


def _with_temporary_password() -> User:
    user = make_user()
    User.objects.filter(pk=user.pk).update(password_is_temporary=True)
    return user


def test_a_temporary_password_opens_only_the_page_where_it_is_changed() -> None:
    client = doors.session(_with_temporary_password())
    assert client.get("/meus-acessos/").url == "/senha/"
    assert client.get("/senha/").status_code == 200


def test_a_temporary_password_opens_no_api() -> None:
    user = _with_temporary_password()
    given = {"username": user.username, "password": PASSWORD, "totp": doors.code(user)}
    assert Client().post("/api/v1/tokens/", given, content_type="application/json").status_code == 403
    purpose = make_purpose(user)
    assert doors.session(user, purpose).get("/api/v1/purposes/").status_code == 401
    assert doors.token(user, purpose).get("/api/v1/purposes/").status_code == 403


def test_a_chosen_password_replaces_the_temporary_one_and_is_recorded() -> None:
    user = _with_temporary_password()
    client = doors.session(user)
    assert _choose(client).url == "/"
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.get("/finalidade/").status_code == 200
    [event] = recorded(Kind.PASSWORD_CHANGED)
    assert event.actor_id == user.pk


def test_the_old_password_ends_with_its_tokens_and_the_session_goes_on() -> None:
    user = make_user()
    here = doors.session(user)
    AuthToken.objects.create(user=user)
    _choose(here)
    assert here.get("/finalidade/").status_code == 200
    assert not AuthToken.objects.filter(user=user).exists()


@pytest.mark.parametrize("new", ["curta", "123456789012345678"[:14], "teste-de-pessoa"[:14]])
def test_a_weak_password_is_refused(new: str) -> None:
    user = make_user()
    assert _choose(doors.session(user), new).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_present_password_is_asked() -> None:
    user = make_user()
    _choose(doors.session(user), old="não é esta")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
