"""How one column of the registry is computed from a row of the handover, as SQL."""

from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.db.models import CharField
from psycopg import sql

from registry.services.intake.specs import Column, Form, Parsed, Part, Table

LOOKUP = "registry_lookup"


def name_of(alias: str, column: str) -> sql.Identifier:
    """A column of one of the statement's tables."""
    return sql.Identifier(alias, column)


def listed(parts: Iterable[sql.Composable]) -> sql.Composed:
    """Parts separated by commas."""
    return sql.SQL(", ").join(parts)


def filled(table: Table) -> list[tuple[str, sql.Composable]]:
    """The columns a view fills in a table, each with its expression."""
    aliases = _aliases(parsed_of(table))
    return [(column.name, _fitted(table, column, _value(column, aliases))) for column in table.columns]


def parsed_of(table: Table) -> list[Parsed]:
    """The columns of a table that hold parts of parsed documents."""
    return [column for column in table.columns if isinstance(column, Parsed)]


def kind_of(column: Parsed) -> sql.Composable:
    """The document kind of a column, as an expression."""
    return name_of("h", column.kind) if column.kind_is_field else sql.Literal(column.kind)


def lookup_joins(table: Table) -> list[sql.Composed]:
    """Joins that bring what the documents of a table's columns were read as."""
    columns = {column.source: column for column in parsed_of(table)}
    aliases = _aliases(columns.values())
    return [
        sql.SQL("LEFT JOIN {} {a} ON {a}.kind = {} AND {a}.raw = {}").format(
            sql.Identifier(LOOKUP), kind_of(column), name_of("h", column.field), a=sql.Identifier(aliases[source])
        )
        for source, column in columns.items()
    ]


def _aliases(columns: Iterable[Parsed]) -> dict[tuple[str, str, bool], str]:
    return {source: f"l{index}" for index, source in enumerate(dict.fromkeys(column.source for column in columns))}


def _value(column: Column | Parsed, aliases: dict[tuple[str, str, bool], str]) -> sql.Composable:
    if isinstance(column, Parsed):
        part = name_of(aliases[column.source], column.part.value)
        if column.part is Part.FLAW:
            return sql.SQL("coalesce({}, '')").format(part)
        # What `lookups` did not need to read is its own number.
        return sql.SQL("coalesce({}, CASE WHEN {} <> '' THEN {} END, '')").format(
            part, kind_of(column), name_of("h", column.field)
        )
    return sql.SQL(column.form.value).format(name_of("h", column.field))


def _fitted(table: Table, column: Column | Parsed, value: sql.Composable) -> sql.Composable:
    """Text cut to the column: a state's own code may be longer than any code, and may not stop a load.

    By an explicit cast, which cuts without complaint and, unlike `left`, counts no letters of what fits.
    """
    width = _widths().get((table.name, column.name))
    if width is None or (isinstance(column, Column) and column.form is Form.LIST):
        return value
    return sql.SQL("({})::varchar({})").format(value, sql.Literal(width))


@cache
def _widths() -> dict[tuple[str, str], int]:
    return {
        (model._meta.db_table, str(field.column)): field.max_length
        for model in apps.get_app_config("registry").get_models()
        for field in model._meta.local_fields
        if isinstance(field, CharField) and field.max_length
    }
