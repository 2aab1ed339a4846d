"""The desk for programs: what it lists, opens and refuses."""

import pytest
from django.core.cache import cache
from django.test import Client

from audit.events import Channel, Kind
from credentialing.roles import Role
from registry.models import Record, Review, Vote
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user
from tests.factories.registry import make_prisoner, make_review

pytestmark = pytest.mark.usefixtures("committed")
JSON = "application/json"


def program_of(name: str, role: Role = Role.IDENTITY_REVIEWER) -> Client:
    user = make_user(username=name, role=role)
    return doors.token(user, make_purpose(user))


@pytest.fixture
def program(committed: None) -> Client:
    cache.clear()
    return program_of("ana")


def cast(client: Client, review: Review, **body: str) -> tuple[int, dict[str, str]]:
    answer = client.post(f"/api/v1/reviews/{review.pk}/votes/", body, content_type=JSON)
    return answer.status_code, answer.json()


def test_the_queue_is_listed_without_a_name_and_filtered(program: Client) -> None:
    make_review(make_prisoner(name="ANTÔNIO DE SOUZA"), impact=1)
    vetoed = make_review(cause="veto", impact=2)
    answer = program.get("/api/v1/reviews/")
    assert (answer.json()["total"], answer.json()["rows"][0]["id"]) == (2, vetoed.pk)
    assert "SOUZA" not in answer.content.decode()
    assert [row["id"] for row in program.get("/api/v1/reviews/?motivo=veto").json()["rows"]] == [vetoed.pk]
    assert recorded(Kind.DISCLOSURE)[-1].channel == Channel.API


def test_a_pair_is_opened_and_voted_on(program: Client) -> None:
    a, b = make_prisoner(name="JOÃO TESTE", cpf="10000000108"), make_prisoner(name="JOSÉ TESTE", cpf="10000000108")
    review = make_review(a, b)
    found = program.get(f"/api/v1/reviews/{review.pk}/").json()
    fields = {line["label"]: line for line in found["fields_compared"]}
    assert (fields["Nome"]["a"], fields["Nome"]["outcome"]) == (["JOÃO TESTE"], "differs")
    assert fields["CPF"]["a"] == ["100.•••.•••-08"]
    assert (found["score"], found["lives"], found["risks"]) == (4.25, "no_stays", [])
    assert set(recorded(Kind.DISCLOSURE)[-1].subjects) == {a.home.public_id, b.home.public_id}
    assert cast(program, review, verdict="different", seen=found["seen"]) == (
        201,
        {"conclusion": "different", "warning": ""},
    )
    assert Vote.objects.get().voter == "user:ana"
    assert [event.channel for event in recorded(Kind.JUDGED)] == [Channel.API] * 2


def test_a_sample_is_listed_and_opened_as_another_pair(program: Client) -> None:
    review = make_review(cause="sample", score=30.0)
    assert program.get("/api/v1/reviews/").json()["rows"][0]["cause"] == "refused"
    assert program.get(f"/api/v1/reviews/{review.pk}/").json()["cause"] == "refused"


def test_what_changed_or_is_taken_is_refused_with_a_reason(program: Client) -> None:
    review = make_review()
    seen = program.get(f"/api/v1/reviews/{review.pk}/").json()["seen"]
    other = program_of("bia").get(f"/api/v1/reviews/{review.pk}/")
    assert (other.status_code, other.json()["detail"]) == (409, "Outro revisor está com este par.")
    Record.objects.filter(pk=review.a_id).update(name="OUTRO NOME")
    status, body = cast(program, review, verdict="same", seen=seen)
    assert (status, "mudou" in body["detail"]) == (409, True)
    status, body = cast(program, review, verdict="same", seen="inventado")
    assert (status, "seen" in body["detail"]) == (409, True)
    assert cast(program, review, verdict="talvez", seen=seen)[0] == 400
    assert not Vote.objects.exists()


def test_votes_are_limited_by_the_minute(program: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consulta.review.api.VotesThrottle.rate", "2/min")
    review = make_review()
    seen = "inventado"
    assert [cast(program, review, verdict="same", seen=seen)[0] for _ in range(3)] == [409, 409, 429]


def test_an_agent_is_refused_and_it_is_recorded(committed: None) -> None:
    review, agent = make_review(), program_of("agente", Role.AGENT)
    assert agent.get("/api/v1/reviews/").status_code == 403
    assert agent.get(f"/api/v1/reviews/{review.pk}/").status_code == 403
    assert cast(agent, review, verdict="same", seen="x")[0] == 403
    assert [e.action for e in recorded(Kind.DENIED)] == ["reviews", "review", "review"]


def test_the_schema_describes_the_desk(program: Client) -> None:
    schema = program.get("/api/v1/schema/").json()
    assert {"/api/v1/reviews/", "/api/v1/reviews/{review}/", "/api/v1/reviews/{review}/votes/"} <= set(schema["paths"])
