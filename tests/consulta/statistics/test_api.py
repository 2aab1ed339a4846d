"""The same figures for programs."""

import pytest
from django.test import Client

from credentialing.roles import Role
from registry.figures.catalogue import FIGURES
from registry.models import FigureBuild
from tests import doors
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

API = "/api/v1/estatisticas/"


def test_figures_are_listed_with_what_they_count(program: Client) -> None:
    found = {each["id"]: each for each in program.get(API).json()}
    assert found.keys() == FIGURES.keys()
    assert found["crimes"]["counted"] == "incidências"


def test_a_figure_is_the_panels(program: Client, build: FigureBuild) -> None:
    found = program.get(f"{API}raca/?uf=AL").json()
    assert (found["day"], found["version"], found["coverage"]) == ("2026-06-30", 1, 100.0)
    counts = {line["code"]: (line["men"], line["women"], line["total"]) for line in found["lines"]}
    assert counts["PARDA"] == (9, 0, 9)
    assert counts["BRANCA"] == (0, 2, 2)
    assert found["total"]["total"] == 14


def test_what_happened_is_of_the_month(program: Client, build: FigureBuild) -> None:
    lines = program.get(f"{API}movimentacao/?uf=AL").json()["lines"]
    assert {line["code"]: line["total"] for line in lines if line["total"]} == {"ALVARAS_DE_SOLTURA": 1}


def test_small_counts_are_null_for_whoever_consults_nobody(build: FigureBuild) -> None:
    found = doors.token(make_user(role=Role.STATISTICIAN)).get(f"{API}raca/?uf=AL").json()
    counts = {line["code"]: line["women"] for line in found["lines"]}
    assert counts["BRANCA"] is None


def test_csv_and_wrong_filters(program: Client, build: FigureBuild) -> None:
    assert program.get(f"{API}raca/?formato=csv").content.decode("utf-8-sig").startswith("secao;")
    assert program.get(f"{API}raca/?regime=NENHUM").status_code == 400
    assert program.get(f"{API}nada/").status_code == 404
