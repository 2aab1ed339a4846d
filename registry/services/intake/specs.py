"""How a contract view is described: into which table it goes and what becomes of each of its fields."""

from dataclasses import dataclass
from enum import Enum

SMALL = 32_767
LARGE = 2_147_483_647


class Form(Enum):
    """What becomes of a field, as SQL. `{0}` stands for the field."""

    VALUE = "{0}"
    TEXT = "coalesce({0}, '')"
    SIZE = "coalesce({0}, 0)"
    # Numbers the column cannot hold are slips of the pen; the raw row keeps them.
    COUNT = f"CASE WHEN {{0}} BETWEEN 0 AND {LARGE} THEN {{0}} END"
    SMALL_COUNT = f"CASE WHEN {{0}} BETWEEN 0 AND {SMALL} THEN {{0}} END"
    LIST = r"coalesce(regexp_split_to_array(nullif(btrim({0}), ''), '\s*,\s*'), '{{}}')"
    # Figures without leading zeros and the letter, as `registry.values.oab` writes them.
    OAB = "ltrim(regexp_replace(upper(coalesce({0}, '')), '[^0-9A-Z]', '', 'g'), '0')"


class Part(Enum):
    """Which part of a parsed document a column keeps: its comparable number, or why it has none."""

    NUMBER = "number"
    FLAW = "flaw"


@dataclass(frozen=True)
class Column:
    """A column of the registry filled from one field."""

    name: str
    field: str
    form: Form = Form.TEXT


@dataclass(frozen=True)
class Parsed:
    """A column filled with a part of the document in `field`, as `registry.values.documents` reads it.

    `kind` is a document kind, or the name of the field that says it (`kind_is_field`).
    """

    name: str
    field: str
    kind: str
    part: Part = Part.NUMBER
    kind_is_field: bool = False

    @property
    def source(self) -> tuple[str, str, bool]:
        """What is parsed: columns with the same source share one look-up."""
        return self.kind, self.field, self.kind_is_field


class To(Enum):
    """What a field may refer to: a table and, in `registry_record`, the kinds to look among, in this order."""

    UNIT = ("registry_unit", "")
    CASE = ("registry_case", "")
    PRISONER = ("registry_record", "P")
    VISITOR = ("registry_record", "V")
    LAWYER = ("registry_record", "L")
    # The contract has one view for the photographs of both; a key that is in both is the visitor's.
    VISITOR_OR_LAWYER = ("registry_record", "VL")

    @property
    def table(self) -> str:
        """The parent's table."""
        return self.value[0]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of record, or one empty text where the table has no kinds."""
        return tuple(self.value[1]) or ("",)


@dataclass(frozen=True)
class Parent:
    """A reference. A row whose parent is unknown is refused; an `optional` one may also be empty."""

    name: str
    field: str
    to: To
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of the registry and the columns a view fills in it."""

    name: str
    columns: tuple[Column | Parsed, ...]


@dataclass(frozen=True, kw_only=True)
class View:
    """A view of the contract that fills one table (`table`), or a table beside `registry_record` (`kind`).

    `on_insert` are columns set once, `fixed` columns that tell this view's rows from another's in one table.
    `touches` is the column with the record whose identity or situation the rows change; `checks` are those of records
    that only the quality rules have to look at again; `links` is that of records whose persons' links
    change, `crosses` that of those whose crossings do.
    """

    name: str
    table: Table
    parents: tuple[Parent, ...] = ()
    on_insert: tuple[tuple[str, str], ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    touches: str = ""
    checks: tuple[str, ...] = ()
    links: str = ""
    crosses: str = ""
    kind: str = ""
    record: Table | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row of the state."""
        return ("origin_id", *(name for name, _ in self.fixed), "origin_key")

    @property
    def parsed(self) -> tuple[Parsed, ...]:
        """The columns that need documents to be parsed."""
        tables = (self.table, self.record) if self.record else (self.table,)
        return tuple(column for table in tables for column in table.columns if isinstance(column, Parsed))
