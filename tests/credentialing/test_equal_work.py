"""Refusals take the same work whatever was wrong: the time tells nobody which accounts and links exist.

What is compared are the passwords hashed and the statements sent, not a clock.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from credentialing import lockout
from credentialing.models import Designation, FirstAccess
from credentialing.roles import Role
from credentialing.services import first_access
from tests.events import recorded
from tests.factories.access import BY
from tests.factories.credentialing import PASSWORD, make_agency, make_user
from tests.statements import watched

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

WRONG: Final = "uma outra senha comprida"
# Nobody of that name, and every reason to be refused; with the right password too, unless that may be told.
CASES: Final = (
    ("ninguem", WRONG), ("aberta", WRONG), ("congelada", WRONG), ("sem.senha", WRONG), ("sem.senha", ""),
    *((name, password) for name in ("encerrada", "suspensa", "vencida", "substituto", "chefe") for password in
      ((WRONG,) if name == "chefe" else (WRONG, PASSWORD))),
)  # fmt: skip


@pytest.fixture
def accounts() -> None:
    make_user(username="aberta")
    make_user(username="congelada", frozen_at=timezone.now())
    make_user(username="encerrada", is_active=False)
    make_user(username="sem.senha").set_unusable_password()
    make_user(username="suspensa", agency=make_agency("PP-PE", suspended_at=timezone.now()))
    make_user(username="vencida", agency=make_agency("PP-SE", expires_at=timezone.now() - timedelta(days=1)))
    make_user(username="substituto", role=Role.FOCAL_POINT, is_substitute=True)
    today, chief = timezone.localdate(), make_user(username="chefe", role=Role.FOCAL_POINT, is_substitute=True)
    Designation.objects.create(user=chief, since=today, until=today, reason="Férias.", made_by=chief)


def by_page(username: str, password: str) -> object:
    return Client().post("/entrar/", {"username": username, "password": password or " "})


def by_program(username: str, password: str) -> object:
    told = {"username": username, "password": password or " ", "totp": "123456"}
    return Client().post("/api/v1/tokens/", told, content_type="application/json")


def by_link(pk: uuid.UUID) -> object:
    return Client().post(f"/primeiro-acesso/{pk}/", {"code": "aaaaa-aaaaa"})


def work(ask: Callable[..., object], *told: object) -> tuple[str, ...]:
    with watched() as seen:
        ask(*told)
    return tuple(seen)


@pytest.mark.parametrize("ask", [by_page, by_program])
def test_a_refused_login_takes_the_same_work_whatever_was_wrong(
    accounts: None, ask: Callable[[str, str], object]
) -> None:
    done = {
        (name, password): work(lambda name=name, password=password: ask(name, password)) for name, password in CASES
    }
    [same] = set(done.values())
    assert same.count("password") == 1
    assert len(recorded(Kind.LOGIN_FAILED)) == len(CASES)


@pytest.mark.parametrize("ask", [by_page, by_program])
def test_a_lock_is_answered_with_no_work_for_names_and_for_nobodys(
    accounts: None, ask: Callable[[str, str], object]
) -> None:
    for name in ("aberta", "encerrada", "ninguem"):
        for _ in range(lockout.FAILURES):
            lockout.count_failure(name, "127.0.0.1")
    tries = [(name, password) for name in ("aberta", "encerrada", "ninguem") for password in (PASSWORD, WRONG)]
    [same] = {work(ask, name, password) for name, password in tries}
    assert "password" not in same


def test_the_right_password_of_a_frozen_account_costs_one_hash_too(accounts: None) -> None:
    assert work(by_page, "congelada", PASSWORD).count("password") == 1


def test_a_link_that_opens_nothing_takes_the_work_of_a_wrong_code() -> None:
    links = [first_access.issue(user=make_user(), by=BY).access.pk for _ in range(4)]
    used, late, tried, _ = links
    FirstAccess.objects.filter(pk=used).update(used_at=timezone.now())
    FirstAccess.objects.filter(pk=late).update(expires_at=timezone.now())
    FirstAccess.objects.filter(pk=tried).update(failures=5)
    asked = [*links, uuid.uuid4()]
    done = [work(by_link, pk) for pk in asked]
    [same] = set(done)
    assert same.count("password") == 1
    told = [event.action for event in recorded(Kind.ACCOUNT_CHANGED)][len(links) :]
    assert told == ["first_access.refused"] * 3 + ["first_access.wrong_code", "first_access.refused"]
    assert sorted(FirstAccess.objects.values_list("failures", flat=True)) == [1, 1, 1, 5]
