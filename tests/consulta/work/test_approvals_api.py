"""The second person's decisions by program: what the screen shows, to whom it shows it, and once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from consulta.models import ExportRequest, ExportState, Follow, FollowKind, FollowState
from consulta.work.exports import asking as exporting
from consulta.work.follows import asking as following
from credentialing.actors import from_terminal
from credentialing.models import Purpose
from credentialing.roles import Role
from registry.selectors.search import Criteria, to_json
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_user
from tests.factories.registry import make_prisoner

pytestmark = pytest.mark.usefixtures("committed")

ADDRESS = "/api/v1/approvals/"


@pytest.fixture
def manager(purpose: Purpose) -> Client:
    return doors.token(make_user(role=Role.REGIONAL_MANAGER))


@pytest.fixture
def follow(purpose: Purpose) -> Follow:
    today = timezone.localdate()
    terms = following.Terms(
        kinds=[FollowKind.MOVEMENT.value], since=today, until=today + timedelta(days=30), most_days=30,
        reason="Alvo de investigação.", basis="IP 1/2026",
    )  # fmt: skip
    person = make_prisoner(name="RAIMUNDO SEGUIDO").person
    return following.ask_of_person(user=purpose.user, person=person, terms=terms, by=from_terminal(purpose.user))


@pytest.fixture
def export(purpose: Purpose) -> ExportRequest:
    return exporting.ask(
        purpose=purpose, of={"criteria": to_json(Criteria(text="raimundo"))}, reason="Ordem do juízo.",
        file_format="csv", rows=300, by=from_terminal(purpose.user),
    )  # fmt: skip


def _decide(client: Client, what: str, one: Follow | ExportRequest, **decision: object) -> int:
    address = f"{ADDRESS}{what}/{one.pk}/"
    return client.post(address, decision, content_type="application/json").status_code


def test_it_tells_why_and_not_whom(manager: Client, follow: Follow, export: ExportRequest) -> None:
    answer = manager.get(ADDRESS)
    told = answer.json()
    assert [(one["id"], one["of"], one["basis"]) for one in told["follows"]] == [
        (str(follow.pk), "person", "IP 1/2026")
    ]
    assert [(one["id"], one["rows"], one["reason"]) for one in told["exports"]] == [
        (str(export.pk), 300, "Ordem do juízo.")
    ]
    assert "raimundo" not in answer.content.decode().lower()


def test_approved_a_follow_stands_and_the_audit_says_by_which_way(manager: Client, follow: Follow) -> None:
    assert _decide(manager, "follows", follow, approve=True) == 204
    follow.refresh_from_db()
    assert follow.state == FollowState.STANDING
    event = recorded(Kind.WORK_CHANGED)[-1]
    assert (event.action, event.channel) == ("follow.approve", "api")
    # It waits no more.
    assert _decide(manager, "follows", follow, approve=True) == 404


def test_a_refusal_says_why(manager: Client, export: ExportRequest) -> None:
    assert _decide(manager, "exports", export, approve=False) == 400
    assert _decide(manager, "exports", export, approve=False, note="Sem fundamento.") == 204
    export.refresh_from_db()
    assert (export.state, export.note) == (ExportState.REFUSED, "Sem fundamento.")


def test_another_agency_meets_nothing(follow: Follow, export: ExportRequest) -> None:
    stranger = doors.token(make_user(role=Role.REGIONAL_MANAGER, agency=make_agency("PP-PE")))
    assert stranger.get(ADDRESS).json() == {"follows": [], "exports": []}
    assert _decide(stranger, "follows", follow, approve=True) == 404
    assert _decide(stranger, "exports", export, approve=True) == 404


def test_what_somebody_else_decides_meanwhile_is_not_decided_again(
    manager: Client, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decided_already(**_: object) -> None:
        raise following.NotAsked

    monkeypatch.setattr(following, "decide", decided_already)
    assert _decide(manager, "follows", follow, approve=True) == 409


def test_who_asks_decides_nothing(purpose: Purpose, follow: Follow) -> None:
    agent = doors.token(purpose.user, purpose)
    assert agent.get(ADDRESS).status_code == 403
    assert _decide(agent, "follows", follow, approve=True) == 403
