"""What a check says of a small state on a real PostgreSQL, over SQL and over a gateway, one fault at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit.models import AccessEvent
from ingestion.conformity import checker, checks, probes
from ingestion.conformity.findings import Finding, Verdict
from ingestion.contract import VIEWS
from ingestion.mapping.reading import read
from ingestion.models import ConformityReport, Credentials, Rule, Source
from ingestion.services import conformity
from tests.factories.gateway import TOKEN, Running, make_config, reader_url, serve, views_of
from tests.factories.ingestion import BY, MAPPING, READER, State, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

MAPPED = set(MAPPING["views"])


def found(source: Source, rows: int = 500) -> list[Finding]:
    """What a check finds, but for the views that the small state never had."""
    report = checker.check(source, rows=rows)
    return [each for each in report.findings if not (each.check == "view" and each.view not in MAPPED)]


def failing(source: Source, rows: int = 500) -> set[tuple[str, str, str]]:
    """View, field and check of what fails it."""
    wrong = (Verdict.MISSING, Verdict.WRONG, Verdict.SLOW)
    return {(each.view, each.field, each.check) for each in found(source, rows) if each.verdict in wrong}


@pytest.fixture
def filled(state: State) -> State:
    """A state with nothing wrong: a unit, two prisoners, a document."""
    state.add("vw_unidade", 1)
    state.add("vw_preso", 1)
    state.add("vw_preso", 2, alt="2024-03-02 09:00")
    state.add("vw_preso_documento", 1, interno=1)
    return state


def test_a_state_that_follows_the_contract_lacks_only_its_other_views(filled: State) -> None:
    source = make_source(filled)
    assert failing(source) == set()
    missing = {each.view for each in checker.check(source).findings if each.verdict is Verdict.MISSING}
    assert missing == set(VIEWS) - MAPPED


@pytest.mark.parametrize(
    ("columns", "field", "check"),
    [
        ({"nm": None}, "nome", "read_required"),
        ({"nm": "A" * 201}, "nome", "read_length"),
        ({"nasc": "1990-11-05"}, "dt_nascimento", "read_date"),
        ({"gest": "talvez"}, "gestante", "read_boolean"),
        ({"filhos": "dois"}, "n_filhos", "read_number"),
        ({"sx": "9"}, "sexo", "codes"),
        ({"mae": "JOS\ufffd"}, "nome_mae", "replaced"),
        ({"alt": datetime.now(UTC).replace(tzinfo=None) + timedelta(days=9)}, "dt_atualizacao", "future"),
        ({"alt": None}, "dt_atualizacao", "read_required"),
    ],
)
def test_a_wrong_value_is_told_by_its_field(filled: State, columns: dict[str, Any], field: str, check: str) -> None:
    filled.add("vw_preso", 3, **columns)
    assert failing(make_source(filled)) == {("vw_preso", field, check)}


def test_mojibake_is_wrong_where_the_mapping_does_not_repair_it(filled: State) -> None:
    filled.add("vw_preso", 3, nm="JOSÃ‰ INVENTADO")
    assert failing(make_source(filled)) == set()
    bare = make_source(filled, mapping=make_mapping("PE", repair=["trim"]), origin=other("PE"))
    assert failing(bare) == {("vw_preso", "nome", "mojibake")}


def other(code: str) -> Any:
    from tests.factories.registry import make_origin

    return make_origin(code)


def test_few_wrong_rows_are_a_notice(filled: State) -> None:
    for number in range(3, 204):
        filled.add("vw_preso", number, alt=f"2024-03-03 10:{number % 60:02}")
    filled.add("vw_preso", 999, filhos="dois")
    source = make_source(filled)
    assert failing(source) == set()
    assert any((each.field, each.count, each.total) == ("n_filhos", 1, 204) for each in found(source))


def test_a_key_on_two_rows_is_wrong(filled: State) -> None:
    filled.add("vw_preso", 2, alt="2024-03-05 10:00")
    assert failing(make_source(filled)) == {("vw_preso", "id_origem", "unique")}


def test_a_view_whose_rows_all_changed_at_once_is_wrong(state: State) -> None:
    state.add("vw_unidade", 1)
    state.add("vw_preso_documento", 1)
    for number in range(1, 61):
        state.add("vw_preso", number)
    assert failing(make_source(state)) == {("vw_preso", "dt_atualizacao", "constant")}


def test_an_empty_view_is_missing(state: State) -> None:
    state.add("vw_unidade", 1)
    state.add("vw_preso", 1)
    assert failing(make_source(state)) == {("vw_preso_documento", "", "rows")}


def test_a_child_without_its_parent_is_told_whether_or_not_the_sample_has_every_parent(filled: State) -> None:
    filled.add("vw_preso_documento", 2, interno=77)
    source = make_source(filled)
    orphan = ("vw_preso_documento", "id_preso", "parents")
    assert failing(source) == {orphan}
    # One row is not all prisoners, so the database is asked for the others.
    assert failing(source, rows=1) == set()
    filled.change("vw_preso_documento", 1, alt="2030-01-01 08:00-03")
    assert orphan in failing(source, rows=1)


def test_a_column_that_the_view_lacks_is_missing_and_the_others_are_still_checked(filled: State) -> None:
    filled.add("vw_preso", 3, filhos="dois")
    mapping = make_mapping("AL", views=with_field("vw_preso", "nome_pai", "nao_ha"))
    assert failing(make_source(filled, mapping=mapping)) == {
        ("vw_preso", "nome_pai", "column"),
        ("vw_preso", "n_filhos", "read_number"),
    }


def test_a_view_that_may_not_be_read_is_missing(filled: State) -> None:
    filled.run(f"REVOKE SELECT ON dados.vw_preso_documento FROM {READER}")
    assert failing(make_source(filled)) == {("vw_preso_documento", "", "view")}


def test_the_latest_rows_are_sampled_too(filled: State) -> None:
    for number in range(3, 30):
        filled.add("vw_preso", number, alt=f"2024-04-01 08:{number:02}")
    filled.add("vw_preso", 99, filhos="dois", alt=datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=5))
    assert ("vw_preso", "n_filhos", "read_number") in failing(make_source(filled), rows=5)


def test_what_answers_late_is_slow(filled: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "SLOW_S", 0.0)
    assert {(view, "dt_atualizacao", "speed") for view in MAPPED} == failing(make_source(filled))


def test_a_clock_that_is_wrong_is_told(filled: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock is this machine's: ours is what is tolerated less than it is wrong."""
    monkeypatch.setattr(probes, "LARGEST_SKEW", timedelta(microseconds=-1))
    assert failing(make_source(filled)) == {("", "", "clock")}


