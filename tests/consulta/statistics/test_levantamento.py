"""The form on screen: who makes, signs and takes it."""

import csv
import io

import pytest
from django.test import Client

from credentialing.roles import Role
from registry.models import FigureEdition, Unit
from tests import doors
from tests.factories.credentialing import make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PAGE = "/estatisticas/levantamento/"


@pytest.fixture
def edition(statistician: Client, unit: Unit) -> FigureEdition:
    assert statistician.post(PAGE, {"ate": "2026-06-30"}).status_code == 302
    return FigureEdition.objects.get()


def test_a_statistician_makes_reads_and_signs_the_form_of_their_state(
    statistician: Client, edition: FigureEdition
) -> None:
    assert edition.uf == "AL"
    assert "Assinar esta versão" in statistician.get(f"{PAGE}{edition.pk}/").content.decode()
    statistician.post(f"{PAGE}{edition.pk}/assinar/", {"ressalvas": "Sem ressalvas."})
    edition.refresh_from_db()
    assert edition.signed_at is not None
    page = statistician.get(f"{PAGE}{edition.pk}/").content.decode()
    assert "Sem ressalvas." in page
    assert "Assinar esta versão" not in page


def test_a_statistician_of_another_state_does_not_see_it(edition: FigureEdition) -> None:
    other = doors.session(make_user(role=Role.STATISTICIAN, agency=make_agency("PP-PE")))
    assert other.get(f"{PAGE}{edition.pk}/").status_code == 403
    assert other.get(f"{PAGE}{edition.pk}/arquivo.csv").status_code == 403
    assert other.post(f"{PAGE}{edition.pk}/assinar/").status_code == 403
    assert "Nenhuma edição" in other.get(PAGE).content.decode()


def test_a_day_that_ends_no_semester_is_told_so(statistician: Client, unit: Unit) -> None:
    answer = statistician.post(PAGE, {"ate": "2026-06-15"}, follow=True)
    assert "30 de junho ou 31 de dezembro" in answer.content.decode()


def test_the_file_has_the_forms_columns_in_its_order(agent: Client, edition: FigureEdition) -> None:
    content = agent.get(f"{PAGE}{edition.pk}/arquivo.csv").content.decode("utf-8-sig")
    ids, words, row = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert ids == ["0", *map(str, range(2, 1331))]
    assert len(words) == len(row) == 1330
    assert row[ids.index("2")] == "Presídio de Teste"
    assert row[ids.index("435")] == "14"
    assert row[ids.index("871")] == ""
    assert agent.get(f"{PAGE}{edition.pk}/arquivo.xlsx").status_code == 200
    assert agent.get(f"{PAGE}{edition.pk}/arquivo.csv?unidade=x").status_code == 404


def test_the_country_is_every_states_last_version(agent: Client, statistician: Client, edition: FigureEdition) -> None:
    content = agent.get(f"{PAGE}pais.csv?ate=2026-06-30").content.decode("utf-8-sig")
    assert len(content.splitlines()) == 3
    assert statistician.get(f"{PAGE}pais.csv?ate=2026-06-30").status_code == 403
