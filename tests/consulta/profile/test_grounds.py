"""A lawyer's profile opens after a reason is given, and every look at it is recorded with the reason."""

from urllib.parse import quote

import pytest
from django.test import Client

from audit.events import Kind
from consulta.models import Inquiry
from registry.models import Record
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

REASON = "Indícios de recado levado à cela, apuração 12/2026"


def address(record: Record, rest: str = "") -> str:
    return f"/pessoas/{record.person.public_id}/{rest}"


@pytest.mark.parametrize("rest", ["", "ligacoes/", "resumo/", "vinculos/"])
def test_without_a_reason_the_way_leads_to_where_it_is_given(agent: Client, rest: str) -> None:
    lawyer = make.make_client(lawyer=make.make_lawyer(name="Doutora Reservada")).lawyer
    answer = agent.get(address(lawyer, rest))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, address(lawyer, "motivo/"))
    assert "Doutora" not in agent.get(address(lawyer, "motivo/")).content.decode()
    assert all(event.subjects == [] for event in recorded(Kind.DISCLOSURE))


def test_a_fragment_leads_there_too(agent: Client) -> None:
    lawyer = make.make_lawyer()
    answer = agent.get(address(lawyer, "resumo/"), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == address(lawyer, "motivo/")


def test_once_said_it_opens_what_was_asked_for_and_stands_in_the_audit(agent: Client) -> None:
    lawyer = make.make_client(lawyer=make.make_lawyer(name="Doutora Reservada")).lawyer
    wanted = address(lawyer, "ligacoes/")
    answer = agent.post(address(lawyer, "motivo/"), {"reason": REASON, "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert "Doutora Reservada" in agent.get(address(lawyer)).content.decode()
    said = [event.detail["asked"].get("reason") for event in recorded(Kind.INTENT)]
    assert said == [REASON, REASON]


def test_the_reason_is_of_one_lawyer_alone_and_kept_encrypted(agent: Client) -> None:
    one, other = make.make_lawyer(), make.make_lawyer()
    agent.post(address(one, "motivo/"), {"reason": REASON})
    assert agent.get(address(one)).status_code == 200
    assert agent.get(address(other)).status_code == 302
    assert REASON.encode() not in bytes(Inquiry.objects.get().token)
    assert REASON not in str(agent.session.items())


def test_a_short_reason_is_asked_for_again(agent: Client) -> None:
    lawyer = make.make_lawyer()
    answer = agent.post(address(lawyer, "motivo/"), {"reason": "curioso"})
    assert answer.status_code == 422
    assert "ao menos 15 caracteres" in answer.content.decode()
    assert agent.get(address(lawyer)).status_code == 302


def test_the_way_on_leads_nowhere_but_to_the_same_person(agent: Client) -> None:
    lawyer, other = make.make_lawyer(), make.make_prisoner()
    for wanted in ("https://fora.example/", "//fora.example/", address(other)):
        answer = agent.post(address(lawyer, "motivo/"), {"reason": REASON, "next": wanted})
        assert answer["Location"] == address(lawyer)


def test_who_is_no_lawyer_needs_no_reason(agent: Client) -> None:
    prisoner = make.make_prisoner()
    assert agent.get(address(prisoner)).status_code == 200
    assert agent.get(address(prisoner, "motivo/"))["Location"] == address(prisoner)


def test_a_prisoner_who_is_a_lawyer_too_needs_one(agent: Client) -> None:
    prisoner = make.make_prisoner()
    make.make_lawyer(person=prisoner.person)
    assert agent.get(address(prisoner)).status_code == 302


@pytest.mark.usefixtures("without_lawyers")
def test_whether_somebody_is_a_lawyer_stays_unknown_to_who_may_not_see_them(agent: Client) -> None:
    prisoner, lawyer = make.make_prisoner(), make.make_lawyer()
    make.make_lawyer(person=prisoner.person)
    assert agent.get(address(prisoner)).status_code == 200
    assert agent.get(address(lawyer, "motivo/")).status_code == 404


def test_the_cpf_and_the_files_need_it_too(agent: Client) -> None:
    lawyer = make.make_client().lawyer
    for rest, data in (("cpf/", {}), ("vinculos/exportar/", {"formato": "csv"}), ("vinculos/expandir/", {})):
        assert agent.post(address(lawyer, rest), data)["Location"].startswith(address(lawyer, "motivo/"))


@pytest.mark.parametrize("rest", ["", "links/"])
def test_programs_say_it_in_a_header(program: Client, rest: str) -> None:
    lawyer = make.make_client().lawyer
    resource = f"/api/v1/people/{lawyer.person.public_id}/{rest}"
    refused = program.get(resource)
    assert refused.status_code == 428
    assert "X-Reason" in refused.json()["detail"]
    assert program.get(resource, headers={"X-Reason": "curioso"}).status_code == 428
    assert program.get(resource, headers={"X-Reason": quote(REASON)}).status_code == 200
    assert recorded(Kind.INTENT)[-1].detail["asked"]["reason"] == REASON


def test_a_prisoners_profile_leads_to_whom_else_the_lawyer_defends_and_names_nobody(agent: Client) -> None:
    lawyer, prisoner = make.make_lawyer(), make.make_prisoner()
    make.make_client(lawyer=lawyer, prisoner=prisoner)
    make.make_client(lawyer=lawyer, prisoner=make.make_prisoner(name="OUTRO DEFENDIDO"))
    page = agent.get(address(prisoner)).content.decode()
    clients = address(lawyer, "ligacoes/")
    assert (f'href="{clients}"' in page, "Outro Defendido" in page) == (True, False)
    assert agent.get(clients)["Location"].startswith(address(lawyer, "motivo/"))
    agent.post(address(lawyer, "motivo/"), {"reason": REASON, "next": clients})
    assert "Outro Defendido" in agent.get(clients).content.decode()
    disclosed = recorded(Kind.DISCLOSURE)[-1]
    assert prisoner.person.public_id in disclosed.subjects
