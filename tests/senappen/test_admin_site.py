"""The admin site: who enters, what each reading and writing leaves in the audit, and what is not there at all."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from knox.models import AuthToken

from audit import recorder
from audit.events import Kind
from credentialing.models import Agency, User
from credentialing.roles import Role
from senappen.admin_site import APPS, AuditedModelAdmin
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
USERS = "/admin/credentialing/user/"
AGENCIES = "/admin/credentialing/agency/"


@pytest.fixture
def administrator() -> Client:
    return doors.session(make_user(username="admin.geral", role=Role.GENERAL_ADMIN))


def _new_user(**changes: object) -> dict[str, object]:
    given = {"username": "nova.agente", "full_name": "Nova Agente", "email": "", "registration": "", "is_active": "on"}
    return {**given, "agency": make_agency().pk, "role": Role.AGENT, **changes}


def _agency_form(agency: Agency, **changes: object) -> dict[str, object]:
    given = {"name": agency.name, "uf": agency.uf, "headcount": agency.headcount, "activities": agency.activities}
    return {**given, **changes}


def test_every_model_on_the_site_is_ours_and_audited() -> None:
    assert admin.site._registry
    for model, model_admin in admin.site._registry.items():
        assert model._meta.app_label in APPS
        assert isinstance(model_admin, AuditedModelAdmin)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.GENERAL_ADMIN])
def test_other_profiles_do_not_enter(role: Role) -> None:
    assert doors.session(make_user(role=role)).get("/admin/", follow=True).status_code == 403


def test_its_login_is_ours(client: Client, administrator: Client) -> None:
    assert client.get("/admin/login/").url == "/entrar/?next=%2Fadmin%2Flogin%2F"
    assert administrator.get("/admin/login/").url == "/admin/"


def test_its_logout_is_ours(administrator: Client) -> None:
    administrator.post("/admin/logout/")
    assert administrator.get("/admin/").url.startswith("/entrar/")
    assert recorded(Kind.LOGOUT)


def test_it_speaks_portuguese_and_its_policy_needs_nothing_inline(administrator: Client) -> None:
    content = administrator.get(USERS).content.decode()
    assert "Base Prisional Nacional" in content
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>|\sstyle=|\son[a-z]+=", content)


def test_a_list_is_recorded_with_the_ids_on_the_page(administrator: Client) -> None:
    user = make_user(username="procurada")
    administrator.get(f"{USERS}?q=procurada")
    [event] = recorded(Kind.ADMIN_VIEW)
    assert event.detail["ids"] == [str(user.pk)]
    assert event.detail["model"] == "usuário"
    assert (event.actor, event.channel) == ("admin.geral", "admin")


@pytest.mark.parametrize("page", ["change", "history"])
def test_one_record_is_recorded_with_its_id(administrator: Client, page: str) -> None:
    agency = make_agency("PP-SE")
    administrator.get(f"{AGENCIES}{agency.pk}/{page}/")
    [event] = recorded(Kind.ADMIN_VIEW)
    assert event.detail["ids"] == [str(agency.pk)]


def test_the_first_page_is_recorded_too(administrator: Client) -> None:
    administrator.get("/admin/")
    assert recorded(Kind.ADMIN_VIEW)[0].detail["route"] == "admin:index"


def test_a_change_is_recorded_with_the_names_of_the_fields_and_not_their_values(administrator: Client) -> None:
    agency = make_agency("PP-SE")
    administrator.post(f"{AGENCIES}{agency.pk}/change/", _agency_form(agency, name="Outro nome"))
    [event] = recorded(Kind.ADMIN_CHANGE)
    assert (event.action, event.detail["ids"]) == ("change", [str(agency.pk)])
    assert event.detail["message"][0]["changed"]["fields"] == ["Nome"]
    assert "Outro nome" not in str(event.detail)


def test_a_change_whose_record_fails_is_undone(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*args: object, **kwargs: object) -> int:
        raise recorder.AuditUnavailable

    agency = make_agency("PP-SE")
    monkeypatch.setattr(recorder, "record_with", unavailable)
    response = administrator.post(f"{AGENCIES}{agency.pk}/change/", _agency_form(agency, name="Outro nome"))
    assert response.status_code == 503
    agency.refresh_from_db()
    assert agency.name != "Outro nome"
    assert not LogEntry.objects.exists()


def test_names_the_audit_uses_cannot_be_changed(administrator: Client) -> None:
    agency, user = make_agency("PP-SE"), make_user(username="antiga")
    administrator.post(f"{AGENCIES}{agency.pk}/change/", _agency_form(agency, acronym="PP-XX"))
    administrator.post(f"{USERS}{user.pk}/change/", _new_user(username="outra"))
    assert Agency.objects.get(pk=agency.pk).acronym == "PP-SE"
    assert User.objects.get(pk=user.pk).username == "antiga"


@pytest.mark.parametrize("address", [USERS, AGENCIES])
def test_nothing_is_deleted(administrator: Client, address: str) -> None:
    pk = make_user().pk if address == USERS else make_agency("PP-SE").pk
    assert administrator.post(f"{address}{pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_new_user_gets_a_first_access_whose_code_is_shown_once(administrator: Client) -> None:
    response = administrator.post(f"{USERS}add/", _new_user())
    user = User.objects.get(username="nova.agente")
    shown = response.context["one"]
    content = response.content.decode()
    assert not user.has_usable_password()
    assert shown["code"] in content
    # Without an e-mail the link cannot leave: it is handed over too.
    assert (shown["mailed"], shown["address"] in content) == (False, True)
    assert response.headers["Cache-Control"] == "no-store"
    assert shown["code"] not in administrator.get(f"{USERS}{user.pk}/change/").content.decode()
    assert shown["code"] not in str([event.detail for event in recorded()])


def test_a_name_that_differs_only_in_case_is_taken(administrator: Client) -> None:
    make_user(username="Nova.Agente")
    response = administrator.post(f"{USERS}add/", _new_user())
    assert "Já existe um usuário com este nome." in response.content.decode()


def test_another_first_access_ends_all_that_the_account_held(administrator: Client) -> None:
    user = make_user()
    held, token = doors.session(user), AuthToken.objects.create(user=user)[0]
    administrator.post(f"{USERS}{user.pk}/primeiro-acesso/")
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not AuthToken.objects.filter(pk=token.pk).exists()
    assert not TOTPDevice.objects.filter(user=user).exists()
    assert held.get("/sessao/").status_code == 302
    [event] = recorded(Kind.ACCOUNT_CHANGED)
    assert (event.action, event.detail["account"]) == ("first_access.issue", user.pk)


def test_a_first_access_is_not_issued_by_following_a_link(administrator: Client) -> None:
    assert administrator.get(f"{USERS}{make_user().pk}/primeiro-acesso/").status_code == 405
