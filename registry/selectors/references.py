"""References that the database does not check row by row (ADR 12 and 13), and the rows whose parent is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.db.models import ForeignKey
from psycopg import errors, sql

from registry.services import bulk

# Enough to know that something is wrong, and where.
MOST: Final = 1_000
SECONDS: Final = 600

_ORPHANS = sql.SQL(
    "SELECT count(*) FROM (SELECT FROM {table} child WHERE child.{column} IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM {parent} parent WHERE parent.{key} = child.{column}) LIMIT {most}) s"
)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A column that names a row of another table, and nothing in the database holds it to."""

    table: str
    column: str
    parent: str
    key: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


def unchecked() -> list[Reference]:
    """Every such reference, of whatever app, told by the models: a new one cannot be forgotten."""
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)
    loose = (one for one in fields if isinstance(one, ForeignKey) and not getattr(one, "db_constraint", True))
    return sorted(map(_reference, loose), key=str)


def orphans() -> Iterator[tuple[Reference, int | None]]:
    """`lacking` of each reference."""
    for reference in unchecked():
        yield reference, lacking(reference)


def lacking(reference: Reference) -> int | None:
    """How many rows have no parent, MOST for more; None when SECONDS were not enough to tell.

    Reads the table once, and stops nobody.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
            (count,) = bulk.first(cursor, _query(reference))
            return int(count)
    except OperationalError as error:
        if isinstance(error.__cause__, errors.QueryCanceled):
            return None
        raise


def _reference(field: "ForeignKey[Any, Any]") -> Reference:
    parent, key = field.remote_field.model._meta, str(field.target_field.column)
    return Reference(table=field.model._meta.db_table, column=field.column, parent=parent.db_table, key=key)


def _query(reference: Reference) -> sql.Composed:
    names = {part: sql.Identifier(name) for part, name in vars(reference).items()}
    return _ORPHANS.format(most=sql.Literal(MOST), **names)