@pytest.mark.parametrize(
    ("grant", "revoke", "check"),
    [
        ("INSERT ON dados.vw_preso", "INSERT ON dados.vw_preso", "writes"),
        ("CREATE ON SCHEMA dados", "CREATE ON SCHEMA dados", "writes"),
        ("SELECT ON dados.sigiloso", "SELECT ON dados.sigiloso", "reads"),
    ],
)
def test_a_reader_who_may_do_more_is_wrong(filled: State, grant: str, revoke: str, check: str) -> None:
    filled.run("CREATE TABLE dados.sigiloso (n integer)")
    filled.run(f"GRANT {grant} TO {READER}")
    assert failing(make_source(filled)) == {("", "", check)}


def test_a_source_that_cannot_be_reached_has_a_report_that_says_why(filled: State) -> None:
    source = make_source(filled, credentials=Credentials(READER, "errada"))
    (finding,) = [each for each in found(source) if each.check == "reach"]
    assert "recusou a entrada" in finding.remedy


@pytest.fixture
def gateway(filled: State) -> Iterator[Running]:
    with serve(make_config(reader_url(filled.name), views_of(read(make_mapping())))) as running:
        yield running


def test_the_same_is_found_over_a_gateway(filled: State, gateway: Running) -> None:
    filled.add("vw_preso", 3, filhos="dois", sx="9")
    filled.add("vw_preso_documento", 2, interno=77)
    credentials = Credentials("senappen", TOKEN)
    source = make_source(filled, rule=Rule.GATEWAY, port=gateway.port, credentials=credentials)
    assert failing(source) == {
        ("vw_preso", "n_filhos", "read_number"),
        ("vw_preso", "sexo", "codes"),
        ("vw_preso_documento", "id_preso", "parents"),
    }
    assert {each.check for each in found(source) if each.verdict is Verdict.UNVERIFIED} == {"rights"}


def test_a_report_holds_no_value_of_a_row(filled: State) -> None:
    filled.add("vw_preso", 3, nm="SEGREDO DOS SANTOS", filhos="SEGREDO", sx="SEGREDO", pront="SEGREDO-1")
    source = make_source(filled)
    kept = conformity.check(source=source, by=BY)
    assert "SEGREDO" not in str(kept.report)
    assert kept.report["views"]["vw_preso"]["fields"]["n_filhos"] == {"informed": 1, "unreadable": 1}


def test_a_report_is_kept_with_who_asked_for_it_and_its_event(filled: State) -> None:
    kept = conformity.check(source=make_source(filled), by=BY)
    assert ConformityReport.objects.latest() == kept
    assert (kept.checked_by, kept.passed) == (BY.username, False)
    event = AccessEvent.objects.filter(kind="source_checked").latest("id")
    assert event.detail == {"source": kept.source_id, "origin": "AL", "report": kept.pk, "passed": False}


def test_nothing_of_the_state_is_kept_by_a_check(filled: State) -> None:
    from ingestion.models import Load, RawRecord, Rejection

    filled.add("vw_preso", 3, filhos="dois")
    checker.check(make_source(filled))
    assert [model for model in (Load, RawRecord, Rejection) if model.objects.exists()] == []
