"""Choosing a password."""

import pytest
from django.test import Client
from knox.models import AuthToken

from audit.events import Kind
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import PASSWORD, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NEW = "outra frase bem comprida"


def _choose(client: Client, new: str = NEW, old: str = PASSWORD) -> object:
    return client.post("/senha/", {"old_password": old, "new_password1": new, "new_password2": new})


def test_a_chosen_password_replaces_the_old_one_and_is_recorded() -> None:
    user = make_user()
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
