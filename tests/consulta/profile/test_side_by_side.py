"""The sources side by side and the breaks of a history, on the page and in the API."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from consulta.profile.present.comparison import LABELS
from registry.selectors.people.comparison import FIELDS
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

START = datetime(2025, 3, 1, 15, 0, tzinfo=UTC)


def test_every_field_has_its_words() -> None:
    assert set(FIELDS) == set(LABELS)


def test_differences_are_marked_and_cpfs_masked(agent: Client, program: Client) -> None:
    cpf = make.make_cpf()
    one = make.make_prisoner(mother_name="MARIA TESTE", cpf=cpf)
    make.make_prisoner(person=one.person, mother_name="MARTA TESTE", cpf=cpf)
    page = agent.get(f"/pessoas/{one.person.public_id}/").content.decode()
    assert "<mark>MARTA TESTE</mark>" in page
    assert cpf not in page
    answer = program.get(f"/api/v1/people/{one.person.public_id}/")
    lines = {line["field"]: line for line in answer.json()["comparison"]["lines"]}
    assert [value["differs"] for value in lines["mother_name"]["values"]] == [False, True]
    assert cpf not in answer.content.decode()


def test_one_record_has_nothing_to_stand_beside(agent: Client) -> None:
    prisoner = make.make_prisoner()
    assert "Fontes lado a lado" not in agent.get(f"/pessoas/{prisoner.person.public_id}/").content.decode()
    assert agent.get(f"/pessoas/{prisoner.person.public_id}/comparacao/").status_code == 404


def test_gaps_and_overlaps_are_told_in_words(agent: Client, program: Client) -> None:
    prisoner, one, other = make.make_prisoner(), make.make_unit(name="Presídio A"), make.make_unit(name="Presídio B")
    for unit, since, until in ((one, 0, 10), (other, 40, 80), (one, 70, 90)):
        term = {"started_at": START + timedelta(days=since), "ended_at": START + timedelta(days=until)}
        make.make_custody(prisoner=prisoner, unit=unit, **term)
    make.make_movement(prisoner=prisoner, occurred_at=START)
    page = agent.get(f"/pessoas/{prisoner.person.public_id}/").content.decode()
    assert "Sem custódia de 11/03/2025 a 10/04/2025 (30 dias): saiu de Presídio A e reaparece em Presídio B" in page
    assert "Em duas unidades ao mesmo tempo, de 10/05/2025 a 20/05/2025 (10 dias)" in page
    found = program.get(f"/api/v1/people/{prisoner.person.public_id}/").json()["movements"]
    assert ([gap["days"] for gap in found["gaps"]], [each["days"] for each in found["overlaps"]]) == ([30], [10])


def test_a_birthplace_has_its_name(agent: Client) -> None:
    prisoner = make.make_prisoner(birthplace="2704302")
    assert "Maceió/AL" in agent.get(f"/pessoas/{prisoner.person.public_id}/").content.decode()
