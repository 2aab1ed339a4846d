"""A new platform has nobody: the command makes the first account, and no second one."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from audit.events import Kind
from credentialing.models import Agency, User
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
GIVEN = {"username": "ana.lima", "name": "Ana Lima", "email": "ana.lima@orgao.example", "agency": "SENAPPEN"}
PASSWORD = "quatro palavras sem ligação"


def made(**changes: str) -> str:
    out = io.StringIO()
    call_command("first_administrator", **{**GIVEN, **changes}, stdout=out)
    return out.getvalue()


def test_link_and_code_lead_to_the_admin_site(client: Client) -> None:
    told = made()
    [page], [code] = re.findall(r"https://[^/]+(/\S+)", told), re.findall(r"entrega: (\S+)", told)
    assert client.post(page, {"code": code}).url == f"{page}conta/"
    client.get(f"{page}conta/")
    user = User.objects.get()
    given = {"new_password1": PASSWORD, "new_password2": PASSWORD, "otp_token": doors.code(user)}
    assert client.post(f"{page}conta/", given).url == "/entrar/"
    assert (user.role, user.agency.acronym) == (Role.GENERAL_ADMIN, "SENAPPEN")
    user.refresh_from_db()
    assert doors.session(user).get("/admin/").status_code == 200
    assert [event.action for event in recorded(Kind.CONFIGURED)] == ["user.first_administrator"]


def test_there_is_no_second_first_one() -> None:
    make_user(role=Role.GENERAL_ADMIN)
    with pytest.raises(CommandError, match="Já há administração geral"):
        made()
    assert (User.objects.count(), Agency.objects.filter(acronym="SENAPPEN").exists()) == (1, False)


def test_what_is_wrong_is_said_and_leaves_nothing() -> None:
    with pytest.raises(CommandError, match="email"):
        made(email="ana")
    assert not Agency.objects.exists()
    assert recorded() == []
