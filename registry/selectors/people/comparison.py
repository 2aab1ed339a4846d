"""What each record of a person says of every field, side by side, with what differs."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.labels import label
from registry.models import Record, RecordKind
from registry.municipalities import municipality
from registry.scope import Scope
from registry.selectors.people.subject import Subject
from registry.selectors.provenance import Source, source_of
from registry.values import names, rji


@dataclass(frozen=True, slots=True)
class Column:
    """A record: whose, of which kind, under which key."""

    source: Source
    kind: RecordKind
    origin_key: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one record says: empty when it says nothing. `differs` from what most of the others say."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A field by its column's name, one cell for each record. `differs`: those who say something do not agree."""

    field: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The records, oldest first, and the fields that at least one of them informs."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def _code(domain: str) -> Callable[[str], str]:
    return lambda code: str(label(domain, code))


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


# Field → how it is put in words. Names count as equal when they are read alike.
_RECORD: Final[Mapping[str, Callable[..., str]]] = {
    "name": str, "mother_name": str, "father_name": str, "birth_date": _plain, "sex": _code("sexo"), "cpf": str,
    "phone": str, "address": str,
}  # fmt: skip
_PRISONER: Final[Mapping[str, Callable[..., str]]] = {
    "registration": str, "rji": rji.display, "social_name": str, "race": _code("raca_cor"), "indigenous_people": str,
    "marital_status": _code("estado_civil"), "schooling": _code("escolaridade"), "occupation": str,
    "nationality": _code("nacionalidade"), "birthplace": lambda code: str(municipality(code)),
    "disabilities": _plain, "children": _plain, "area": _code("procedencia"), "email": str, "died_on": _plain,
}  # fmt: skip
_VISITOR: Final[Mapping[str, Callable[..., str]]] = {"rg": str, "background": str}
_LAWYER: Final[Mapping[str, Callable[..., str]]] = {"oab_uf": str, "oab_number": str, "oab_kind": _code("oab_tipo")}
FIELDS: Final = (*_RECORD, *_PRISONER, *_VISITOR, *_LAWYER)
# A record's own number at its state differs by nature.
_OWN: Final = frozenset({"registration"})


def comparison(subject: Subject, scope: Scope) -> Comparison:
    """Every record that the scope lets see, side by side (no query beyond the subject's)."""
    said = [_said(record) for record in subject.records]
    lines = (_line(field, [each.get(field, "") for each in said]) for field in FIELDS)
    return Comparison(
        columns=tuple(
            Column(source_of(r.origin, subject.now), RecordKind(r.kind), r.origin_key, r.removed_at is not None)
            for r in subject.records
        ),
        lines=tuple(line for line in lines if any(cell.text for cell in line.cells)),
    )


def _said(record: Record) -> dict[str, str]:
    """What a record says, field by field."""
    own: dict[str, tuple[object, Mapping[str, Callable[..., str]]]] = {
        RecordKind.PRISONER: (getattr(record, "prisoner", None), _PRISONER),
        RecordKind.VISITOR: (getattr(record, "visitor", None), _VISITOR),
        RecordKind.LAWYER: (getattr(record, "lawyer", None), _LAWYER),
    }
    child, fields = own[RecordKind(record.kind)]
    return {**_words(record, _RECORD), **_words(child, fields)}


def _words(row: object, fields: Mapping[str, Callable[..., str]]) -> dict[str, str]:
    values = {field: getattr(row, field, None) for field in fields}
    return {field: fields[field](value) for field, value in values.items() if value not in (None, "", [])}


def _line(field: str, texts: list[str]) -> Line:
    forms = [names.normalise(text) for text in texts]
    told = Counter(form for form in forms if form)
    most = max(told.values(), default=0)
    common = next((form for form in forms if form and told[form] == most), "")
    differs = len(told) > 1 and field not in _OWN
    cells = tuple(Cell(t, differs and bool(f) and f != common) for t, f in zip(texts, forms, strict=True))
    return Line(field, cells, differs)
