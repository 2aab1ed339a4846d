"""The CPF of an account made without one: told once, by whoever answers for it, and never shown."""

from typing import Any

import pytest
from celery import current_app

from audit import sentences
from audit.events import Kind
from credentialing.models import User
from credentialing.requests.asking import ALREADY_THERE, digest
from credentialing.roles import Role
from credentialing.services import letters
from tests import doors
from tests.events import recorded
from tests.factories.access import Staff, make_staff
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
CPF, OTHER = "11144477735", "52998224725"


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def tell(manager: User, user: User, cpf: str = "111.444.777-35", *, fresh: bool = True) -> Any:
    return doors.session(manager, elevated=fresh).post(f"/contas/{user.pk}/cpf/", {"cpf": cpf})


def kept(user: User) -> str:
    return User.objects.get(pk=user.pk).cpf_digest


def test_it_is_kept_as_a_digest_and_the_owner_hears_of_it(
    staff: Staff, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args=(), **_: asked.append((name, args)))
    user = make_user(email="pessoa@orgao.example")
    with django_capture_on_commit_callbacks(execute=True):
        assert tell(staff.manager, user).url == f"/contas/{user.pk}/"
    [(task, (account, letter, *_))] = asked
    assert (task, account, letter) == (letters.SEND, user.pk, letters.Letter.IDENTIFIED)
    assert kept(user) == digest(CPF)
    [event] = recorded(Kind.ACCOUNT_CHANGED)
    assert sentences.sentence(event) == f"Informou o CPF da conta {user.username}."
    assert "4447" not in str(event.detail)
    page = doors.session(staff.manager).get(f"/contas/{user.pk}/").content.decode()
    assert 'name="cpf"' not in page
    assert "777-35" not in page


def test_the_centre_tells_those_of_an_adhesion(staff: Staff) -> None:
    tell(staff.centre, staff.focal)
    assert kept(staff.focal) == digest(CPF)


def test_once_told_it_stays(staff: Staff) -> None:
    user = make_user(cpf_digest=digest(OTHER))
    answer = tell(staff.manager, user)
    assert (answer.status_code, kept(user)) == (422, digest(OTHER))
    assert "não se troca" in answer.content.decode()


def test_nobody_has_two_open_accounts(staff: Staff) -> None:
    make_user(cpf_digest=digest(CPF))
    user = make_user()
    answer = tell(staff.manager, user)
    assert (answer.status_code, kept(user)) == (422, "")
    assert ALREADY_THERE in answer.content.decode()


@pytest.mark.parametrize(("email", "said"), [("pessoa@orgao.example", "será avisada"), ("", "não tem e-mail")])
def test_it_says_whether_the_owner_hears_of_it(staff: Staff, email: str, said: str) -> None:
    user = make_user(email=email)
    manager = doors.session(staff.manager, elevated=True)
    page = manager.post(f"/contas/{user.pk}/cpf/", {"cpf": CPF}, follow=True).content.decode()
    assert said in page


@pytest.mark.parametrize("cpf", ["", "111.444.777-36", "11111111111", "111444777"])
def test_what_is_no_cpf_is_refused_with_words_and_stays_to_be_mended(staff: Staff, cpf: str) -> None:
    user = make_user()
    answer = tell(staff.manager, user, cpf)
    assert (answer.status_code, kept(user)) == (422, "")
    assert answer.context["cpf"]["cpf"].value() == cpf
    assert answer.context["cpf"].errors


def test_others_may_not(staff: Staff) -> None:
    user = make_user()
    strangers = make_staff("PP-SP")
    for manager, status in ((strangers.manager, 404), (user, 403), (make_user(role=Role.CORREGEDOR), 403)):
        assert tell(manager, user).status_code == status
    assert tell(staff.manager, user, fresh=False).url.startswith("/confirmar/")
    assert kept(user) == ""
