"""A mapping is tried on live rows: what would change, what would be rejected, and nothing is left behind."""

from typing import Any

import pytest

from ingestion.mapping.reading import MappingError
from ingestion.models import Load, MappingVersion, RawRecord, Rejection, Source, UnmappedCode, ViewCursor
from ingestion.problems import SourceProblem
from ingestion.services.dry_run import Cell, DryRun, try_out
from tests.factories.ingestion import State, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def tried(source: Source, view: str = "vw_preso", **changes: Any) -> DryRun:
    return try_out(source=source, text=make_mapping(**changes), view=view)


def cell(found: DryRun, field: str, row: int = 0) -> Cell:
    return next(cell for cell in found.rows[row].cells if cell.field == field)


def test_each_field_is_shown_before_and_after(state: State) -> None:
    state.add("vw_preso", 1, nm=" JOSÃ‰ INVENTADO ", mae="MARIA")

    found = tried(make_source(state))

    assert (cell(found, "nome").raw, cell(found, "nome").mapped) == (" JOSÃ‰ INVENTADO ", "JOSÉ INVENTADO")
    assert cell(found, "nome").changed
    assert not cell(found, "nome_mae").changed
    assert (cell(found, "sexo").raw, cell(found, "sexo").mapped) == ("1", "M")
    assert cell(found, "dt_atualizacao").mapped == "2024-03-01T11:00:00+00:00"


def test_what_would_be_rejected_is_counted_by_reason(state: State) -> None:
    state.add("vw_preso", 1, nasc="31/02/1990")
    state.add("vw_preso", 2)
    state.add("vw_preso", 3, nasc="ontem", nm=None)

    found = tried(make_source(state))

    assert (found.accepted, found.rejected) == (1, 2)
    [(date, twice), (name, once)] = found.reasons.most_common()
    assert ("dt_nascimento" in date, twice, "nome" in name, once) == (True, 2, True, 1)
    assert cell(found, "dt_nascimento").fault
    assert cell(found, "dt_nascimento").mapped is None


def test_unmapped_codes_and_fields_without_content_are_told(state: State) -> None:
    state.add("vw_preso", 1, sx="9", mae="-")
    state.add("vw_preso", 2, sx="9", mae="NÃO DECLARADO")

    found = tried(make_source(state))

    assert found.unmapped == {("sexo", "9"): 2}
    assert {"nome_mae", "gestante", "n_filhos"} <= set(found.never_informed)
    assert "nome_social" in found.not_mapped


def test_the_candidate_is_tried_and_not_the_mapping_in_use(state: State) -> None:
    state.add("vw_preso", 1, nasc="1990-02-28")
    source = make_source(state)
    iso = with_field("vw_preso", "dt_nascimento", {"column": "nasc", "format": "%Y-%m-%d"})

    assert tried(source).rejected == 1
    assert tried(source, views=iso).rejected == 0
    assert MappingVersion.objects.count() == 1


def test_nothing_is_written(state: State) -> None:
    state.add("vw_preso", 1, sx="9")
    state.add("vw_preso", 2, nasc="ontem")

    tried(make_source(state))

    for model in (Load, ViewCursor, RawRecord, Rejection, UnmappedCode):
        assert not model.objects.exists()


def test_no_more_than_the_rows_asked_for_are_read(state: State) -> None:
    state.run("INSERT INTO dados.vw_preso SELECT n, 'P', 'FULANO', 'X', NULL, '1', NULL, NULL, '2024-03-01', 'S'"
              " FROM generate_series(1, 250) n")  # fmt: skip

    assert len(tried(make_source(state)).rows) == 100


def test_a_view_without_rows_gives_an_empty_result(state: State) -> None:
    found = tried(make_source(state))

    assert (found.rows, found.never_informed) == ([], [])


def test_a_column_that_is_gone_is_the_states_problem(state: State) -> None:
    source = make_source(state)
    state.run("ALTER TABLE dados.vw_preso DROP COLUMN mae")

    with pytest.raises(SourceProblem, match="coluna do mapeamento não existe mais"):
        tried(source)


@pytest.mark.parametrize(
    ("changes", "view", "words"),
    [
        ({"timezone": "Alagoas"}, "vw_preso", "fuso"),
        ({}, "vw_visita", "não mapeia"),
        ({"origin": "PE"}, "vw_preso", "PE"),
    ],
)
def test_a_wrong_file_is_said_before_the_state_is_asked(
    state: State, changes: dict[str, Any], view: str, words: str
) -> None:
    source = make_source(state, port=1)

    with pytest.raises(MappingError, match=words):
        tried(source, view, **changes)


def test_bytes_are_read_in_the_encoding_of_the_field(state: State) -> None:
    state.run("ALTER TABLE dados.vw_preso ALTER nm TYPE bytea USING NULL; ALTER TABLE dados.vw_preso ADD apelido bytea")
    state.add("vw_preso", 1, nm="JOSÉ".encode("cp1252"), apelido="AÇAÍ".encode())
    views = with_field("vw_preso", "nome", {"column": "nm", "encoding": "cp1252"})
    views["vw_preso"]["fields"]["nome_social"] = "apelido"

    found = tried(make_source(state), views=views)

    assert (cell(found, "nome").raw, cell(found, "nome").mapped) == ("JOS\\xc9", "JOSÉ")
    assert cell(found, "nome_social").mapped == "AÇAÍ"


def test_a_repair_of_one_view_leaves_the_others(state: State) -> None:
    state.add("vw_preso", 1, nm=" JOSÃ‰ ")
    views = with_field("vw_preso", "nome", {"column": "nm", "repair": ["trim"]})
    views["vw_preso"]["fields"]["nome_social"] = "nm"
    views["vw_preso"]["repair"] = []

    found = tried(make_source(state), views=views)

    assert cell(found, "nome").mapped == "JOSÃ‰"
    assert cell(found, "nome_social").mapped == " JOSÃ‰ "
