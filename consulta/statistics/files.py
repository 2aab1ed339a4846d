"""Statistics as files: the same numbers as on the page, as CSV, XLSX and ODS."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.http import HttpResponse
from odfdo import Cell, Document, Row
from odfdo import Table as Sheet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from consulta.statistics import headline
from consulta.statistics.headline import SUPPRESSED, Value
from consulta.statistics.panels import Reading
from registry.selectors.figures.tables import Table

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
TYPES: Final = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "ods": ODS}
# What also writes the form's sheets of a whole state, a million cells without keeping them: ODS is built in memory.
LARGE: Final = ("csv", "xlsx")
HEAD: Final = ("secao", "informacao", "categoria", "grupo", "homens", "mulheres", "sexo_nao_informado", "total")


def rows(reading: Reading) -> list[Sequence[Value]]:
    """What a panel shows, its head first."""
    own = {"visao-geral": headline.state_rows, "cobertura": headline.coverage_rows}.get(reading.panel.slug)
    return [*own(reading)] if own else rows_of(reading.tables)


def rows_of(tables: Iterable[Table]) -> list[Sequence[Value]]:
    """A line for each category, under `HEAD`; a count left out says so."""
    found: list[Sequence[Value]] = [HEAD]
    for table in tables:
        for line in (*table.lines, *([table.total] if table.total else [])):
            counts = [SUPPRESSED if n is None else n for n in (line.men, line.women, line.unknown, line.total)]
            found.append((table.figure.section, table.figure.title, line.category.text, line.category.group, *counts))
    return found


def answer(kind: str, name: str, rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """A file to be kept, `kind` one of `TYPES`."""
    write: dict[str, Callable[[Iterable[Sequence[Value]]], bytes]] = {"csv": text, "xlsx": sheet, "ods": open_sheet}
    response = HttpResponse(write[kind](rows), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def text(rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV as spreadsheets of this country read it: semicolons, and a mark of UTF-8."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def sheet(rows: Iterable[Sequence[Value]]) -> bytes:
    """XLSX with one sheet; texts are never formulas."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Dados")
    page.freeze_panes = "A2"
    for row in rows:
        page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_sheet(rows: Iterable[Sequence[Value]]) -> bytes:
    """ODS with one sheet; texts are never formulas, since only a cell's own attribute makes one."""
    book, page = Document("spreadsheet"), Sheet("Dados")
    book.meta.language = "pt-BR"
    for values in rows:
        row = Row()
        row.extend_cells([Cell("" if value is None else value) for value in values])
        page.append_row(row)
    book.body.clear()
    book.body.append(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: Any, value: Value) -> Any:
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
