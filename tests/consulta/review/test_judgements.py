"""What stands on a person's records, and taking it back."""

import pytest
from django.test import Client

from audit.events import Kind
from credentialing.roles import Role
from registry.models import Judgement, Prisoner, Verdict
from registry.services import resolution
from tests import doors
from tests.consulta.review.test_pages import strip
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user
from tests.factories.registry import make_judgement, make_origin, make_prisoner
from tests.registry.reviewing.people import CAIO

pytestmark = pytest.mark.usefixtures("committed")
WHY = "As digitais são de outra pessoa."


@pytest.fixture
def two() -> tuple[Prisoner, Prisoner]:
    """Two records that a model joined, and a person confirmed."""
    a, b = make_prisoner(name="ANTÔNIO DE SOUZA"), make_prisoner(name="ANTONIO SOUSA", origin=make_origin("PE"))
    make_judgement(a, b, judge="model:abc", score=9.25)
    resolution.judge(a=a, b=b, verdict=Verdict.SAME, by=CAIO, note="mesma tatuagem")
    return a, b


def address(record: Prisoner) -> str:
    return f"/pessoas/{record.home.public_id}/julgamentos/"


def test_the_page_says_who_judged_when_and_why(ana: Client, two: tuple[Prisoner, Prisoner]) -> None:
    text = strip(ana.get(address(two[0])).content.decode())
    for expected in ("por pessoa caio", "por modelo abc", "peso 9,2", "Observação: mesma tatuagem", "ANTONIO SOUSA"):
        assert expected in text, expected
    assert "se contradizem" not in text
    assert set(recorded(Kind.DISCLOSURE)[-1].subjects) == {record.home.public_id for record in two}


def test_a_merged_person_leads_to_the_one_they_are(ana: Client, two: tuple[Prisoner, Prisoner]) -> None:
    assert ana.get(address(two[1]))["Location"] == address(two[0])


def test_revoking_splits_and_keeps_the_reason(ana: Client, two: tuple[Prisoner, Prisoner]) -> None:
    for judgement in Judgement.objects.standing():
        answer = ana.post(f"{address(two[0])}{judgement.pk}/revogar/", {"reason": WHY}, follow=True)
        assert "Julgamento revogado." in strip(answer.content.decode())
    assert not Judgement.objects.standing().exists()
    two[1].refresh_from_db()
    assert two[1].person_id == two[1].home_id
    assert {e.actor for e in recorded(Kind.JUDGEMENT_REVOKED)} == {"ana"}
    text = strip(ana.get(address(two[0])).content.decode())
    assert "Nenhum julgamento" in text
    assert f"Razão: {WHY}" in text
    assert "revogado por pessoa ana" in text


def test_without_a_reason_nothing_is_revoked(ana: Client, two: tuple[Prisoner, Prisoner]) -> None:
    judgement = Judgement.objects.standing().first()
    assert judgement is not None
    answer = ana.post(f"{address(two[0])}{judgement.pk}/revogar/", {"reason": "não"})
    assert "Explique em pelo menos 10 caracteres." in strip(answer.content.decode())
    assert Judgement.objects.standing().count() == 2


def test_a_judgement_of_somebody_else_is_not_found(ana: Client, two: tuple[Prisoner, Prisoner]) -> None:
    other = make_judgement(make_prisoner(), make_prisoner())
    assert ana.post(f"{address(two[0])}{other.pk}/revogar/", {"reason": WHY}).status_code == 404
    assert Judgement.objects.standing().filter(pk=other.pk).exists()


def test_contradictions_are_pointed_at(ana: Client, two: tuple[Prisoner, Prisoner]) -> None:
    resolution.judge(a=two[0], b=two[1], verdict=Verdict.DIFFERENT, by=CAIO)
    text = strip(ana.get(address(two[0])).content.decode())
    assert "Há julgamentos que se contradizem." in text
    assert "Outro julgamento diz o contrário deste par." in text
    assert "de outra pessoa" in text


def test_the_profile_leads_there_for_reviewers_alone(ana: Client, two: tuple[Prisoner, Prisoner]) -> None:
    profile = f"/pessoas/{two[0].home.public_id}/"
    assert address(two[0]) in ana.get(profile).content.decode()
    user = make_user(role=Role.AGENT)
    agent = doors.session(user, make_purpose(user))
    assert address(two[0]) not in agent.get(profile).content.decode()
    assert agent.get(address(two[0])).status_code == 403
