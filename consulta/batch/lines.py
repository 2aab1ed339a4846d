"""Lines of a batch: what each asks for, or why it cannot be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from consulta.batch.tables import MOST_LINES, BadFile, Row
from registry.selectors.search import Criteria, from_json, to_json
from registry.values.dates import parse_birth_query
from registry.values.errors import InvalidDate
from registry.values.names import normalise

NOTHING: Final = "A linha não tem nome, mãe, documento nem nascimento que se possa buscar."
VAGUE: Final = "Só o nascimento não basta: inclua um nome ou um documento."
UNREAD_DOCUMENT: Final = "O documento não parece CPF, RG, RJI, matrícula, OAB nem processo."
_CPF_DIGITS: Final = 11

# Headings, comparable, of each field; a spreadsheet rarely has them just so.
_HEADINGS: Final[Mapping[str, frozenset[str]]] = {
    "name": frozenset({"NOME", "NOME COMPLETO", "PESSOA", "NAME"}),
    "mother": frozenset({"MAE", "NOME DA MAE", "NOME MAE", "FILIACAO 1", "MOTHER"}),
    "father": frozenset({"PAI", "NOME DO PAI", "NOME PAI", "FILIACAO 2", "FATHER"}),
    "birth": frozenset({"NASCIMENTO", "DATA DE NASCIMENTO", "DATA NASCIMENTO", "DT NASCIMENTO", "NASC", "BIRTH"}),
    "cpf": frozenset({"CPF"}),
    "document": frozenset({"DOCUMENTO", "RG", "RJI", "MATRICULA", "OAB", "PROCESSO", "NPU", "DOCUMENT"}),
    "text": frozenset({"NOME OU DOCUMENTO", "BUSCA", "CONSULTA"}),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file by its number, from 1: its criteria, or the problem that keeps it from being looked up.

    `text` is what the line says, to be recognised by; it stays out of repr, which may reach a log.
    """

    number: int
    text: str = field(repr=False)
    criteria: Criteria | None = None
    problem: str = ""


def of_rows(rows: Sequence[Row]) -> list[Line]:
    """The lines below the heading; without one, each cell is a name or a document. Raises BadFile."""
    columns = _columns(rows[0][1])
    body = rows[1:] if columns else rows
    if not body:
        raise BadFile("O arquivo só tem o cabeçalho.")
    if len(body) > MOST_LINES:
        raise BadFile(f"O arquivo tem mais de {MOST_LINES} linhas. Divida-o em partes: cada uma é um lote.")
    if not columns and max(sum(map(bool, cells)) for _, cells in body) > 1:
        raise BadFile(
            "Não há cabeçalho que se reconheça. Dê às colunas os nomes Nome, Mãe, Pai, Nascimento, CPF ou Documento."
        )
    return [_line(number, cells, columns) for number, cells in body]


def to_told(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines as JSON types, to be kept."""
    return [
        {"number": line.number, "text": line.text, "problem": line.problem}
        | ({"asked": to_json(line.criteria)} if line.criteria else {})
        for line in lines
    ]


def from_told(told: Sequence[Mapping[str, Any]]) -> list[Line]:
    """The lines that `to_told` wrote."""
    return [
        Line(one["number"], one["text"], from_json(one["asked"]) if "asked" in one else None, one["problem"])
        for one in told
    ]


def problem_of(criteria: Criteria) -> str:
    """Why the criteria cannot be looked up, or nothing."""
    if criteria.has_unread_document:
        return UNREAD_DOCUMENT
    if not criteria.is_selective:
        return NOTHING
    named = criteria.full_name or criteria.mother.strip() or criteria.father.strip()
    return "" if named or criteria.documents else VAGUE


def _columns(heading: Sequence[str]) -> dict[int, str]:
    """The field of each column whose heading is known."""
    comparable = [normalise(cell) for cell in heading]
    return {at: name for at, cell in enumerate(comparable) for name, headings in _HEADINGS.items() if cell in headings}


def _line(number: int, cells: Sequence[str], columns: Mapping[int, str]) -> Line:
    said: dict[str, str] = {}
    for at, cell in enumerate(cells):
        name = columns.get(at, "" if columns else "text")
        if name and cell and name not in said:
            said[name] = cell
    text = " · ".join(said.values())
    try:
        criteria = _criteria(said)
    except InvalidDate as error:
        return Line(number, text, problem=f"Nascimento: {error.message}.")
    problem = problem_of(criteria)
    return Line(number, text, None if problem else criteria, problem)


def _criteria(said: Mapping[str, str]) -> Criteria:
    """The criteria of a line. Raises InvalidDate."""
    cpf = said.get("cpf", "")
    if cpf.isdecimal():
        cpf = cpf.zfill(_CPF_DIGITS)  # spreadsheets take the first zeros of a number away
    birth = said.get("birth", "")
    return Criteria(
        text=said.get("text", ""),
        name=said.get("name", ""),
        mother=said.get("mother", ""),
        father=said.get("father", ""),
        birth=parse_birth_query(birth) if birth else None,
        document=cpf or said.get("document", ""),
    )
