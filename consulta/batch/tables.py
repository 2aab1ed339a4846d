"""The rows of a file that an agent sends: CSV as any office program writes it, or XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from openpyxl import load_workbook

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 200
_MOST_UNPACKED: Final = 20_000_000
_MOST_COLUMNS: Final = 30
_MOST_TEXT: Final = 200
_ZIP: Final = b"PK"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_DELIMITERS: Final = ";\t,|"

Row = tuple[int, tuple[str, ...]]
"""The number of a line in the file, from 1, and its cells."""


class BadFile(ValueError):
    """A file that cannot be read. The message is Brazilian Portuguese and holds nothing of the file."""


def read(content: bytes) -> list[Row]:
    """The rows that have something in them, at most MOST_LINES and a heading. Raises BadFile."""
    if not content.strip():
        raise BadFile("O arquivo está vazio.")
    if len(content) > MOST_BYTES:
        raise BadFile(f"O arquivo passa de {MOST_BYTES // 1_000_000} MB. Divida-o em partes.")
    if content.startswith(_OLD_EXCEL):
        raise BadFile("É uma planilha do Excel antigo (.xls). Salve-a como .xlsx ou .csv e envie de novo.")
    rows = _of_workbook(content) if content.startswith(_ZIP) else _of_csv(content)
    filled = [(number, cells) for number, cells in _counted(rows) if any(cells)]
    if not filled:
        raise BadFile("O arquivo não tem nenhuma linha preenchida.")
    return filled


def _counted(rows: Iterable[Sequence[Any]]) -> Iterator[Row]:
    filled = 0
    for number, row in enumerate(rows, start=1):
        cells = tuple(_text(cell) for cell in row[:_MOST_COLUMNS])
        filled += any(cells)
        if filled > MOST_LINES + 1:
            raise BadFile(f"O arquivo tem mais de {MOST_LINES} linhas. Divida-o em partes: cada uma é um lote.")
        yield number, cells


def _of_csv(content: bytes) -> Iterator[Sequence[str]]:
    text = _decoded(content)
    heading = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise BadFile("O CSV está malformado: confira as aspas e salve-o de novo.") from error


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise BadFile("O arquivo não é CSV nem XLSX.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # as Excel writes it in Brazil


def _of_workbook(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
                raise BadFile("A planilha é grande demais depois de aberta. Copie só as colunas da consulta.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except BadFile:
        raise
    except Exception as error:  # openpyxl has no exception of its own: a bad file breaks it in any way
        raise BadFile("O arquivo parece uma planilha XLSX, mas não abre. Salve-o de novo e reenvie.") from error
    try:
        yield from _sheet(book)
    finally:
        book.close()


def _sheet(book: Any) -> Iterator[Sequence[Any]]:
    try:
        yield from book.worksheets[0].iter_rows(values_only=True)
    except BadFile:
        raise
    except Exception as error:
        raise BadFile("A primeira aba da planilha não pôde ser lida. Salve-a como CSV e reenvie.") from error


def _text(cell: Any) -> str:
    """A cell as somebody would type it: days by day, month and year, whole numbers without a point."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())[:_MOST_TEXT]
