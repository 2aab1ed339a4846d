"""Saved diagrams: own, encrypted, drawn anew from what is known and allowed now; each opening a disclosure."""

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from audit.events import Kind
from consulta.models import SavedDiagram
from registry.models import Lawyer, Prisoner, Record, Visitor
from registry.selectors.links.neighbourhood import MOST_NODES
from registry.services.links import rebuild_all
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.usefixtures("committed")

Family = tuple[Prisoner, Visitor, Prisoner, Lawyer]


@pytest.fixture
def family(committed: None) -> Family:
    """A prisoner, his mother, another prisoner she visits, and the lawyer of the first."""
    link = make.make_link(kinship="MAE", prisoner=make.make_prisoner(name="JOÃO TESTE"))
    other = make.make_link(visitor=link.visitor, kinship="TIO", prisoner=make.make_prisoner(name="PEDRO OUTRO"))
    lawyer = make.make_client(prisoner=link.prisoner).lawyer
    rebuild_all()
    return link.prisoner, link.visitor, other.prisoner, lawyer


def told(record: Record) -> str:
    return str(record.person.public_id)


def places(*records: Record) -> dict[str, list[int]]:
    return {told(record): [100 * at, -50 * at] for at, record in enumerate(records)}


def keep(agent: Client, focus: Record, sent: Any, name: str = "Família de João") -> Any:
    return agent.post(f"/pessoas/{told(focus)}/vinculos/guardar/", {"name": name, "places": json.dumps(sent)})


def drawn(body: str) -> dict[str, Any]:
    found = re.search(r'<script id="grafo-dados" type="application/json">(.*?)</script>', body, re.S)
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


def test_it_is_drawn_where_it_was_left_with_every_link_among_its_persons(agent: Client, family: Family) -> None:
    prisoner, mother, other, lawyer = family
    answer = keep(agent, prisoner, places(prisoner, mother, other, lawyer))
    assert answer.status_code == 200
    kept = SavedDiagram.objects.get()
    body = agent.get(f"/diagramas/{kept.pk}/").content.decode()
    data = drawn(body)
    assert data["places"] == places(prisoner, mother, other, lawyer)
    assert {(edge["kind"], edge["inferred"]) for edge in data["edges"]} == {("K", False), ("L", False), ("S", True)}
    assert len(data["edges"]) == 4  # the mother of two, the lawyer of one, and the two who share a visitor
    assert "Mãe" in body
    shown = recorded(Kind.DISCLOSURE)[-1]
    assert {str(one) for one in shown.subjects} == set(data["places"])
    assert shown.detail["diagram"] == str(kept.pk)


def test_neither_name_nor_persons_are_readable_in_the_database_or_the_audit(agent: Client, family: Family) -> None:
    keep(agent, family[0], places(family[0]))
    kept = SavedDiagram.objects.get()
    assert b"Jo" not in bytes(kept.token)
    assert told(family[0]).encode() not in bytes(kept.token)
    [event] = recorded(Kind.WORK_CHANGED)
    assert (event.action, event.detail) == ("diagram.keep", {"diagram": str(kept.pk)})


def test_whoever_left_ones_sight_is_drawn_no_more(
    agent: Client, family: Family, request: pytest.FixtureRequest
) -> None:
    prisoner, mother, _, lawyer = family
    stranger = {str(uuid.uuid4()): [1, 1]}
    keep(agent, prisoner, places(prisoner, mother, lawyer) | stranger)
    request.getfixturevalue("without_lawyers")
    body = agent.get(f"/diagramas/{SavedDiagram.objects.get().pk}/").content.decode()
    assert told(lawyer) not in body
    assert {node["id"] for node in drawn(body)["nodes"]} == {told(prisoner), told(mother)}
    assert told(lawyer) not in [str(one) for one in recorded(Kind.DISCLOSURE)[-1].subjects]


def test_two_ids_of_one_human_being_stand_once(agent: Client, family: Family) -> None:
    prisoner, _, other, _ = family
    keep(agent, prisoner, places(prisoner, other))
    Record.objects.filter(pk=other.pk).update(person=prisoner.person)
    rebuild_all()
    data = drawn(agent.get(f"/diagramas/{SavedDiagram.objects.get().pk}/").content.decode())
    assert data["places"] == places(prisoner)
    assert [node["id"] for node in data["nodes"]] == [told(prisoner)]


