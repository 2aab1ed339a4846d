"""The gate: permission, purpose, scope, intent, disclosure; in that order, and nothing when one fails."""

import uuid
from types import ModuleType
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Channel, Kind
from audit.models import AccessEvent
from consulta import access as gate
from consulta.access import Access, Action, PurposeRequired, Shown
from credentialing import actors
from credentialing.models import Purpose, User
from credentialing.roles import Role
from credentialing.services import purposes
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_purpose, make_user

rolled_back = pytest.mark.django_db(databases=["default", "audit"])
PERSON = uuid.UUID(int=7)
ASKED = {"name": "Fulana Inventada"}


def _open(user: User, purpose: Purpose | None) -> Access:
    return gate.open_access(user, purpose, Action.SEARCH, asked=ASKED, actor=actors.from_terminal(user))


@rolled_back
def test_the_intent_is_recorded_with_who_why_and_what() -> None:
    user = make_user()
    purpose = make_purpose(user)
    access = _open(user, purpose)
    [event] = recorded(Kind.INTENT)
    assert event.pk == access.intent
    assert (event.actor_id, event.agency, event.purpose) == (user.pk, user.agency.acronym, purpose.pk)
    assert (event.action, event.detail) == ("search", {"asked": ASKED})
    assert purpose.case_reference in event.purpose_text


@rolled_back
def test_the_disclosure_names_its_intent_and_the_persons_in_order() -> None:
    user = make_user()
    access = _open(user, make_purpose(user))
    persons = [uuid.UUID(int=number) for number in (3, 1, 2)]
    receipt = gate.disclose(access, Shown(persons=persons, fields=["name"], photo="abc", extra={"total": 9}), size=120)
    [event] = recorded(Kind.DISCLOSURE)
    assert (event.pk, event.receipt) == (receipt.event, receipt.id)
    assert (event.intent, event.subjects) == (access.intent, persons)
    assert event.detail == {"fields": ["name"], "bytes": 120, "photo": "abc", "total": 9}


@rolled_back
@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.AGENT, Role.IDENTITY_REVIEWER}])
def test_without_the_permission_the_attempt_is_recorded_and_nothing_opened(role: Role) -> None:
    user = make_user(role=role)
    with pytest.raises(PermissionDenied):
        _open(user, make_purpose(user))
    [event] = recorded()
    assert (event.kind, event.action, event.detail) == (Kind.DENIED, "search", {"asked": ASKED})


@rolled_back
def test_without_a_purpose_of_ones_own_that_is_open_nothing_is_opened() -> None:
    user = make_user()
    closed = make_purpose(user, closed_at=timezone.now())
    expired = make_purpose(user, expires_at=timezone.now())
    for purpose in (None, closed, expired, make_purpose()):
        with pytest.raises(PurposeRequired):
            _open(user, purpose)
    assert recorded(Kind.INTENT) == []


@rolled_back
def test_a_suspended_agency_opens_nothing() -> None:
    user = make_user(agency=make_agency("PP-PE", suspended_at=timezone.now()))
    with pytest.raises(PermissionDenied):
        _open(user, make_purpose(user))


@rolled_back
def test_the_scope_follows_the_profile() -> None:
    scope = _open(user := make_user(), make_purpose(user)).scope
    assert (scope.lawyers, scope.factions) == (True, False)


@rolled_back
def test_a_session_without_the_second_factor_opens_nothing() -> None:
    request = HttpRequest()
    request.user = make_user()
    request.session = Client().session  # type: ignore[assignment]
    with pytest.raises(PermissionDenied):
        gate.open_request(request, Action.SEARCH, asked=ASKED)


@rolled_back
def test_one_without_an_audit_neither_opens_nor_discloses(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*args: object) -> int:
        raise recorder.AuditUnavailable

    user = make_user()
    access = _open(user, make_purpose(user))
    monkeypatch.setattr(recorder, "record_now", unavailable)
    with pytest.raises(recorder.AuditUnavailable):
        _open(user, access.purpose)
    with pytest.raises(recorder.AuditUnavailable):
        gate.disclose(access, Shown(persons=[PERSON]), size=1)


def _fails_before_answering(request: HttpRequest) -> HttpResponse:
    gate.open_request(request, Action.SEARCH, asked=ASKED)
    raise ZeroDivisionError


def _fails_after_disclosing(request: HttpRequest) -> HttpResponse:
    gate.disclose(gate.open_request(request, Action.SEARCH, asked=ASKED), Shown(persons=[PERSON]), size=1)
    raise ZeroDivisionError


@pytest.fixture
def failing_views(settings: Any) -> None:
    from senappen import urls

    routes = ModuleType("routes_that_fail")
    routes.urlpatterns = [  # type: ignore[attr-defined]
        *urls.urlpatterns,
        path("antes/", _fails_before_answering),
        path("depois/", _fails_after_disclosing),
    ]
    settings.ROOT_URLCONF = routes


@pytest.mark.parametrize(("address", "kinds"), [("/antes/", {"intent"}), ("/depois/", {"intent", "disclosure"})])
@pytest.mark.usefixtures("committed", "failing_views")
def test_what_was_recorded_stays_when_the_view_fails_later(address: str, kinds: set[str]) -> None:
    user = make_user()
    client = doors.session(user, make_purpose(user))
    client.raise_request_exception = False
    assert client.get(address).status_code == 500
    assert set(AccessEvent.objects.using("owner").values_list("kind", flat=True)) == kinds


@pytest.mark.usefixtures("committed")
def test_a_write_whose_transaction_is_undone_leaves_no_event() -> None:
    user = make_user()
    actor = Actor(username=user.username, channel=Channel.PAGE)
    given = {"activity": "escort", "case_reference": "OS 1/2026", "justification": "Escolta de teste marcada."}
    with transaction.atomic():
        purposes.declare(user=user, by=actor, **given)
        transaction.set_rollback(True)
    assert not AccessEvent.objects.using("owner").exists()
    assert not Purpose.objects.exists()
