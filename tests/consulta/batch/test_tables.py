"""Files that agents send, and those that only look like it."""

import csv
import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.batch.tables import MOST_BYTES, MOST_LINES, BadFile, read
from tests.consulta.batch.files import workbook

CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters='\0;\t,|\r\n"', exclude_categories=("Cs", "Cc", "Z")), max_size=20
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20), st.sampled_from(";,\t|"))
def test_what_an_office_program_writes_is_read(rows: list[tuple[str, str]], delimiter: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([("Nome", "Mãe"), *rows])
    expected = [(n, cells) for n, cells in enumerate([("Nome", "Mãe"), *rows], start=1) if any(cells)]
    assert read(buffer.getvalue().encode("utf-8-sig")) == expected


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    with suppress(BadFile):
        assert all(any(cells) for _, cells in read(content))


def test_excels_brazilian_csv_is_read() -> None:
    assert read("Nome;Mãe\r\nJOÃO;CONCEIÇÃO\r\n".encode("cp1252")) == [(1, ("Nome", "Mãe")), (2, ("JOÃO", "CONCEIÇÃO"))]


def test_a_workbook_is_read_as_it_would_be_typed() -> None:
    book = workbook(
        ["Nome", "Nascimento", "CPF"], [None, None, None], [" José  da Silva ", datetime(1990, 5, 17), 1234567890.0],
        ["Ana", date(1991, 1, 2), "012.345.678-90"],
    )  # fmt: skip
    assert read(book) == [
        (1, ("Nome", "Nascimento", "CPF")),
        (3, ("José da Silva", "17/05/1990", "1234567890")),
        (4, ("Ana", "02/01/1991", "012.345.678-90")),
    ]


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vazio"),
        (b" \r\n ", "vazio"),
        (b";;\r\n;;\r\n", "nenhuma linha preenchida"),
        (b"x" * (MOST_BYTES + 1), "passa de 1 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20, "antigo"),
        (b"%PDF-1.7\0\0", "nem XLSX"),
        (b"PK\x03\x04 nada", "não abre"),
        (b'Nome\r\n"Jo\xc3\xa3o', "aspas"),
        (b"Nome\n" + b"Ana\n" * (MOST_LINES + 2), f"mais de {MOST_LINES} linhas"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read(content)


def test_a_sheet_that_unpacks_to_too_much_is_not_opened() -> None:
    with pytest.raises(BadFile, match="grande demais"):
        read(bomb())


def test_a_workbook_with_too_many_lines_is_refused() -> None:
    with pytest.raises(BadFile, match="mais de"):
        read(workbook(*(["Ana"] for _ in range(MOST_LINES + 2))))
