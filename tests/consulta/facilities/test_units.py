"""Establishments: the list and the page of one, on screen and in the API."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from tests.events import recorded
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = timezone.now()


def test_the_list_says_how_full_each_unit_is(agent: Client) -> None:
    unit = make.make_unit(name="Presídio Cheio")
    make.make_capacity(unit=unit, places=2)
    for _ in range(3):
        make.make_custody(unit=unit)
    page = agent.get("/unidades/").content.decode()
    assert "Presídio Cheio" in page
    assert "150%" in page
    [event] = recorded(Kind.DISCLOSURE)
    assert (event.subjects, event.action) == ([], "units")


def test_the_list_is_filtered(agent: Client) -> None:
    make.make_unit(name="Presídio do Agreste")
    make.make_unit(name="Cadeia do Litoral", origin=make.make_origin("PE"))
    page = agent.get("/unidades/", {"uf": "PE", "q": "litoral"}).content.decode()
    assert "Cadeia do Litoral" in page
    assert "Presídio do Agreste" not in page


def test_a_filter_that_makes_no_sense_is_left_out(agent: Client) -> None:
    make.make_unit(name="Presídio do Agreste")
    assert "Presídio do Agreste" in agent.get("/unidades/", {"uf": "XX", "pagina": "zero"}).content.decode()


def test_the_disclosure_names_everyone_on_the_page_of_a_unit(agent: Client) -> None:
    unit = make.make_unit()
    resident = make.make_custody(unit=unit, started_at=NOW - timedelta(days=9)).prisoner
    left = make.make_movement(kind="ALVARA", unit_from=unit, occurred_at=NOW - timedelta(hours=2)).prisoner
    came = make.make_movement(kind="INC_ORIG", unit_to=unit, occurred_at=NOW - timedelta(hours=3)).prisoner
    visit = make.make_visit(unit=unit, prisoner=resident, entered_at=NOW - timedelta(hours=1))
    page = agent.get(f"/unidades/{unit.public_id}/").content.decode()
    shown = [resident, left, came, visit.visitor]
    assert all(f"/pessoas/{record.person.public_id}/" in page for record in shown)
    [event] = recorded(Kind.DISCLOSURE)
    assert event.subjects == [record.person.public_id for record in shown]


def test_only_the_page_of_people_shown_is_disclosed(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.units.residents.PAGE", 2)
    unit = make.make_unit()
    for name in ("Aia", "Bia", "Cia"):
        make.make_custody(unit=unit, prisoner=make.make_prisoner(name=name))
    page = agent.get(f"/unidades/{unit.public_id}/", {"pagina": 2}).content.decode()
    assert "Cia" in page
    [event] = recorded(Kind.DISCLOSURE)
    assert len(event.subjects) == 1


def test_a_longer_period_shows_older_movements(agent: Client) -> None:
    unit = make.make_unit()
    make.make_movement(
        kind="ALVARA",
        unit_from=unit,
        occurred_at=NOW - timedelta(hours=60),
        prisoner=make.make_prisoner(name="Quem Saiu"),
    )
    address = f"/unidades/{unit.public_id}/"
    assert "Quem Saiu" not in agent.get(address, {"horas": 48}).content.decode()
    assert "Quem Saiu" in agent.get(address, {"horas": 72}).content.decode()


def test_a_part_that_fails_leaves_the_page_alive(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = make.make_unit()
    make.make_custody(unit=unit, prisoner=make.make_prisoner(name="Quem Está"))

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("consulta.facilities.page.flow", broken)
    page = agent.get(f"/unidades/{unit.public_id}/").content.decode()
    assert "Quem Está" in page
    assert "Não foi possível mostrar esta parte" in page
    [event] = recorded(Kind.DISCLOSURE)
    assert event.detail["fields"] == ["unidade", "pessoas", "visitas", "advogados"]


def test_an_unknown_unit_is_not_found(agent: Client) -> None:
    assert agent.get(f"/unidades/{uuid.uuid4()}/").status_code == 404


def test_programs_get_the_same_list_and_unit(program: Client) -> None:
    unit = make.make_unit(name="Presídio da API")
    make.make_capacity(unit=unit, places=4)
    prisoner = make.make_custody(unit=unit).prisoner
    listed = program.get("/api/v1/units/", {"q": "api"}).json()
    assert listed["rows"][0]["occupancy"] == {"places": 4, "inside": 1, "percent": 25}
    found = program.get(f"/api/v1/units/{unit.public_id}/").json()
    assert found["name"] == "Presídio da API"
    assert [row["person"]["id"] for row in found["residents"]["rows"]] == [str(prisoner.person.public_id)]
    assert found["failed"] == []
    assert recorded(Kind.DISCLOSURE)[-1].subjects == [prisoner.person.public_id]
