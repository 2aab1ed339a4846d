"""The overview and the coverage as files and for programs: what the page shows, and no count that it leaves out."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from credentialing.roles import Role
from registry.models import FigureBuild
from tests import doors
from tests.factories.credentialing import make_user
from tests.factories.registry import make_capacity, make_origin, make_unit
from tests.registry.figures.people import counted, held_in

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PAGE, API = "/estatisticas/", "/api/v1/estatisticas/"


@pytest.fixture
def with_a_small_state(build: FigureBuild) -> FigureBuild:
    """Three people in Acre on twelve places, one of them of a race nobody told: 25% full, 66,7% informed."""
    unit = make_unit(name="Presídio Pequeno", origin=make_origin("AC"))
    make_capacity(unit=unit, places=12)
    for race in ("PARDA", "PARDA", ""):
        held_in(unit, race=race)
    return counted()


def lines(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def sheet(client: Client, address: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_the_overviews_files_have_every_state(agent: Client, build: FigureBuild) -> None:
    found = {line["uf"]: line for line in lines(agent, f"{PAGE}visao-geral/arquivo.csv")}
    assert found.keys() == {"AL", "PE"}
    assert [*found["AL"].values()] == ["AL", "14", "10", "140", "2", "0", "0", "1"]
    assert found["PE"]["vagas"] == ""
    assert sheet(agent, f"{PAGE}visao-geral/arquivo.xlsx")[1] == ("AL", 14, 10, 140, 2, 0, 0, 1)
    row = agent.get(f"{PAGE}visao-geral/").context["states"][0]
    told = (row[name] for name in ("uf", "people", "places", "percent", "women", "provisional", "entered", "left"))
    assert [*told] == ["AL", "14", "10", "140%", "2", "0", "0", "1"]


def test_the_overviews_files_leave_out_what_the_page_does(
    statistician: Client, with_a_small_state: FigureBuild
) -> None:
    answer = statistician.get(f"{PAGE}visao-geral/")
    assert "25%" not in answer.content.decode()
    assert "Presídio" not in answer.content.decode()
    found = {line["uf"]: line for line in lines(statistician, f"{PAGE}visao-geral/arquivo.csv")}
    small = found["AC"]
    assert (small["pessoas"], small["vagas"], small["ocupacao_percentual"]) == ("suprimido", "12", "suprimido")
    for row in answer.context["states"]:
        assert (row["people"] == "•") == (found[row["uf"]]["pessoas"] == "suprimido")
        assert {found[row["uf"]][name] for name in ("mulheres", "provisorios", "saidas_no_dia")} == {"suprimido"}
    told = doors.token(make_user(role=Role.STATISTICIAN)).get(f"{API}visao-geral/").json()["states"]
    assert {each["uf"]: each["people"] for each in told}["AC"] is None
    assert {each["uf"]: each["occupancy"] for each in told}["AC"] is None


def test_a_states_series_is_for_whoever_sees_every_count(
    agent: Client, statistician: Client, with_a_small_state: FigureBuild
) -> None:
    assert agent.get(f"{PAGE}visao-geral/?uf=AC").context["points"]
    assert statistician.get(f"{PAGE}visao-geral/?uf=AC").context["points"] == []
    assert statistician.get(f"{PAGE}visao-geral/").context["points"]


def test_the_coverages_files_have_the_percentages_of_the_page(agent: Client, with_a_small_state: FigureBuild) -> None:
    shown = agent.get(f"{PAGE}cobertura/?uf=AC").context["coverage"]
    found = lines(agent, f"{PAGE}cobertura/arquivo.csv?uf=AC")
    assert [line["informacao"] for line in found] == [row["title"] for row in shown]
    assert {line["secao"]: line["informado_percentual"] for line in found}["5.2"] == "66.7"
    assert {row["section"]: row["percent"] for row in shown}["5.2"] == "66,7%"
    assert ("5.2", 66.7) in {(row[0], row[3]) for row in sheet(agent, f"{PAGE}cobertura/arquivo.xlsx?uf=AC")}


def test_a_percentage_tells_no_count_left_out(statistician: Client, with_a_small_state: FigureBuild) -> None:
    shown = statistician.get(f"{PAGE}cobertura/?uf=AC").context["coverage"]
    assert {row["section"]: row["percent"] for row in shown}["5.2"] == "—"
    found = lines(statistician, f"{PAGE}cobertura/arquivo.csv?uf=AC")
    assert {line["secao"]: line["informado_percentual"] for line in found}["5.2"] == "suprimido"


def test_programs_read_both(program: Client, build: FigureBuild) -> None:
    (first, _) = program.get(f"{API}visao-geral/").json()["states"]
    assert first == {
        "uf": "AL", "people": 14, "places": 10, "occupancy": 140, "women": 2, "provisional": 0, "entered": 0, "left": 1,
    }  # fmt: skip
    told = program.get(f"{API}cobertura/?uf=AL").json()
    assert (told["day"], told["version"]) == ("2026-06-30", 1)
    assert {each["id"]: each["percent"] for each in told["coverage"]}["raca"] == 100.0
    assert program.get(f"{API}visao-geral/?formato=csv").content.decode("utf-8-sig").startswith("uf;pessoas;")
