"""The CPF: masked until asked for, and the asking recorded."""

import pytest
from django.test import Client

from audit.events import Kind
from registry.values import cpf
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def prisoner() -> make.Prisoner:
    """Someone with the CPF in the registration and among the documents."""
    number = make.make_cpf()
    found = make.make_prisoner(cpf=number)
    make.make_document(record=found, kind="CPF", raw=cpf.display(number), number=number)
    make.make_document(record=found, kind="CIN", raw=number, number=number)
    return found


@pytest.mark.parametrize("part", ["", "documentos/", "fontes/", "identificacao/", "resumo/"])
def test_no_part_of_the_profile_shows_it_whole(agent: Client, prisoner: make.Prisoner, part: str) -> None:
    page = agent.get(f"/pessoas/{prisoner.person.public_id}/{part}").content.decode()
    assert prisoner.cpf not in page
    assert cpf.display(prisoner.cpf) not in page


def test_the_page_shows_it_masked(agent: Client, prisoner: make.Prisoner) -> None:
    assert cpf.mask(prisoner.cpf) in agent.get(f"/pessoas/{prisoner.person.public_id}/").content.decode()


def test_a_flawed_cpf_is_masked_too(agent: Client) -> None:
    prisoner = make.make_prisoner()
    make.make_document(record=prisoner, kind="CPF", raw="04812345699", number="", flaw="check_digit")
    page = agent.get(f"/pessoas/{prisoner.person.public_id}/").content.decode()
    assert "04812345699" not in page
    assert "dígito não confere" in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_asking_shows_it_and_is_recorded(agent: Client, prisoner: make.Prisoner, headers: dict[str, str]) -> None:
    answer = agent.post(f"/pessoas/{prisoner.person.public_id}/cpf/", headers=headers)
    page = answer.content.decode()
    assert cpf.display(prisoner.cpf) in page
    assert ("<html" in page) is not bool(headers)
    [event] = recorded(Kind.DISCLOSURE)
    assert (event.subjects, event.detail["fields"]) == ([prisoner.person.public_id], ["cpf"])


def test_it_is_not_shown_by_an_address_alone(agent: Client, prisoner: make.Prisoner) -> None:
    assert agent.get(f"/pessoas/{prisoner.person.public_id}/cpf/").status_code == 405


def test_the_api_masks_it(program: Client, prisoner: make.Prisoner) -> None:
    answer = program.get(f"/api/v1/people/{prisoner.person.public_id}/")
    assert prisoner.cpf not in answer.content.decode()
    assert cpf.display(prisoner.cpf) not in answer.content.decode()
    assert answer.json()["identity"]["cpf"]["text"] == cpf.mask(prisoner.cpf)
