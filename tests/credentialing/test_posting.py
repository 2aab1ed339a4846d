"""Where an account's person works and lives: told later by whoever answers for them, on the page and in the admin."""

from typing import Any

import pytest

from audit import sentences
from audit.events import Kind
from credentialing.models import User
from credentialing.requests.asking import door_digest
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories.access import Staff, make_staff
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
GIVEN = {"unit": "  Presídio  de Teste ", "cep": "57020-000", "house": "120a"}
DOOR = door_digest("57020000", "120A")


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def give(manager: User, user: User, *, fresh: bool = True, **given: Any) -> Any:
    return doors.session(manager, elevated=fresh).post(f"/contas/{user.pk}/lotacao/", given)


def kept(user: User) -> tuple[str, str]:
    held = User.objects.get(pk=user.pk)
    return held.unit, held.address_digest


def test_whoever_answers_for_an_account_tells_unit_and_address(staff: Staff) -> None:
    user = make_user()
    assert give(staff.manager, user, **GIVEN).url == f"/contas/{user.pk}/"
    assert kept(user) == ("Presídio de Teste", DOOR)
    [event] = recorded(Kind.ACCOUNT_CHANGED)
    assert (event.action, event.actor_id) == ("account.posting", staff.manager.pk)
    assert (event.detail["after"], event.detail["address"]) == ("Presídio de Teste", "told")
    assert "57020" not in str(event.detail) + str(doors.session(user).get("/minha-conta/").content)
    assert sentences.sentence(event) == f"Alterou a lotação ou o endereço da conta {user.username}."


def test_the_centre_tells_those_of_an_adhesion(staff: Staff) -> None:
    give(staff.centre, staff.focal, **GIVEN)
    assert kept(staff.focal) == ("Presídio de Teste", DOOR)


def test_an_address_stays_until_another_is_told_or_it_is_forgotten(staff: Staff) -> None:
    user = make_user(unit="Presídio de Teste", address_digest=DOOR)
    give(staff.manager, user, unit="Outro")
    assert kept(user) == ("Outro", DOOR)
    give(staff.manager, user, unit="Outro", cep="57020000", house="7")
    assert kept(user) == ("Outro", door_digest("57020000", "7"))
    give(staff.manager, user, unit="", forget="on")
    assert kept(user) == ("", "")
    give(staff.manager, user, unit="")
    assert [event.detail["address"] for event in recorded(Kind.ACCOUNT_CHANGED)] == ["same", "told", "forgotten"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"cep": "57020-000"}, "ou nenhum dos dois"),
        ({"cep": "5702", "house": "1"}, "8 dígitos"),
        ({**GIVEN, "forget": "on"}, "não os dois"),
    ],
)
def test_what_is_no_address_is_refused_with_words(staff: Staff, given: dict[str, str], told: str) -> None:
    user = make_user()
    answer = give(staff.manager, user, **given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert f'value="{given["cep"]}"' in answer.content.decode()
    assert kept(user) == ("", "")


def test_others_may_not(staff: Staff) -> None:
    user = make_user()
    strangers = make_staff("PP-SP")
    for manager, status in ((strangers.manager, 404), (user, 403), (make_user(role=Role.CORREGEDOR), 403)):
        assert give(manager, user, **GIVEN).status_code == status
    assert give(staff.manager, user, fresh=False, **GIVEN).url.startswith("/confirmar/")
    assert kept(user) == ("", "")


def test_the_admin_site_asks_and_keeps_the_same(staff: Staff) -> None:
    user = make_user()
    client, address = doors.session(staff.centre), f"/admin/credentialing/user/{user.pk}/change/"
    told = {
        "full_name": user.full_name, "agency": user.agency_id, "role": user.role, "activities": user.activities,
        "is_active": "on",
    }  # fmt: skip
    assert client.post(address, {**told, "cep": "57020-000"}).status_code == 200
    assert kept(user) == ("", "")
    assert client.post(address, {**told, **GIVEN}).status_code == 302
    assert kept(user) == ("Presídio de Teste", DOOR)
    client.post(address, {**told, "unit": "Outro"})
    assert kept(user) == ("Outro", DOOR)
    client.post(address, {**told, "unit": "Outro", "forget": "on"})
    assert kept(user) == ("Outro", "")
    assert "57020" not in str([event.detail for event in recorded()])
