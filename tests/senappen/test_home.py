"""The first page of each profile, and help."""

import pytest

from audit.events import Kind
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit", "auditor"])

ENTRIES = {
    Role.AGENT: "Localizar pessoa",
    Role.IDENTITY_REVIEWER: "Abrir a fila",
    Role.REGIONAL_MANAGER: "Ver aprovações",
    Role.CORREGEDOR: "Conferir documento",
    Role.STATE_TECHNICIAN: "Ver conectores",
    Role.GENERAL_ADMIN: "Abrir a administração",
    Role.STATISTICIAN: "Ver painéis",
    Role.FOCAL_POINT: "Ver contas",
}
OWN = ("Abrir a fila", "Ver aprovações", "Conferir documento", "Abrir a administração")


@pytest.mark.parametrize("role", list(Role))
def test_each_profile_begins_with_its_own_work(role: Role) -> None:
    page = doors.session(make_user(role=role)).get("/", follow=True).content.decode()
    assert ENTRIES[role] in page
    # The administration reads the whole audit, too.
    allowed = {ENTRIES[role], "Conferir documento" if role is Role.GENERAL_ADMIN else ""}
    assert [entry for entry in OWN if entry in page and entry not in allowed] == []


def test_it_shows_nobody_and_so_is_no_consultation() -> None:
    user = make_user()
    doors.session(user, make_purpose(user)).get("/inicio/")
    assert recorded(Kind.INTENT, Kind.DISCLOSURE) == []


def test_without_a_purpose_it_says_what_to_do_first() -> None:
    assert "declare a finalidade" in doors.session(make_user()).get("/inicio/").content.decode()


def test_help_walks_through_a_first_search_for_those_who_search() -> None:
    assert "passo a passo" in doors.session(make_user()).get("/ajuda/").content.decode()
    manager = doors.session(make_user(role=Role.REGIONAL_MANAGER))
    assert "Fazer a primeira busca" not in manager.get("/ajuda/").content.decode()
