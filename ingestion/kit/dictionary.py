"""The data dictionary (Anexo II of the agreement) from the contract's own files, as Markdown, HTML or CSV."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from ingestion.contract import VERSION, VIEWS, Field, FieldType, View
from ingestion.contract.views import FOLDER, domain_labels

HEADINGS = ("visão", "campo", "tipo", "obrigatório", "significado", "códigos")
TITLE = f"Dicionário de dados · contrato nacional, versão {VERSION}"
# How the contract's types are told to people.
TYPES = {
    FieldType.DATE: "data",
    FieldType.TIMESTAMP: "data e hora",
    FieldType.INTEGER: "inteiro",
    FieldType.BOOLEAN: "lógico",
    FieldType.PHOTO: "imagem ou caminho",
}


@dataclass(frozen=True)
class Entry:
    """A field of the contract, told to people. `codes` are its closed list, code → label."""

    view: View
    field: Field
    meaning: str
    codes: dict[str, str]

    @property
    def type(self) -> str:
        """Its type with its length, in pt-BR."""
        field = self.field
        if field.type is not FieldType.TEXT:
            return TYPES[field.type]
        if field.domain:
            return "código"
        if field.length is None:
            return "texto livre"
        return f"texto, {'exatos ' if field.fixed else 'até '}{field.length} caracteres"

    def row(self) -> tuple[str, ...]:
        """The cells under HEADINGS."""
        required = "sim" if self.field.required else "não"
        codes = "; ".join(f"{code} = {label}" for code, label in self.codes.items())
        return (self.view.name, self.field.name, self.type, required, self.meaning, codes)


@cache
def entries() -> tuple[Entry, ...]:
    """Every field of every view, in the order of loading."""
    return tuple(
        Entry(view, field, meaning(view, field), codes(field)) for view in VIEWS.values() for field in view.fields
    )


def meaning(view: View, field: Field) -> str:
    """What a field says, a sentence in pt-BR. The view's own sentence comes before the one all views share."""
    sentences = _meanings()
    own = sentences.get(f"{view.name}.{field.name}")
    return own if own is not None else sentences[field.name]


def codes(field: Field) -> dict[str, str]:
    """The closed list of a field, code → label; empty where it has none."""
    return domain_labels(field.domain) if field.domain else {}


@cache
def _meanings() -> dict[str, str]:
    with (FOLDER / "meanings.csv").open(encoding="utf-8", newline="") as lines:
        return {row["campo"]: row["significado"] for row in csv.DictReader(lines)}


def as_csv(given: Sequence[Entry]) -> str:
    """One line a field, for spreadsheets."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(entry.row() for entry in given)
    return target.getvalue()


def as_markdown(given: Sequence[Entry]) -> str:
    """One table a view."""
    parts = [f"# {TITLE}\n"]
    for view, rows in _by_view(given):
        parts.append(f"\n## {view.name}: {view.description}\n\n| {' | '.join(HEADINGS[1:])} |")
        parts.append("|" + "---|" * len(HEADINGS[1:]))
        parts += [f"| {' | '.join(cell.replace('|', '·') for cell in entry.row()[1:])} |" for entry in rows]
    return "\n".join(parts) + "\n"


def as_html(given: Sequence[Entry]) -> str:
    """A page that stands alone, without scripts or styles, for printing."""
    parts = [f'<!doctype html>\n<html lang="pt-BR"><head><meta charset="utf-8"><title>{TITLE}</title></head><body>']
    parts.append(f"<h1>{TITLE}</h1>")
    for view, rows in _by_view(given):
        parts.append(f"<h2>{view.name}: {escape(view.description)}</h2>\n<table border><thead>")
        parts.append(_html_row(HEADINGS[1:], "th") + "</thead><tbody>")
        parts += [_html_row(entry.row()[1:], "td") for entry in rows]
        parts.append("</tbody></table>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


FORMATS: dict[str, Callable[[Sequence[Entry]], str]] = {"md": as_markdown, "html": as_html, "csv": as_csv}


def _html_row(cells: Sequence[str], kind: str) -> str:
    return "<tr>" + "".join(f"<{kind}>{escape(cell)}</{kind}>" for cell in cells) + "</tr>"


def _by_view(given: Sequence[Entry]) -> list[tuple[View, list[Entry]]]:
    return [(view, [entry for entry in given if entry.view is view]) for view in VIEWS.values()]
