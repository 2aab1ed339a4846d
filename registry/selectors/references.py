"""References that the database does not check row by row (ADR 12 and 13), and the rows whose parent is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey
from psycopg import sql

from registry.services import bulk

_ORPHANS = sql.SQL(
    "SELECT count(*) FROM {table} child WHERE child.{column} IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM {parent} parent WHERE parent.{key} = child.{column})"
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
    """Every such reference of the registry, told by its models: a new one cannot be forgotten."""
    fields = (field for model in apps.get_app_config("registry").get_models() for field in model._meta.local_fields)
    loose = (one for one in fields if isinstance(one, ForeignKey) and not getattr(one, "db_constraint", True))
    return sorted(map(_reference, loose), key=str)


def orphans() -> Iterator[tuple[Reference, int]]:
    """How many rows of each reference have no parent. Reads each table once, and locks nothing."""
    with connection.cursor() as cursor:
        for reference in unchecked():
            (count,) = bulk.first(cursor, _query(reference))
            yield reference, count


def _reference(field: "ForeignKey[Any, Any]") -> Reference:
    parent, key = field.remote_field.model._meta, str(field.target_field.column)
    return Reference(table=field.model._meta.db_table, column=field.column, parent=parent.db_table, key=key)


def _query(reference: Reference) -> sql.Composed:
    return _ORPHANS.format(**{part: sql.Identifier(name) for part, name in vars(reference).items()})
