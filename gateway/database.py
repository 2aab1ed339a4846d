"""Reads the agreed views and nothing else: read-only transactions, server-side cursors, keysets, never OFFSET."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DataError

from gateway.config import Config, View
from gateway.positions import Position

CONNECT_TIMEOUT_S = 15
# The first fetch is small: a row may hold an image, and nobody knows before.
FIRST_ROWS = 20


class Database:
    """The state's database, behind a small pool."""

    def __init__(self, config: Config) -> None:
        self._timeout = config.statement_timeout
        self._engine = sa.create_engine(
            config.database, pool_size=config.streams, max_overflow=2, pool_timeout=10, pool_pre_ping=True,
            connect_args={
                "connect_timeout": CONNECT_TIMEOUT_S, "application_name": "senappen-gateway",
                "client_encoding": "utf8", "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
            },
        )  # fmt: skip

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        """A snapshot that cannot write. Raises DBAPIError."""
        with self._engine.connect() as connection:
            connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            connection.execute(sa.text(f"SET LOCAL statement_timeout = '{self._timeout}s'"))
            connection.execute(sa.text("SET LOCAL datestyle = 'ISO'"))
            # A database that does not know its own encoding sends bytes: the national base says how to read them.
            if connection.scalar(sa.text("SHOW server_encoding")) == "SQL_ASCII":
                connection.execute(sa.text("SET LOCAL client_encoding = 'SQL_ASCII'"))
            # The first rows matter as much as the last: a cursor otherwise plans for a tenth of the view.
            connection.execute(sa.text("SET LOCAL cursor_tuple_fraction = 1"))
            yield connection

    def reachable(self) -> bool:
        try:
            with self.connect():
                return True
        except sa.exc.SQLAlchemyError:
            return False


class Reading:
    """One view from a position on: dated rows in order, then those without a date, by key.

    `rows` is how many to fetch next; whoever encodes them adapts it. A date that the driver cannot hold (year 0,
    infinity) makes the rest be read with dates as text.
    """

    def __init__(
        self, connection: sa.Connection, view: View, after: Position | None, until: Any = None, limit: int | None = None
    ) -> None:
        self._connection, self._view, self._until = connection, view, until
        self.after, self._left = after, limit
        self.rows = FIRST_ROWS
        self._texts: set[str] = set()
        self._places = [view.columns.index(name) for name in (view.updated, view.key)]

    @property
    def full(self) -> bool:
        """True when the limit was reached, and there may be more."""
        return self._left == 0

    def horizon(self) -> Any:
        """The last moment that this snapshot holds, to bound a later request that goes on with this one."""
        if self._until is not None:
            return self._until
        updated = self._column(self._view.updated)
        try:
            return self._connection.scalar(sa.select(sa.func.max(updated)).select_from(self._table()))
        except DataError as error:
            if _from_server(error):
                raise
            return None

    def batches(self) -> Generator[list[tuple[Any, ...]]]:
        """Raises DBAPIError. Close it."""
        if self.after is None or self.after.updated is not None:
            yield from self._part(self._dated)
            if not self.full:
                self.after = Position(None)
        if not self.full:
            yield from self._part(self._undated)

    def _part(self, query: Any) -> Generator[list[tuple[Any, ...]]]:
        try:
            yield from self._fetch(query())
        except DataError as error:
            if _from_server(error):
                raise
            self._texts = self._temporal()
            yield from self._fetch(query())

    def _fetch(self, query: sa.Select[Any]) -> Generator[list[tuple[Any, ...]]]:
        streamed = self._connection.execution_options(stream_results=True, max_row_buffer=1)
        with closing(streamed.execute(query.limit(self._left))) as result:
            while rows := [tuple(row) for row in result.fetchmany(self.rows)]:
                self.after = Position(*(rows[-1][place] for place in self._places))
                if self._left is not None:
                    self._left -= len(rows)
                yield rows

    def _dated(self) -> sa.Select[Any]:
        updated, key = self._column(self._view.updated), self._column(self._view.key)
        query = self._all().where(updated.is_not(None)).order_by(updated, key)
        if self._until is not None:
            query = query.where(updated <= _value(self._until))
        if self.after is None:
            return query
        if self.after.key is None:
            return query.where(updated >= _value(self.after.updated))
        return query.where(sa.tuple_(updated, key) > sa.tuple_(_value(self.after.updated), _value(self.after.key)))

    def _undated(self) -> sa.Select[Any]:
        updated, key = self._column(self._view.updated), self._column(self._view.key)
        query = self._all().where(updated.is_(None)).order_by(key)
        return query.where(key > _value(self.after.key)) if self.after and self.after.key is not None else query

    def _all(self) -> sa.Select[Any]:
        shown = [
            sa.cast(self._column(name), sa.Text).label(f"{name}_") if name in self._texts else self._column(name)
            for name in self._view.columns
        ]
        return sa.select(*shown).select_from(self._table())

    def _column(self, name: str) -> sa.ColumnClause[Any]:
        return sa.column(name)

    def _table(self) -> sa.TableClause:
        *schema, relation = self._view.relation
        return sa.table(relation, schema=schema[0] if schema else None)

    def _temporal(self) -> set[str]:
        *schema, relation = self._view.relation
        known = sa.inspect(self._connection).get_columns(relation, schema=schema[0] if schema else None)
        return {column["name"] for column in known if isinstance(column["type"], sa.Date | sa.DateTime)}


def _value(value: Any) -> sa.BindParameter[Any]:
    # Without a declared type the database reads each value as its own column's.
    return sa.bindparam(None, value, type_=sa.types.NULLTYPE)


def _from_server(error: DataError) -> bool:
    return bool(getattr(error.orig, "sqlstate", None))
