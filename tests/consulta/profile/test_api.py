"""A person for programs: the same gate, the same parts."""

import uuid

import pytest
from django.test import Client

from audit.events import Channel, Kind
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_answers_every_part_with_a_receipt_that_the_audit_has(program: Client) -> None:
    link = make.make_link()
    make.make_custody(prisoner=link.prisoner)
    answer = program.get(f"/api/v1/people/{link.prisoner.person.public_id}/").json()
    assert set(answer) == {
        *("id", "identity", "situation", "documents", "movements", "visitors", "lawyers", "cellmates", "cases"),
        *("conduct", "crossings", "findings", "sources", "failed", "receipt"),
    }
    assert answer["situation"]["state"] == "custody"
    assert answer["visitors"]["rows"][0]["person"]["id"] == str(link.visitor.person.public_id)
    [event] = recorded(Kind.DISCLOSURE)
    assert (str(event.receipt), event.channel) == (answer["receipt"], Channel.API)
    assert event.subjects == [link.prisoner.person.public_id, link.visitor.person.public_id]


def test_instants_keep_the_offset_of_the_state(program: Client) -> None:
    prisoner = make.make_prisoner(origin=make.make_origin("AC"))
    make.make_movement(prisoner=prisoner)
    answer = program.get(f"/api/v1/people/{prisoner.person.public_id}/").json()
    assert answer["movements"]["events"][0]["at"].endswith("-05:00")


def test_a_merged_id_leads_to_the_present_person(program: Client) -> None:
    first = make.make_prisoner()
    second = make.make_prisoner(person=first.person)
    answer = program.get(f"/api/v1/people/{second.home.public_id}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/api/v1/people/{first.person.public_id}/")


def test_an_unknown_person_is_not_found(program: Client) -> None:
    assert program.get(f"/api/v1/people/{uuid.uuid4()}/").status_code == 404


def test_without_a_purpose_nothing_opens() -> None:
    prisoner = make.make_prisoner()
    answer = doors.token(make_user()).get(f"/api/v1/people/{prisoner.person.public_id}/")
    assert answer.status_code == 428


@pytest.mark.usefixtures("without_lawyers")
def test_without_the_permission_no_lawyer_is_seen_nor_counted(program: Client) -> None:
    client = make.make_client(lawyer=make.make_lawyer(name="DOUTORA OCULTA"))
    answer = program.get(f"/api/v1/people/{client.prisoner.person.public_id}/")
    assert "lawyers" not in answer.json()
    assert "DOUTORA OCULTA" not in answer.content.decode()
    assert program.get(f"/api/v1/people/{client.lawyer.person.public_id}/").status_code == 404


def test_the_schema_describes_people_and_units(program: Client) -> None:
    schema = program.get("/api/v1/schema/").json()
    assert {"/api/v1/people/{person}/", "/api/v1/units/", "/api/v1/units/{unit}/"} <= set(schema["paths"])
    assert "identity" in schema["components"]["schemas"]["Person"]["properties"]
