"""A report as PDF and XLSX. Both say whose it is, whether it is signed, and the audit's checkpoint it is tied to."""

import io
from typing import Any, Final

from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from credentialing.models import MonthlyReport, Scope
from credentialing.reports import present
from senappen.lib import pdf

TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Behind every page of the PDF stands nothing: whoever reads it is in the audit, and no person is in it.
_BLANK: Final = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def make(kind: str, report: MonthlyReport) -> bytes:
    """The file in one of TYPES. Raises pdf.Unavailable."""
    return as_xlsx(report) if kind == "xlsx" else as_pdf(report)


def as_pdf(report: MonthlyReport) -> bytes:
    """The document with its three sections."""
    html = render_to_string("credentialing/reports/document.html", present.report(report))
    return pdf.render(html, {}, _BLANK)


def as_xlsx(report: MonthlyReport) -> bytes:
    """One sheet for each scope, after a first one about the report itself."""
    shown, book = present.report(report), Workbook(write_only=True)
    about = book.create_sheet("Relatório")
    for fact in shown["facts"]:
        about.append([_cell(about, fact["label"]), _cell(about, fact["value"])])
    for section in shown["sections"]:
        sheet = book.create_sheet(_title(section["scope"]))
        sheet.append([_cell(sheet, section["title"])])
        for table in section["tables"]:
            sheet.append([])
            sheet.append([_cell(sheet, head) for head in table["heads"]])
            for row in table["rows"]:
                sheet.append([_cell(sheet, value) for value in row])
        sheet.append([])
        sheet.append([_cell(sheet, "Observações do órgão"), _cell(sheet, section["remark"] or "nenhuma")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(scope: str) -> str:
    return {Scope.USERS: "I Usuários", Scope.OPERATIONS: "II Operações", Scope.BEHAVIOUR: "III Comportamento"}[
        Scope(scope)
    ]


def _cell(sheet: Any, value: Any) -> Any:
    """A number as a number, a text as a text even where it looks like a formula."""
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell
