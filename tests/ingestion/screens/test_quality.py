"""The quality of a state's data, to its technicians and to the administration; counts only."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ingestion.models import Load, LoadStatus, Source, ViewQuality
from ingestion.screens.present.quality import percent
from ingestion.screens.present.sparkline import draw
from ingestion.services import quality
from tests.factories.ingestion import State, load, make_source, make_still_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PAGE = "/conectores/AL/qualidade/"
NATIONAL = "/conectores/qualidade/"


@pytest.fixture
def source(state: State) -> Source:
    """A measured source: two prisoners, of whom one has no mother; a third in quarantine for the date."""
    state.add("vw_preso", 1)
    state.add("vw_preso", 2, mae="-", sx="9")
    state.add("vw_preso", 3, nasc="ontem")
    made = make_source(state)
    load(made)
    quality.measure(made.origin)
    return made


def _line(client: Client, field: str, query: str = "") -> dict[str, object]:
    fields = client.get(f"{PAGE}{query}").context["fields"]
    found: dict[str, object] = next(line for line in fields if line["field"] == field)
    return found


def test_before_the_first_measure_the_page_says_when_it_comes(technician: Client) -> None:
    make_still_source("AL")

    assert "Ainda não medida" in technician.get(PAGE).content.decode()


def test_a_field_tells_its_shares_and_what_to_do(technician: Client, source: Source) -> None:
    mother = _line(technician, "nome_mae")

    assert [cell["text"] for cell in mother["cells"]] == ["50,0%", "100%", "100%"]  # type: ignore[attr-defined]
    assert mother["advice"] == ["1 linha sem este campo: complete o cadastro na origem."]


def test_a_field_with_rows_in_quarantine_leads_there(technician: Client, source: Source) -> None:
    line = _line(technician, "dt_nascimento")

    assert line["quarantine"] == "/conectores/AL/quarentena/?visao=vw_preso&campo=dt_nascimento"
    assert technician.get(line["quarantine"]).context["total"] == 1  # type: ignore[arg-type]


def test_codes_outside_the_list_lead_to_their_queue(technician: Client, source: Source) -> None:
    assert _line(technician, "sexo")["codes"] == "/conectores/AL/codigos/"


def test_the_worst_fields_come_first(technician: Client, source: Source) -> None:
    fields = technician.get(f"{PAGE}?dimensao=validity").context["fields"]

    assert {line["field"] for line in fields[:2]} == {"sexo", "dt_nascimento"}


def test_fields_without_a_fault_are_only_counted(technician: Client, source: Source) -> None:
    context = technician.get(f"{PAGE}?visao=vw_preso&dimensao=consistency").context

    assert context["fields"] == []
    assert context["sound"].endswith("campos")


def test_one_view_may_be_looked_at_alone(technician: Client, source: Source) -> None:
    fields = technician.get(f"{PAGE}?visao=vw_preso").context["fields"]

    assert {line["view"] for line in fields} == {"vw_preso"}


def test_a_score_tells_how_it_moved(technician: Client, source: Source) -> None:
    first = ViewQuality.objects.get(view="vw_preso")
    before, load_ = first.day - timedelta(days=10), Load.objects.filter(status=LoadStatus.FINISHED).latest("pk")
    ViewQuality.objects.create(
        origin=source.origin, view="vw_preso", day=before, load=load_, measured_at=first.measured_at, rows=2,
        rejected=0, validity=(first.validity or 0) + 0.1,
    )  # fmt: skip

    validity = technician.get(PAGE).context["dimensions"][1]

    assert validity["trend"] == f"caiu 10,0 p.p. desde {before:%d/%m/%Y}"
    assert len(validity["points"]) == 2
    assert validity["line"]


def test_no_value_of_a_row_is_on_the_page(technician: Client, source: Source) -> None:
    page = technician.get(PAGE).content.decode()

    assert "INVENTAD" not in page
    assert "ontem" not in page


def test_another_states_quality_is_absent(technician: Client, state: State) -> None:
    make_still_source("PE")

    assert technician.get("/conectores/PE/qualidade/").status_code == 404


def test_the_administration_sees_all_states_side_by_side(admin: Client, source: Source) -> None:
    make_still_source("PE")

    rows = admin.get(NATIONAL).context["rows"]

    assert [(row["code"], bool(row["day"])) for row in rows] == [("AL", True), ("PE", False)]
    assert [cell["text"] for cell in rows[1]["cells"]] == ["—"] * 4


def test_a_technician_does_not_see_the_other_states(technician: Client) -> None:
    assert technician.get(NATIONAL).status_code == 403


def test_more_days_and_views_cost_no_more_queries(
    technician: Client, source: Source, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        technician.get(PAGE)


def test_a_line_needs_two_days_and_never_exaggerates() -> None:
    monday = date(2026, 6, 1)

    assert draw([(monday, 0.5)]) is None
    line = draw([(monday, 0.50), (monday + timedelta(days=1), None), (monday + timedelta(days=2), 0.51)])
    assert line is not None
    (x0, y0), (x1, y1) = (map(float, point.split(",")) for point in line["points"].split())
    assert (x0, x1) == (2, 118)
    assert 0 < y0 - y1 < 5


@pytest.mark.parametrize(("share", "text"), [(1, "100%"), (0.99999, "99,9%"), (0.5, "50,0%"), (0, "0,0%")])
def test_only_what_is_whole_is_called_so(share: float, text: str) -> None:
    assert percent(share) == text
