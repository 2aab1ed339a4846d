"""The search for programs: same gate, same audit, same answer."""

from typing import Any

import pytest
from django.test import Client

from audit.events import Channel, Kind
from credentialing.models import Purpose
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user
from tests.factories.registry import make_cpf, make_custody, make_prisoner
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def program(purpose: Purpose) -> Client:
    return doors.token(purpose.user, purpose)


def search(client: Client, **body: Any) -> Any:
    index()
    return client.post("/api/v1/search/", body, content_type="application/json")


def test_a_program_finds_what_a_page_shows(program: Client) -> None:
    record = make_prisoner(name="ANTÔNIO DE SOUZA", mother_name="IVONE DE SOUZA", cpf=make_cpf(5))
    make_custody(prisoner=record)
    answer = search(program, text="souza antonio", birth="1990", filters={"uf": ["AL"]})
    body = answer.json()
    assert (body["total"], body["page"], body["pages"], body["truncated"]) == (1, 1, 1, False)
    person = body["persons"][0]
    assert person["id"] == str(record.person.public_id)
    assert (person["mother"], person["birth"]) == ("Ivone de Souza", "1990-05-17")
    assert person["cpf"].startswith("100.•••")
    assert person["custody"]["regime"] == {"code": "FECHADO", "text": "Fechado"}
    assert {"kind": "birth", "text": "ano igual"} in person["reasons"]
    assert {facet["name"] for facet in body["facets"]} == {"situation", "uf", "regime", "modality", "sex", "kind"}
    assert body["sources"][0]["late"] is True


def test_the_audit_is_the_same(program: Client) -> None:
    person = make_prisoner(name="ANTÔNIO DE SOUZA").person
    answer = search(program, text="antonio souza")
    intent, disclosure = recorded(Kind.INTENT, Kind.DISCLOSURE)
    assert (intent.channel, intent.detail["asked"]["text"]) == (Channel.API, "antonio souza")
    assert disclosure.subjects == [person.public_id]
    assert answer.json()["receipt"] == answer["X-Receipt"] == str(disclosure.receipt)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "non_field_errors"),
        ({"birth": "31/02/1991"}, "birth"),
        ({"text": "antonio", "document": "não sei"}, "document"),
        ({"text": "antonio", "filters": {"kind": ["X"]}}, "filters"),
        ({"text": "antonio", "page": 0}, "page"),
    ],
)
def test_wrong_criteria_are_told_by_field(program: Client, body: dict[str, Any], field: str) -> None:
    answer = search(program, **body)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert recorded(Kind.INTENT) == []


def test_without_a_purpose_nothing_is_searched(purpose: Purpose) -> None:
    assert search(doors.token(purpose.user), text="antonio").status_code == 428


def test_only_agents_search() -> None:
    user = make_user(role=Role.CORREGEDOR)
    answer = search(doors.token(user, make_purpose(user)), text="antonio")
    assert answer.status_code == 403
    assert recorded(Kind.DENIED)


def test_criteria_in_the_address_are_not_read(program: Client) -> None:
    assert program.get("/api/v1/search/?text=antonio").status_code == 405
