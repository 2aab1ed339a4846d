"""Limits: per person and per agency, the same for pages, API and command line, and audited."""

import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from audit.events import Kind
from consulta import limits
from credentialing.models import Purpose
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _own_counters(settings: Settings) -> None:
    """Counters outlive a test, and ids come again in another database."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(uuid.uuid4())}
    }
    settings.CONSULT_LIMITS = {"minute": 0, "hour": 2, "day": 0}
    settings.CONSULT_LIMITS_AGENCY = {"minute": 0, "hour": 0, "day": 0}


def test_page_and_api_count_alike_and_then_nothing_is_shown(agent: Client, program: Client) -> None:
    assert agent.get("/unidades/").status_code == 200
    assert program.get("/api/v1/units/").status_code == 200
    page, answer = agent.get("/unidades/"), program.get("/api/v1/units/")
    assert (page.status_code, answer.status_code) == (429, 429)
    assert "limite de 2 consultas por hora" in page.content.decode()
    assert answer.json()["detail"].startswith("Você chegou ao limite")
    assert 0 < int(page["Retry-After"]) <= 3600
    assert 0 < int(answer["Retry-After"]) <= 3600


def test_reaching_the_limit_is_recorded_and_no_intent_is(agent: Client) -> None:
    for _ in range(3):
        agent.get("/unidades/")
    assert len(recorded(Kind.INTENT)) == 2
    [event] = recorded(Kind.LIMIT_REACHED)
    assert (event.action, event.detail["whose"], event.detail["most"]) == ("units", "person", 2)


def test_another_person_still_consults_until_the_agency_has_had_enough(purpose: Purpose, settings: Settings) -> None:
    settings.CONSULT_LIMITS = {"minute": 0, "hour": 0, "day": 0}
    settings.CONSULT_LIMITS_AGENCY = {"minute": 0, "hour": 0, "day": 3}
    other, elsewhere = make_purpose(), make_purpose(make_user(agency=make_agency("PP-PE")))
    clients = [doors.session(one.user, one) for one in (purpose, other, elsewhere)]
    statuses: list[Any] = [client.get("/unidades/").status_code for client in (*clients[:2], *clients[:2], clients[2])]
    assert statuses == [200, 200, 200, 429, 200]


def test_photographs_are_counted_apart(purpose: Purpose) -> None:
    for _ in range(2 * limits.PHOTOS):
        limits.count(purpose.user, photo=True)
    with pytest.raises(limits.LimitReached):
        limits.count(purpose.user, photo=True)
    limits.count(purpose.user)


def test_the_fragment_of_a_page_says_it_too(agent: Client) -> None:
    for _ in range(2):
        agent.get("/unidades/")
    answer = agent.get("/unidades/", headers={"HX-Request": "true"})
    assert answer.status_code == 429
    assert "limite" in answer.content.decode()
