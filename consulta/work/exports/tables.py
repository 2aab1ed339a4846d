"""Persons as a table: XLSX with typed cells, CSV as spreadsheets in Brazil read it. Both say who took it."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from consulta.access import Access
from consulta.links.files import stamp
from consulta.search import labels
from consulta.wording import KINDS, masked_cpf
from registry.models import RecordKind
from registry.selectors.search import PersonCard
from registry.values import rji

Cell = str | date | datetime | None
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column: its head, how wide it is in characters, and what a card has in it."""

    head: str
    width: int
    read: Callable[[PersonCard], Cell]


COLUMNS: Final = (
    Column("Identificador", 38, lambda card: str(card.public_id)),
    Column("Nome", 36, lambda card: card.name),
    Column("Outros nomes", 30, lambda card: "; ".join(card.other_names)),
    Column("Vulgos", 20, lambda card: "; ".join(card.nicknames)),
    Column("Mãe", 36, lambda card: card.mother),
    Column("Nascimento", 12, lambda card: card.birth),
    Column("Sexo", 6, lambda card: card.sex),
    Column("Condição", 18, lambda card: ", ".join(KINDS[RecordKind(kind)] for kind in card.kinds)),
    Column("CPF", 16, lambda card: masked_cpf(card.cpf)),
    Column("RJI", 14, lambda card: rji.display(card.rji) if card.rji else ""),
    Column("OAB", 12, lambda card: card.oab),
    Column("Situação", 22, lambda card: labels.of("situation", card.situation) if card.situation else ""),
    Column("UF", 5, lambda card: card.place.uf if card.place else ""),
    Column("Unidade", 36, lambda card: card.place.unit if card.place else ""),
    Column("Desde", 17, lambda card: card.place.since if card.place else None),
    Column("Até", 17, lambda card: card.place.until if card.place else None),
    Column("Fontes", 16, lambda card: ", ".join(source.code for source in card.sources)),
)


def make(file_format: str, cards: Sequence[PersonCard], access: Access) -> bytes:
    """The file in one of the formats of TYPES."""
    return as_xlsx(cards, access) if file_format == "xlsx" else as_csv(cards, access)


def as_csv(cards: Sequence[PersonCard], access: Access) -> bytes:
    """Semicolons between, UTF-8 with a mark, dates as ISO 8601; no cell begins as a formula does."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([_plain(stamp(access))])
    lines.writerow([column.head for column in COLUMNS])
    for card in cards:
        lines.writerow([_plain(column.read(card)) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(cards: Sequence[PersonCard], access: Access) -> bytes:
    """Dates are dates, documents are texts with their zeros; nothing is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Pessoas")
    sheet.freeze_panes = "C3"
    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_typed(sheet, stamp(access))])
    sheet.append([_typed(sheet, column.head, bold=True) for column in COLUMNS])
    for card in cards:
        sheet.append([_typed(sheet, column.read(card)) for column in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    """A cell of the value's own type: a text that looks like a formula or a number stays a text."""
    if isinstance(value, str):
        # XML has no place for control characters, which states do send.
        cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        cell.font = Font(bold=bold)
        return cell
    # A cell has no time zone: it says the clock of the state it happened in.
    naive: Any = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    cell = WriteOnlyCell(sheet, value=naive)
    cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"
    return cell


def _plain(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    text = value.isoformat() if isinstance(value, date) else value or ""
    return f"'{text}" if text.startswith(_FORMULA) else text
