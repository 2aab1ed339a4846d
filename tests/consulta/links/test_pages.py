"""The links through the gate: page, opened node, path, file, API; each a disclosure of exactly whom it shows."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from audit.events import Kind
from registry.models import Lawyer, Prisoner, Record, Visitor
from registry.services.links import rebuild_all
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def people() -> tuple[Prisoner, Visitor, Prisoner, Lawyer]:
    """A prisoner, his mother, another prisoner she visits, and the lawyer of the first."""
    link = make.make_link(kinship="MAE", prisoner=make.make_prisoner(name="JOÃO TESTE"))
    other = make.make_link(
        visitor=link.visitor, kinship="TIO", prisoner=make.make_prisoner(name="PEDRO OUTRO")
    ).prisoner
    lawyer = make.make_client(prisoner=link.prisoner).lawyer
    rebuild_all()
    return link.prisoner, link.visitor, other, lawyer


def address(record: Record, part: str = "") -> str:
    return f"/pessoas/{record.person.public_id}/vinculos/{part}"


def told(record: Record) -> str:
    return str(record.person.public_id)


def subjects() -> list[str]:
    return [str(one) for one in recorded(Kind.DISCLOSURE)[-1].subjects]


def drawn(body: str) -> dict[str, Any]:
    found = re.search(r'<script id="grafo-dados" type="application/json">(.*?)</script>', body, re.S)
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


def test_the_page_lists_and_draws_the_same_people_and_discloses_them(agent: Client, people: Any) -> None:
    prisoner = people[0]
    answer = agent.get(address(prisoner))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Ana Visitante Teste" in body
    assert "2 pessoas ligadas" in body
    graph = drawn(body)
    assert {node["id"] for node in graph["nodes"]} == {told(one) for one in people}
    assert {(edge["kind"], edge["inferred"]) for edge in graph["edges"]} >= {("K", False), ("L", False), ("S", True)}
    assert subjects()[0] == told(prisoner)
    assert set(subjects()) == {told(one) for one in people}


def test_lawyers_out_of_scope_leave_no_trace(agent: Client, people: Any, without_lawyers: None) -> None:
    prisoner, _, _, lawyer = people
    body = agent.get(address(prisoner)).content.decode()
    assert told(lawyer) not in body
    assert "2 vínculos" in body
    assert told(lawyer) not in subjects()
    assert agent.post(address(lawyer, "expandir/")).status_code == 404


def test_filters_restrict_and_are_on_record(agent: Client, people: Any) -> None:
    prisoner, mother, *_ = people
    answer = agent.get(address(prisoner), {"tipo": "K", "forca": "50"})
    assert {node["id"] for node in drawn(answer.content.decode())["nodes"]} == {told(prisoner), told(mother)}
    asked = {"person": told(prisoner), "kinds": ["K"], "strength": 50, "page": 1}
    assert recorded(Kind.INTENT)[-1].detail["asked"] == asked
    empty = agent.get(address(prisoner), {"tipo": "C"})
    assert "Nenhum vínculo com esses filtros" in empty.content.decode()


def test_opening_a_node_is_a_disclosure_of_its_own(agent: Client, people: Any) -> None:
    _, mother, other, _ = people
    agent.get(address(people[0]))
    found = agent.post(address(mother, "expandir/")).json()
    assert found["focus"] == told(mother)
    assert set(subjects()) == {told(people[0]), told(mother), told(other)}
    assert {node["id"] for node in found["nodes"]} == set(subjects())
    assert str(recorded(Kind.DISCLOSURE)[-1].receipt) == found["receipt"]


def test_a_path_is_told_step_by_step_and_disclosed(agent: Client, people: Any) -> None:
    prisoner, mother, other, _ = people
    pasted = f"http://qualquer/pessoas/{told(other)}/"
    answer = agent.post(address(prisoner, "caminho/"), {"outra": pasted}, headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Caminho encontrado" in body
    assert "2 passos" in body
    assert "Mãe" in body
    assert subjects() == [told(prisoner), told(other), told(mother)]
    whole = agent.post(address(prisoner, "caminho/"), {"outra": told(other)}).content.decode()
    assert "<h1>Caminho entre duas pessoas</h1>" in whole


def test_no_path_is_said_and_both_are_disclosed(agent: Client, people: Any) -> None:
    prisoner, stranger = people[0], make.make_prisoner()
    answer = agent.post(address(prisoner, "caminho/"), {"outra": told(stranger)}, headers={"HX-Request": "true"})
    assert "Não encontrado em 4 passos." in answer.content.decode()
    assert subjects() == [told(prisoner), told(stranger)]


def test_a_cut_search_is_not_taken_for_absence(agent: Client, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.links.path.MOST_TIES", 0)
    answer = agent.post(address(people[0], "caminho/"), {"outra": told(people[2])}, headers={"HX-Request": "true"})
    assert "Limite atingido." in answer.content.decode()


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("", "Informe a outra pessoa"),
        ("fulano de tal", "Não há identificador"),
        ("00000000-0000-4000-8000-000000000000", "Não há pessoa com este identificador"),
    ],
)
def test_what_was_pasted_wrong_is_explained(agent: Client, people: Any, pasted: str, words: str) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        answer = agent.post(address(people[0], "caminho/"), {"outra": pasted}, headers=headers)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_file_says_who_took_it_and_is_on_record(agent: Client, people: Any) -> None:
    answer = agent.post(address(people[0], "exportar/"), {"formato": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    receipt = str(recorded(Kind.DISCLOSURE)[-1].receipt)
    assert receipt in lines[0]
    assert len(lines) == 2 + 3
    assert told(people[0]) not in answer["Content-Disposition"]
    assert recorded(Kind.DISCLOSURE)[-1].detail["format"] == "csv"
    assert set(subjects()) == {told(one) for one in people}


def test_a_cell_that_a_spreadsheet_would_run_is_text(agent: Client) -> None:
    link = make.make_link(visitor=make.make_visitor(name="=1+1"))
    rebuild_all()
    body = agent.post(address(link.prisoner, "exportar/"), {"formato": "csv"}).content.decode("utf-8-sig")
    assert ";=1+1" not in body
    assert "'=1+1" in body


def test_graphml_has_every_person_and_link(agent: Client, people: Any) -> None:
    root = ElementTree.fromstring(agent.post(address(people[0], "exportar/"), {"formato": "graphml"}).content)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert {node.get("id") for node in root.iter(f"{space}node")} == {told(one) for one in people}
    assert len(list(root.iter(f"{space}edge"))) == 3


def test_an_unknown_format_is_refused(agent: Client, people: Any) -> None:
    assert agent.post(address(people[0], "exportar/"), {"formato": "exe"}).status_code == 400


def test_the_api_tells_links_and_paths(program: Client, people: Any) -> None:
    prisoner, mother, other, _ = people
    links = program.get(f"/api/v1/people/{told(prisoner)}/links/").json()
    assert (links["total"], links["counts"]) == (3, {"K": 1, "L": 1, "S": 1})
    assert links["rows"][0]["person"]["id"] == told(mother)
    path = program.post(
        f"/api/v1/people/{told(prisoner)}/path/", {"other": told(other)}, content_type="application/json"
    ).json()
    assert path["ending"] == "found"
    assert [link["person"]["id"] for link in path["paths"][0]["links"]] == [told(mother), told(other)]
    assert subjects() == [told(prisoner), told(other), told(mother)]


def test_without_a_permission_nothing_is_learnt(people: Any) -> None:
    from credentialing.roles import Role
    from tests import doors
    from tests.factories.credentialing import make_user

    corregedor = doors.session(make_user(role=Role.CORREGEDOR))
    assert corregedor.get(address(people[0])).status_code == 403
    assert corregedor.post(address(people[0], "expandir/")).status_code == 403