def test_one_that_began_with_a_lawyer_asks_why_first(agent: Client, family: Family) -> None:
    prisoner, _, _, lawyer = family
    keep(agent, lawyer, places(lawyer, prisoner))
    address = f"/diagramas/{SavedDiagram.objects.get().pk}/"
    answer = agent.get(address)
    assert answer["Location"].startswith(f"/pessoas/{told(lawyer)}/motivo/")
    assert not recorded(Kind.DISCLOSURE)
    assert agent.get(address, headers={"X-Reason": "cita o preso na denúncia"}).status_code == 200


def test_another_user_has_no_part_in_it(agent: Client, colleague: Client, family: Family) -> None:
    keep(agent, family[0], places(family[0]))
    kept = SavedDiagram.objects.get()
    assert "Família de João" in agent.get("/diagramas/").content.decode()
    assert "Família de João" not in colleague.get("/diagramas/").content.decode()
    assert colleague.get(f"/diagramas/{kept.pk}/").status_code == 404
    assert colleague.post(f"/diagramas/{kept.pk}/excluir/").status_code == 404
    assert SavedDiagram.objects.exists()


def test_it_is_forgotten_for_good(agent: Client, family: Family) -> None:
    keep(agent, family[0], places(family[0]))
    agent.post(f"/diagramas/{SavedDiagram.objects.get().pk}/excluir/")
    assert not SavedDiagram.objects.exists()
    assert [event.action for event in recorded(Kind.WORK_CHANGED)] == ["diagram.keep", "diagram.forget"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "não chegou inteiro"),
        ([1, 2], "não chegou inteiro"),
        ({"quem": [1, 2]}, "não chegou inteiro"),
        ({str(uuid.UUID(int=1)): [1]}, "não chegou inteiro"),
        ({str(uuid.UUID(int=1)): ["1", True]}, "não chegou inteiro"),
        ({str(uuid.UUID(int=at)): [0, 0] for at in range(MOST_NODES + 1)}, f"até {MOST_NODES} pessoas"),
    ],
)
def test_what_is_no_drawing_is_refused_in_words(agent: Client, sent: Any, said: str) -> None:
    answer = agent.post(f"/pessoas/{uuid.uuid4()}/vinculos/guardar/", {"name": "Alvos", "places": json.dumps(sent)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SavedDiagram.objects.exists()


def test_a_place_beyond_the_paper_is_put_at_its_edge(agent: Client, family: Family) -> None:
    keep(agent, family[0], {told(family[0]): [1e300, float("-inf")]})
    assert list(SavedDiagram.objects.get().places.values()) == [(100_000, -100_000)]


def test_there_is_an_end_to_keeping(agent: Client, family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SavedDiagram, "MOST", 1)
    keep(agent, family[0], places(family[0]))
    answer = keep(agent, family[0], places(family[0]), "outro")
    assert answer.status_code == 422
    assert "Exclua um em Diagramas" in answer.content.decode()
    assert SavedDiagram.objects.count() == 1


def test_the_api_keeps_lists_opens_and_forgets(program: Client, family: Family) -> None:
    prisoner, mother, _, _ = family
    given = {"name": "Alvos", "focus": told(prisoner), "places": places(prisoner, mother)}
    made = program.post("/api/v1/diagrams/", given, content_type="application/json")
    assert made.status_code == 201
    [listed] = program.get("/api/v1/diagrams/").json()
    assert listed["name"] == "Alvos"
    opened = program.get(f"/api/v1/diagrams/{listed['id']}/").json()
    assert opened["places"] == given["places"]
    assert [(link["kind"], link["relation"]) for link in opened["links"]] == [("K", "Mãe")]
    assert {one["id"] for one in opened["persons"]} == {told(prisoner), told(mother)}
    assert [str(one) for one in recorded(Kind.DISCLOSURE)[-1].subjects] == [told(prisoner), told(mother)]
    assert program.delete(f"/api/v1/diagrams/{listed['id']}/").status_code == 204
    wrong = {**given, "places": {told(prisoner): [1]}}
    assert program.post("/api/v1/diagrams/", wrong, content_type="application/json").status_code == 400
