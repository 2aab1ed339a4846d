"""A substitute acts only while designated."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audit.events import Kind
from credentialing.adhesion import substitutes
from credentialing.models import Designation, User
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories import adhesion as make
from tests.factories.credentialing import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WHY = "Férias do titular, portaria 12/2026."


def make_substitute(**fields: Any) -> User:
    return make_user(role=Role.CORREGEDOR, is_substitute=True, **fields)


def designate(substitute: User, first: int = 0, last: int = 0, **more: Any) -> Designation:
    today = timezone.localdate()
    days = {"since": today + timedelta(days=first), "until": today + timedelta(days=last)}
    holder = more.pop("user", None) or make_user(role=Role.CORREGEDOR, agency=substitute.agency)
    return substitutes.designate(substitute=substitute, user=holder, by=make.BY, reason=WHY, **days)


def enters(user: User) -> bool:
    """Whether the password alone gets as far as the code."""
    answer = doors.Client().post("/entrar/", {"username": user.username, "password": PASSWORD})
    return answer.status_code == 302


@pytest.mark.parametrize(
    ("turns", "acts"),
    [([], False), ([(1, 5)], False), ([(-5, -1)], False), ([(0, 0)], True), ([(-9, -5), (-1, 3)], True)],
)
def test_a_substitute_enters_on_designated_days_only(turns: list[tuple[int, int]], acts: bool) -> None:
    substitute = make_substitute()
    for first, last in turns:
        designate(substitute, first, last)
    assert enters(substitute) is acts
    assert [event.detail["reason"] for event in recorded(Kind.LOGIN_FAILED)] == ([] if acts else ["not_designated"])


def test_ending_a_designation_ends_what_the_substitute_has_open_at_the_next_request() -> None:
    substitute, holder = make_substitute(), make_user(role=Role.CORREGEDOR)
    designation = designate(substitute, -1, 5, user=holder)
    browser, program = doors.session(substitute), doors.token(substitute)
    assert browser.get("/auditoria/").status_code == 200
    client = doors.session(holder)
    client.post(f"/orgaos/{holder.agency_id}/designacoes/{designation.pk}/encerrar/")
    assert browser.get("/auditoria/").url.startswith("/entrar/")
    assert program.get("/api/v1/schema/").status_code == 401
    assert [event.action for event in recorded(Kind.AGENCY_CHANGED)] == ["substitute.designate", "substitute.end"]


def test_the_holder_of_the_place_designates_on_the_agencys_page_and_days_do_not_overlap() -> None:
    substitute, holder = make_substitute(), make_user(role=Role.CORREGEDOR)
    client, today = doors.session(holder), timezone.localdate()
    address = f"/orgaos/{holder.agency_id}/substitutos/{substitute.pk}/designar/"
    days = {"since": today, "until": today + timedelta(days=9), "reason": WHY}
    assert client.post(address, days).status_code == 302
    answer = client.post(address, {**days, "since": today + timedelta(days=9), "until": today + timedelta(days=20)})
    assert (answer.status_code, Designation.objects.count()) == (422, 1)
    assert "Já há uma designação" in answer.content.decode()
    backwards = {**days, "since": today + timedelta(days=40), "until": today + timedelta(days=30)}
    assert client.post(address, backwards).status_code == 422


def test_only_the_holder_of_the_place_and_the_coordination_designate() -> None:
    substitute = make_substitute()
    strangers = [
        make_user(role=Role.FOCAL_POINT),
        make_user(role=Role.CORREGEDOR, agency=make_agency("PP-SE")),
        make_substitute(),
        make_user(),
        substitute,
    ]
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            designate(substitute, user=stranger)
    designate(substitute, user=make.make_coordinator())


def test_nobody_but_a_substitute_is_designated() -> None:
    with pytest.raises(PermissionDenied):
        designate(make_user(role=Role.CORREGEDOR))
