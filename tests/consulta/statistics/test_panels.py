"""The panels, for whoever sees every count and for whoever does not."""

import csv
import io
import zipfile

import pytest
from django.test import Client
from odfdo import Document

from audit.events import Kind
from consulta.statistics import files
from consulta.statistics.panels import PANELS
from registry.models import FigureBuild, Unit
from tests import events
from tests.factories.registry import make_custody, make_unit
from tests.registry.figures.people import at, counted

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.mark.parametrize("slug", PANELS)
def test_every_panel_opens_and_is_recorded(agent: Client, build: FigureBuild, slug: str) -> None:
    answer = agent.get(f"/estatisticas/{slug}/?uf=AL")
    assert answer.status_code == 200
    assert "30/06/2026" in answer.content.decode()
    (read,) = events.recorded(Kind.FIGURES_READ)
    assert read.detail == {"asked": {"panel": slug, "file": "", "uf": "AL"}}
    assert read.subjects == []


def test_before_anything_was_counted_a_panel_says_so(agent: Client) -> None:
    assert "Nada foi apurado ainda" in agent.get("/estatisticas/perfil/").content.decode()


def test_the_overview_counts_people_places_and_units(agent: Client, build: FigureBuild) -> None:
    page = agent.get("/estatisticas/visao-geral/?uf=AL").content.decode()
    assert "140%" in page
    assert "Presídio de Teste" in page
    assert "+0 −1" in page


def test_filters_narrow_the_figures(agent: Client, build: FigureBuild) -> None:
    context = agent.get("/estatisticas/perfil/?uf=AL&sexo=F").context
    race = next(each for each in context["tables"] if each["id"] == "raca")
    assert [(line["text"], line["total"]) for line in race["lines"] if line["total"] != "0"] == [("Branca", "2")]


def test_a_statistician_sees_no_small_count_and_no_way_to_it(statistician: Client, build: FigureBuild) -> None:
    answer = statistician.get("/estatisticas/perfil/?uf=AL&sexo=F&unidade=x")
    race = next(each for each in answer.context["tables"] if each["id"] == "raca")
    shown = {line["text"]: (line["men"], line["women"], line["total"]) for line in race["lines"]}
    assert race["hides"]
    assert "2" not in shown["Branca"]
    assert "3" not in shown["Preta"]
    assert not any(line["url"] for line in race["lines"])
    assert "•" in answer.content.decode()


def test_a_statistician_sees_the_ends_of_months_only(statistician: Client, build: FigureBuild) -> None:
    from tests.registry.figures.people import counted

    counted(build.day.replace(day=29))
    assert "30/06/2026" in statistician.get("/estatisticas/perfil/").content.decode()
    assert "Nada foi apurado" in statistician.get("/estatisticas/perfil/?dia=2026-06-29").content.decode()


def test_files_have_the_numbers_of_the_page(agent: Client, statistician: Client, build: FigureBuild) -> None:
    answer = agent.get("/estatisticas/perfil/arquivo.csv?uf=AL")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {row["categoria"]: row["total"] for row in rows if row["secao"] == "5.2"}["Parda"] == "9"
    book = zipfile.ZipFile(io.BytesIO(agent.get("/estatisticas/perfil/arquivo.xlsx").content))
    assert "xl/worksheets/sheet1.xml" in book.namelist()
    assert "suprimido" in statistician.get("/estatisticas/perfil/arquivo.csv?uf=AL").content.decode("utf-8-sig")
    assert agent.get("/estatisticas/perfil/arquivo.exe").status_code == 404


def test_a_spreadsheet_of_free_software_has_numbers_as_numbers_and_no_formula(
    agent: Client, build: FigureBuild
) -> None:
    answer = agent.get("/estatisticas/perfil/arquivo.ods?uf=AL")
    assert answer["Content-Type"] == files.ODS
    rows = Document(io.BytesIO(answer.content)).body.get_table(name="Dados").get_values()
    assert tuple(rows[0]) == files.HEAD
    assert {row[2]: row[7] for row in rows if row[0] == "5.2"}["Parda"] == 9
    book = zipfile.ZipFile(io.BytesIO(files.open_sheet([("=1+1", "@SUM(A1)", None, 3)])))
    assert b"formula" not in book.read("content.xml").partition(b"<office:body>")[2]


def test_the_people_behind_a_number_go_through_the_gate(agent: Client, build: FigureBuild) -> None:
    answer = agent.get("/estatisticas/pessoas/?uf=AL&figura=raca&categoria=BRANCA")
    assert answer.content.decode().count("Maria Inventada") == 2
    (shown,) = events.recorded(Kind.DISCLOSURE)
    assert len(shown.subjects) == 2
    assert agent.get("/estatisticas/pessoas/?figura=raca&categoria=ROXA").status_code == 404


def test_the_people_behind_a_units_number_are_those_it_held_that_day(agent: Client, unit: Unit) -> None:
    gone, back = unit.custodies.filter(prisoner__sex="F")
    elsewhere = make_unit(name="Outra Unidade", origin=unit.origin)
    make_custody(prisoner=gone.prisoner, unit=elsewhere, started_at=at(15))
    counted()
    answers = {
        each: agent.get(f"/estatisticas/pessoas/?uf=AL&unidade={each.public_id}&figura=raca&categoria=BRANCA")
        for each in (unit, elsewhere)
    }
    found = {each: [row["url"] for row in answer.context["rows"]] for each, answer in answers.items()}
    assert [str(back.prisoner.person.public_id) in url for url in found[unit]] == [True]
    assert [str(gone.prisoner.person.public_id) in url for url in found[elsewhere]] == [True]


def test_a_statistician_reaches_nobody(statistician: Client, build: FigureBuild) -> None:
    assert statistician.get("/estatisticas/pessoas/?figura=raca&categoria=BRANCA").status_code == 403
    assert statistician.get("/busca/").status_code == 403
