"""The quarantine's pages: keys and reasons in the list, values on the row's own page, and not before the audit."""

import pytest
from django.test import Client

from audit.events import Kind
from ingestion.models import Rejection, RejectionStatus, Source, UnmappedCode
from tests.events import recorded
from tests.factories.ingestion import State, load, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

LIST = "/conectores/AL/quarentena/"
NAME = "JOSÉ INVENTADO DA SILVA"


@pytest.fixture
def source(state: State) -> Source:
    """Two prisoners with unreadable dates, one without a name, and a document whose prisoner is unknown."""
    state.add("vw_preso", 1, nasc="ontem")
    state.add("vw_preso", 2, nasc="1990-02-28")
    state.add("vw_preso", 3, nm=None)
    state.add("vw_preso_documento", 100, interno=9)
    source = make_source(state)
    load(source)
    return source


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _address(**fields: object) -> str:
    return f"{LIST}{Rejection.objects.get(**fields).pk}/"


def test_the_list_shows_keys_and_reasons_and_no_value(technician: Client, source: Source) -> None:
    page = _text(technician, LIST)

    assert "4 linhas" in page
    assert "dt_nascimento: data ilegível" in page
    assert NAME not in page
    assert "1990-02-28" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("visao=vw_preso", 3),
        ("motivo=date", 2),
        ("motivo=required&campo=nome", 1),
        ("motivo=date&campo=nome", 0),
        ("situacao=espera", 1),
        ("situacao=abertas", 3),
        ("situacao=reprocessadas", 0),
        ("carga=999999", 0),
        ("ate=2020-01-01", 0),
        ("de=2020-01-01", 4),
        ("motivo=inventado", 4),
    ],
)
def test_the_list_is_narrowed(admin: Client, source: Source, query: str, found: int) -> None:
    assert admin.get(f"{LIST}?{query}").context["total"] == found


def test_reasons_are_counted_the_most_frequent_first(admin: Client, source: Source) -> None:
    reasons = admin.get(LIST).context["reasons"]

    assert (reasons[0]["reason"], reasons[0]["field"], reasons[0]["rows"]) == ("Data ilegível", "dt_nascimento", 2)
    assert sum(line["rows"] for line in reasons) == 4


def test_an_empty_quarantine_says_so(technician: Client, state: State) -> None:
    make_source(state)

    assert "A quarentena está vazia" in _text(technician, LIST)


def test_the_row_shows_what_came_beside_what_is_wrong(technician: Client, source: Source) -> None:
    response = technician.get(_address(origin_key="1"))

    [birth] = [value for value in response.context["values"] if value["column"] == "nasc"]
    assert (birth["fields"], birth["text"]) == (["dt_nascimento"], "ontem")
    assert "não pôde ser lido como data" in birth["reasons"][0]
    assert NAME in response.content.decode()


def test_a_missing_value_is_told_from_an_empty_one(technician: Client, source: Source) -> None:
    values = technician.get(_address(origin_key="3")).context["values"]

    [name] = [value for value in values if value["column"] == "nm"]
    assert (name["text"], name["note"]) == ("", "nulo")


def test_the_row_is_in_the_audit_before_and_after_it_was_read(technician: Client, source: Source) -> None:
    rejection = Rejection.objects.get(origin_key="1")

    response = technician.get(f"{LIST}{rejection.pk}/")

    intent, disclosure = recorded(Kind.INTENT, Kind.DISCLOSURE)
    assert intent.detail["asked"] == {"origin": "AL", "rejection": rejection.pk}
    assert (disclosure.intent, disclosure.action) == (intent.pk, "rejection")
    assert disclosure.detail["origin_key"] == "1"
    assert "nasc" in disclosure.detail["columns"]
    assert response["X-Receipt"] == str(disclosure.receipt)
    assert str(disclosure.receipt) in response.content.decode()
    assert "INVENTADO" not in str(intent.detail) + str(disclosure.detail)


def test_the_list_is_no_disclosure(technician: Client, source: Source) -> None:
    _text(technician, LIST)

    assert recorded(Kind.DISCLOSURE) == []


def test_a_row_of_another_state_is_absent_and_leaves_no_trace_of_a_reading(technician: Client, source: Source) -> None:
    rejection = Rejection.objects.get(origin_key="1")
    source.origin.uf = "PE"
    source.origin.save()

    assert technician.get(f"{LIST}{rejection.pk}/").status_code == 404
    assert recorded(Kind.INTENT) == []


def _correct(source: Source) -> None:
    from ingestion.services import mappings
    from tests.factories.ingestion import BY

    views = with_field("vw_preso", "dt_nascimento", {"column": "nasc", "format": "%Y-%m-%d"})
    mappings.put_in_use(source=source, text=make_mapping(views=views), by=BY)


def test_reprocessing_tells_what_became_of_the_rows(technician: Client, source: Source) -> None:
    _correct(source)

    page = technician.post(f"{LIST}reprocessar/", follow=True).content.decode()

    assert "1 linha entrará na próxima carga; 2 linhas continuam rejeitadas." in page
    assert Rejection.objects.get(origin_key="2").status == RejectionStatus.WAITING


def test_only_the_chosen_rows_are_reprocessed(technician: Client, source: Source) -> None:
    _correct(source)

    response = technician.post(f"{LIST}reprocessar/", {"motivo": "required"})

    assert response.url == f"{LIST}?motivo=required"
    assert Rejection.objects.get(origin_key="2").status == RejectionStatus.OPEN


def test_one_row_is_reprocessed_from_its_page(technician: Client, source: Source) -> None:
    _correct(source)
    rejection = Rejection.objects.get(origin_key="2")

    technician.post(f"{LIST}reprocessar/", {"linha": rejection.pk})

    rejection.refresh_from_db()
    assert rejection.status == RejectionStatus.WAITING
    assert recorded(Kind.REPROCESSED)[0].detail["filters"] == {"row": str(rejection.pk)}


def test_a_long_quarantine_is_reprocessed_in_turns(
    technician: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingestion.services.quarantine.PIECE", 1)
    monkeypatch.setattr("ingestion.screens.quarantine.MOST", 2)
    _correct(source)

    first = technician.post(f"{LIST}reprocessar/")
    second = technician.post(f"{LIST}reprocessar/", {"apos": first.url.split("apos=")[1]})

    assert "Continuar o reprocessamento" in _text(technician, first.url)
    assert second.url == LIST
    assert [event.detail["rejected"] + event.detail["readable"] for event in recorded(Kind.REPROCESSED)] == [2, 1]


def test_the_list_needs_no_more_queries_for_more_rows(
    admin: Client, source: Source, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        admin.get(LIST)


def test_unmapped_codes_are_queued_the_most_frequent_first(technician: Client, state: State) -> None:
    source = make_source(state)
    seen = {"first_load": 1, "last_load": 1, "first_seen_at": "2026-01-01T00:00Z", "last_seen_at": "2026-01-01T00:00Z"}
    for code, count in (("RARO", 1), ("FREQUENTE", 50)):
        UnmappedCode.objects.create(origin=source.origin, view="vw_preso", field="sexo", code=code, count=count, **seen)

    lines = technician.get("/conectores/AL/codigos/").context["lines"]

    assert [line["code"] for line in lines] == ["FREQUENTE", "RARO"]
