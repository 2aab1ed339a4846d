"""The rows of a view of the contract in the registry's tables, as parts of SQL."""

from typing import Any

from django.db import connection
from psycopg import sql

from registry.models import Origin
from registry.services.intake.specs import View


def rows_of(spec: View, origin: Origin) -> sql.Composed:
    """FROM and WHERE of the view's standing rows."""
    alias = sql.SQL("r" if spec.record else "t")
    joined = sql.SQL(" JOIN registry_record r ON r.id = t.record_ptr_id" if spec.record else "")
    narrowed = [sql.SQL("r.kind = {}").format(sql.Literal(spec.kind))] if spec.record else []
    narrowed += [
        sql.SQL("t.{} = {}").format(sql.Identifier(name), sql.Literal(value.strip("'"))) for name, value in spec.fixed
    ]
    narrowed.append(sql.SQL("{}.origin_id = {}").format(alias, sql.Literal(origin.pk)))
    narrowed.append(sql.SQL("{}.removed_at IS NULL").format(alias))
    return sql.SQL("FROM {} t{} WHERE {}").format(
        sql.Identifier(spec.table.name), joined, sql.SQL(" AND ").join(narrowed)
    )


def one(statement: sql.Composable) -> tuple[Any, ...]:
    """The only row of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
