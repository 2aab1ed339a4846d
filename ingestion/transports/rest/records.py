"""From an API's answer to rows: the list of records, and each mapped column by its path."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ingestion.contract import VIEWS
from ingestion.contract.types import KEY, UPDATED
from ingestion.mapping.schema import Mapping
from ingestion.problems import SourceProblem

Record = dict[str, Any]
# Fetches an image by what its column says; None where there is none.
FetchPhoto = Callable[[str], bytes | None]

_ABSENT = object()


def follow(value: Any, path: str) -> Any:
    """What is at a path; `_ABSENT` where nothing is. A key that holds dots itself comes first."""
    if isinstance(value, dict) and path in value:
        return value[path]
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step, _ABSENT)
        elif isinstance(value, list) and step.isascii() and step.isdigit() and int(step[:9]) < len(value):
            value = value[int(step[:9])]
        else:
            return _ABSENT
    return value


def optional(value: Any, path: str) -> Any:
    """What is at a path, None where nothing is."""
    found = follow(value, path)
    return None if found is _ABSENT else found


def records_of(body: Any, path: str | None) -> list[Record]:
    """The list of records of an answer. Raises SourceProblem when it is not where the mapping says."""
    found = follow(body, path) if path else body
    if not isinstance(found, list):
        place = f"em “{path}”" if path else "na própria resposta"
        raise SourceProblem(
            f"A API não deu uma lista de registros {place}; confira records no mapeamento.", passing=False
        )
    if not all(isinstance(record, dict) for record in found):
        raise SourceProblem("Os registros da API não são objetos JSON; confira records no mapeamento.", passing=False)
    return found


@dataclass(frozen=True)
class Shape:
    """How records of one view become rows."""

    columns: tuple[str, ...]
    key: str
    updated: str
    photo: str | None
    fetch: FetchPhoto | None

    @classmethod
    def of(cls, mapping: Mapping, view: str, fetch: FetchPhoto) -> "Shape":
        given = mapping.views[view]
        image = VIEWS[view].photo
        field = given.fields.get(image.name) if image else None
        key, updated = (given.fields[name].column or "" for name in (KEY, UPDATED))
        by_address = field is not None and field.photo == "url"
        return cls(given.columns, key, updated, field.column if field else None, fetch if by_address else None)

    def rows(self, records: Sequence[Record]) -> list[list[Any]]:
        """One row a record, with the mapping's columns in its order; absent is null."""
        return [[self._value(record, column) for column in self.columns] for record in records]

    def check(self, records: Sequence[Record]) -> None:
        """Raises SourceProblem when no record of a page has the key or the moment: the API has changed."""
        for column in (self.key, self.updated):
            if records and all(follow(record, column) is _ABSENT for record in records):
                sentence = f"Nenhum registro da API tem o campo “{column}”; a API mudou ou o mapeamento está errado."
                raise SourceProblem(sentence, passing=False)

    def _value(self, record: Record, column: str) -> Any:
        value = optional(record, column)
        if column == self.photo:
            return self._image(value)
        if isinstance(value, dict | list):
            return as_text(value)
        return value

    def _image(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value if value is None else as_text(value)
        if self.fetch:
            return self.fetch(value)
        try:
            return base64.b64decode(value.rpartition("base64,")[2], validate=False) or None
        except (binascii.Error, ValueError):
            return value


def as_text(value: Any) -> str:
    """Any JSON value as text, the same for the same value."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # lone surrogates and huge numbers
        return repr(value)
