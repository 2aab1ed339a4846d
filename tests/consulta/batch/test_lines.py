"""From rows to criteria, and why a line cannot be read."""

from datetime import date

import pytest

from consulta.batch.lines import NOTHING, UNREAD_DOCUMENT, VAGUE, from_told, of_rows, to_told
from consulta.batch.tables import MOST_LINES, BadFile


def test_columns_are_known_by_their_headings_in_any_order_and_case() -> None:
    [line] = of_rows(
        [
            (1, ("nome da mãe", "Data de Nascimento", "NOME", "Pai", "observação")),
            (2, ("Ivone", "17/05/1990", "João", "Rubens", "não é lida")),
        ]
    )
    criteria = line.criteria
    assert criteria is not None
    assert (criteria.name, criteria.mother, criteria.father) == ("João", "Ivone", "Rubens")
    assert criteria.birth is not None
    assert criteria.birth.first == date(1990, 5, 17)
    assert (line.number, line.text) == (2, "Ivone · 17/05/1990 · João · Rubens")


def test_a_cpf_that_a_spreadsheet_shortened_is_whole_again() -> None:
    [line] = of_rows([(1, ("CPF",)), (2, ("1234567890",))])
    assert line.criteria is not None
    assert line.criteria.document == "01234567890"


def test_one_column_without_a_heading_holds_names_or_documents() -> None:
    lines = of_rows([(1, ("João da Silva",)), (2, ("180123456-78",))])
    assert [bool(line.criteria and line.criteria.documents) for line in lines] == [False, True]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("", "", ""), NOTHING),
        (("J", "", ""), NOTHING),
        (("", "", "não sei"), UNREAD_DOCUMENT),
        (("", "1990", ""), VAGUE),
        (("João", "31/02/1990", ""), "Nascimento:"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(cells: tuple[str, ...], problem: str) -> None:
    [line] = of_rows([(1, ("Nome", "Nascimento", "Documento")), (2, cells)])
    assert line.criteria is None
    assert line.problem.startswith(problem)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(1, ("Nome",))], "só tem o cabeçalho"),
        ([(1, ("João", "Ivone"))], "cabeçalho que se reconheça"),
        ([(n, ("João",)) for n in range(MOST_LINES + 1)], "mais de"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(rows: list[tuple[int, tuple[str, ...]]], words: str) -> None:
    with pytest.raises(BadFile, match=words):
        of_rows(rows)


def test_lines_survive_being_kept_and_stay_out_of_logs() -> None:
    lines = of_rows([(1, ("Nome", "Nascimento")), (2, ("Segredo", "1990")), (3, ("", "x"))])
    assert from_told(to_told(lines)) == lines
    assert "Segredo" not in repr(lines)
