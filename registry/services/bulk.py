"""Moving many rows between Python and PostgreSQL: temporary tables, filled by COPY, read in pieces."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

FETCH = 20_000


def temporary(cursor: CursorWrapper, name: str, columns: str) -> None:
    """An empty temporary table that lives as long as the transaction, in place of an earlier one of that name."""
    table = sql.Identifier(name)
    cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(table))
    cursor.execute(sql.SQL("CREATE TEMP TABLE {} ({}) ON COMMIT DROP").format(table, sql.SQL(columns)))


def copy(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows to a table by COPY."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with cursor.copy(statement) as target:
        for row in rows:
            target.write_row(row)


def analyse(cursor: CursorWrapper, table: str) -> None:
    """Tell the planner what is in a temporary table, which nothing else does."""
    cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


def pieces(query: sql.Composable, *, at_once: int | None = None) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query, FETCH or so many at a time, through a server-side cursor: memory does not grow with them."""
    with connection.chunked_cursor() as reader:
        reader.execute(query)
        while rows := reader.fetchmany(at_once or FETCH):
            yield rows


def tell_size(cursor: CursorWrapper, table: sql.Composable, column: str) -> None:
    """Tell the planner how many rows a table has and how varied a column is, from few of them: enough for sizes of
    joins, and a twentieth of the cost of `analyse`.
    """
    cursor.execute("SET LOCAL default_statistics_target = 10")
    cursor.execute(sql.SQL("ANALYZE {} ({})").format(table, sql.Identifier(column)))
    cursor.execute("SET LOCAL default_statistics_target TO DEFAULT")


@contextmanager
def whole_sets(cursor: CursorWrapper) -> Iterator[None]:
    """Join sets as wholes, whatever the planner believes of their sizes.

    Of rows that came in the transactions just before it may know nothing yet: taken for a few, they would be gone
    through for each row of the other side.
    """
    cursor.execute("SET LOCAL enable_nestloop = off")
    yield
    cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def first(cursor: CursorWrapper, query: sql.Composable | str, parameters: Sequence[Any] | None = None) -> Any:
    """The first row of a query that always has one."""
    cursor.execute(query, parameters)
    return cursor.fetchone()
