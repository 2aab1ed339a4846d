"""The shapes of the contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

KEY = "id_origem"
UPDATED = "dt_atualizacao"
STATUS = "st_registro"


class FieldType(StrEnum):
    """Types of the contract, without lengths."""

    TEXT = "text"
    DATE = "date"
    TIMESTAMP = "timestamp"
    INTEGER = "int"
    BOOLEAN = "bool"
    PHOTO = "blob/text"


@dataclass(frozen=True)
class Field:
    """A field of a view. `domain` names its closed code list; `length` counts characters.

    `fixed` marks char(n): numbers such as CPF, whose punctuation does not count towards the length.
    """

    name: str
    type: FieldType
    required: bool
    domain: str | None = None
    length: int | None = None
    fixed: bool = False


@dataclass(frozen=True)
class Column:
    """A column as rows are landed and handed over: PostgreSQL's type for a contract field."""

    name: str
    sql_type: str


SQL_TYPES = {
    FieldType.TEXT: "text",
    FieldType.DATE: "date",
    FieldType.TIMESTAMP: "timestamptz",
    FieldType.INTEGER: "integer",
    FieldType.BOOLEAN: "boolean",
}


@dataclass(frozen=True)
class View:
    """A view every state exposes. `photo` is the field with an image or its address, where there is one."""

    name: str
    description: str
    fields: tuple[Field, ...]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def photo(self) -> Field | None:
        return next((field for field in self.fields if field.type is FieldType.PHOTO), None)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Columns of the handover to the registry, in order.

        An image never travels: its column is replaced by `sha256` and `tamanho` (bytes) of the stored one.
        """
        return tuple(self._columns())

    def _columns(self) -> Iterator[Column]:
        for field in self.fields:
            if field.type is not FieldType.PHOTO and not (self.photo and field.name == "sha256"):
                yield Column(field.name, SQL_TYPES[field.type])
        if self.photo:
            yield Column("sha256", "text")
            yield Column("tamanho", "integer")
