"""Agreements, pauses and alerts in the administration, each write with who made it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AccessEvent
from credentialing.roles import Role
from ingestion.models import Agreement, AgreementStatus, Alert, AlertKind, GoalStatus, Source
from tests import doors
from tests.factories.credentialing import make_user
from tests.factories.ingestion import State, make_source, sign
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NO_GOALS = {"goals-TOTAL_FORMS": 0, "goals-INITIAL_FORMS": 0}


@pytest.fixture
def client() -> Client:
    return doors.session(make_user(role=Role.GENERAL_ADMIN))


def given(**changes: Any) -> dict[str, Any]:
    values = {
        "origin": make_origin("AL").pk, "number": "7/2024", "signed_on": "2024-02-01", "term_months": 60,
        "extension_months": 0, "responsible": "Fulana", "responsible_email": "fulana@senappen.example",
        "state_responsible": "Beltrano", "state_email": "beltrano@estado.example",
    }  # fmt: skip
    return {**values, **NO_GOALS, **changes}


def act(client: Client, model: str, action: str, pk: int, **fields: str) -> str:
    asked = {"action": action, "_selected_action": [pk], **fields}
    return client.post(reverse(f"admin:ingestion_{model}_changelist"), asked, follow=True).content.decode()


def test_an_agreement_is_registered_with_the_usual_goals(client: Client) -> None:
    response = client.post(reverse("admin:ingestion_agreement_add"), given())

    assert response.status_code == 302, response.content.decode()
    agreement = Agreement.objects.get()
    assert agreement.ends_on.isoformat() == "2029-02-01"
    assert [goal.deadline_days for goal in agreement.goals.all()] == [20, 45, 60]
    assert AccessEvent.objects.filter(kind="admin_change", action="add").exists()


def test_a_second_agreement_in_force_is_refused_in_words(client: Client) -> None:
    sign(make_origin("AL"))

    response = client.post(reverse("admin:ingestion_agreement_add"), given())

    assert "Já existe um acordo vigente" in response.content.decode()


def test_a_goal_is_done_on_a_day(client: Client) -> None:
    agreement = sign(make_origin("AL"))
    goals = list(agreement.goals.all())
    fields: dict[str, Any] = {"goals-TOTAL_FORMS": 3, "goals-INITIAL_FORMS": 3}
    for number, goal in enumerate(goals):
        done = number == 0
        fields |= {
            f"goals-{number}-id": goal.pk,
            f"goals-{number}-agreement": agreement.pk,
            f"goals-{number}-deadline_days": goal.deadline_days,
            f"goals-{number}-text": goal.text,
            f"goals-{number}-status": GoalStatus.DONE if done else GoalStatus.PENDING,
            f"goals-{number}-done_on": "2024-03-01" if done else "",
        }
    address = reverse("admin:ingestion_agreement_change", args=[agreement.pk])

    assert client.post(address, given(**{**fields, "goals-1-done_on": "2024-03-01"})).status_code == 200
    assert client.post(address, given(**fields)).status_code == 302

    assert [goal.status for goal in agreement.goals.all()].count(GoalStatus.DONE) == 1


def test_an_agreement_is_denounced_from_the_list(client: Client, state: State) -> None:
    make_source(state)

    act(client, "agreement", "denounce", Agreement.objects.get().pk)

    assert Agreement.objects.get().status == AgreementStatus.DENOUNCED
    assert not Source.objects.get().encrypted_credentials


def test_a_pause_says_who_and_why(client: Client, state: State) -> None:
    source = make_source(state)

    assert "Diga o motivo" in act(client, "source", "pause", source.pk, reason=" ")
    assert Source.objects.get().enabled

    act(client, "source", "pause", source.pk, reason="janela de manutenção")
    paused = Source.objects.get()
    assert not paused.enabled
    assert (paused.pause_reason, bool(paused.paused_by)) == ("janela de manutenção", True)

    act(client, "source", "resume", source.pk)
    resumed = Source.objects.get()
    assert (resumed.enabled, resumed.pause_reason, resumed.paused_by) == (True, "", "")


def test_an_alert_is_acknowledged(client: Client) -> None:
    alert = Alert.objects.create(kind=AlertKind.CLOCK, text="parado")

    act(client, "alert", "acknowledge", alert.pk)

    assert Alert.objects.get().acknowledged_by
