"""Suspended, lifted, prolonged, past its term: what its people and their programs find at the next request."""

from datetime import timedelta

import pytest
from django.utils import timezone
from knox.models import AuthToken

from audit.events import Kind
from credentialing.adhesion import expiry, present, standing
from credentialing.models import Agency, AgencySuspension, ExpiryWarning, UserSession
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories import adhesion as make
from tests.factories.credentialing import make_agency, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WHY = "Uso da chave do órgão sob apuração."


def open_again(agency: Agency) -> bool:
    return Agency.objects.get(pk=agency.pk).is_open


def test_a_suspension_closes_sessions_and_tokens_and_they_stay_closed_after_it() -> None:
    agent = make_user()
    browser, program = doors.session(agent), doors.token(agent, make_purpose(agent))
    assert (browser.get("/meus-acessos/").status_code, program.get("/api/v1/units/").status_code) == (200, 200)
    coordinator = doors.session(make.make_coordinator())

    coordinator.post(f"/orgaos/{agent.agency_id}/suspender/", {"reason": WHY})

    assert browser.get("/meus-acessos/").url.startswith("/entrar/")
    assert program.get("/api/v1/units/").status_code == 401
    coordinator.post(f"/orgaos/{agent.agency_id}/reabrir/", {"reason": "Apuração concluída sem achados."})
    assert browser.get("/meus-acessos/").url.startswith("/entrar/")
    assert program.get("/api/v1/units/").status_code == 401
    assert doors.session(agent).get("/meus-acessos/").status_code == 200
    [kept] = AgencySuspension.objects.all()
    assert (kept.reason, kept.lift_reason, kept.lifted_at is None) == (WHY, "Apuração concluída sem achados.", False)
    suspended, lifted = recorded(Kind.AGENCY_CHANGED)
    assert (suspended.action, lifted.action) == ("agency.suspend", "agency.lift")
    assert suspended.detail == {"agency": "PP-AL", "reason": WHY, "sessions": 1, "tokens": 1, "loads": 0}


def test_a_suspension_says_why_and_needs_a_fresh_second_factor() -> None:
    agency, user = make_agency(), make.make_coordinator()
    address = f"/orgaos/{agency.pk}/suspender/"
    assert doors.session(user).post(address, {"reason": "curto"}).status_code == 422
    assert doors.session(user, elevated=False).post(address, {"reason": WHY}).url.startswith("/confirmar/")
    assert open_again(agency)


def test_nobody_suspends_the_agency_they_act_for() -> None:
    user = make.make_coordinator()
    doors.session(user).post(f"/orgaos/{user.agency_id}/suspender/", {"reason": WHY})
    assert open_again(user.agency)


def test_the_admin_site_neither_makes_nor_suspends_agencies() -> None:
    client, agency = doors.session(make.make_coordinator()), make_agency()
    assert client.get("/admin/credentialing/agency/add/").status_code == 403
    given = {
        "name": "Outro nome",
        "uf": "AL",
        "headcount": 1,
        "activities": agency.activities,
        "suspended_at_0": "2026-01-01",
        "suspended_at_1": "00:00",
    }
    client.post(f"/admin/credentialing/agency/{agency.pk}/change/", given)
    changed = Agency.objects.get(pk=agency.pk)
    assert (changed.name, changed.is_open) == ("Outro nome", True)


@pytest.mark.parametrize(
    ("left", "written"),
    [(181, []), (180, [180]), (91, [180]), (90, [90]), (31, [90]), (30, [30]), (1, [30])],
)
def test_a_term_is_warned_of_once_at_each_distance(left: int, written: list[int]) -> None:
    now = timezone.now()
    agency = make_agency(expires_at=now + timedelta(days=left))
    assert expiry.look(now=now, by=make.BY) == len(written)
    assert expiry.look(now=now + timedelta(minutes=1), by=make.BY) == 0
    assert [one.days for one in ExpiryWarning.objects.filter(agency=agency)] == written
    assert [event.detail["days"] for event in recorded(Kind.AGENCY_CHANGED)] == written


def test_day_by_day_every_distance_comes_once_and_a_longer_term_starts_over() -> None:
    now = timezone.now()
    agency = make_agency(expires_at=now + timedelta(days=200))
    for day in range(220):
        expiry.look(now=now + timedelta(days=day), by=make.BY)
    assert sorted(one.days for one in ExpiryWarning.objects.all()) == [0, 30, 90, 180]
    standing.prolong(agency=agency, until=timezone.localdate() + timedelta(days=100), reason=WHY, by=make.BY)
    expiry.look(now=now, by=make.BY)
    assert ExpiryWarning.objects.filter(days=180).count() == 2


def test_the_warning_is_shown_to_the_coordination_and_to_the_ponto_focal_and_goes_with_a_longer_term() -> None:
    agency = make_agency(expires_at=timezone.now() + timedelta(days=29))
    other = make_agency("PP-SE")
    expiry.look(now=timezone.now(), by=make.BY)
    pages = {
        name: doors.session(user).get("/inicio/").content.decode()
        for name, user in {
            "coordination": make.make_coordinator(),
            "focal": make_user(role=Role.FOCAL_POINT, agency=agency),
            "other": make_user(role=Role.FOCAL_POINT, agency=other),
            "agent": make_user(agency=agency),
        }.items()
    }
    assert {name: "A adesão de PP-AL vence em" in page for name, page in pages.items()} == {
        "coordination": True, "focal": True, "other": False, "agent": False,
    }  # fmt: skip
    standing.prolong(agency=agency, until=timezone.localdate() + timedelta(days=400), reason=WHY, by=make.BY)
    assert present.warnings() == []


def test_past_its_term_an_agency_lets_nobody_go_on() -> None:
    agency = make_agency()
    user = make_user(agency=agency)
    browser, program = doors.session(user), doors.token(user, make_purpose(user))
    Agency.objects.update(expires_at=timezone.now())
    assert browser.get("/meus-acessos/").url.startswith("/entrar/")
    assert program.get("/api/v1/units/").status_code == 401
    expiry.look(now=timezone.now(), by=make.BY)
    assert (AuthToken.objects.count(), UserSession.objects.filter(ended_at=None).count()) == (0, 0)


def test_those_who_answer_for_an_agency_see_it_and_no_other() -> None:
    own, other = make_agency(), make_agency("PP-SE")
    client = doors.session(make_user(role=Role.CORREGEDOR, agency=own))
    assert client.get(f"/orgaos/{own.pk}/").status_code == 200
    assert "Suspender" not in client.get(f"/orgaos/{own.pk}/").content.decode()
    assert client.get(f"/orgaos/{other.pk}/").status_code == 404
    assert client.post(f"/orgaos/{own.pk}/prazo/", {"reason": WHY, "until": "2040-01-01"}).status_code == 403
