"""Reads the agreed views and nothing else: read-only transactions, server-side cursors, keysets, never OFFSET."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from threading import BoundedSemaphore
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DataError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from gateway import dialects
from gateway.config import Config, View
from gateway.dialects import Dialect
from gateway.positions import Position
from gateway.problems import DatabaseProblem

# The first fetch is small: a row may hold an image, and nobody knows before.
FIRST_ROWS = 20
# Connections besides those of streams, for whoever asks about the health; and how long to wait for one.
SPARE, WAIT_S = 2, 10


class Database:
    """The state's database. A connection lives for one answer: a caller that goes away leaves no half-read one."""

    def __init__(self, config: Config) -> None:
        self._timeout = config.statement_timeout
        self.dialect = dialects.of(config.database)
        self._free = BoundedSemaphore(config.streams + SPARE)
        self._engine = sa.create_engine(
            self.dialect.address(config.database, config.encoding),
            connect_args=self.dialect.connect_args(self._timeout), poolclass=NullPool,
        )  # fmt: skip

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        """A snapshot that cannot write. Raises DatabaseProblem, for what is done inside it too."""
        if not self._free.acquire(timeout=WAIT_S):
            raise DatabaseProblem("unavailable")
        try:
            with self._engine.connect() as connection:
                self.dialect.prepare(connection, self._timeout)
                yield connection
        except SQLAlchemyError as error:
            origin = getattr(error, "orig", error)
            raise DatabaseProblem(self.dialect.cause(origin), self.dialect.code(origin)) from error
        finally:
            self._free.release()

    def reachable(self) -> bool:
        try:
            with self.connect():
                return True
        except DatabaseProblem:
            return False


class Reading:
    """One view from a position on: dated rows in order, then those without a date, by key.

    `rows` is how many to fetch next; whoever encodes them adapts it. A date that the driver cannot hold (year 0,
    infinity) makes the rest be read with dates as text.
    """

    def __init__(
        self, connection: sa.Connection, dialect: Dialect, view: View, after: Position | None, until: Any = None,
        limit: int | None = None,
    ) -> None:  # fmt: skip
        self._connection, self._view, self._until = connection, view, until
        self._dialect = dialect
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
            if self._dialect.from_server(error.orig):
                raise
            return None

    def batches(self) -> Generator[list[tuple[Any, ...]]]:
        """Raises SQLAlchemyError. Close it."""
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
            if self._dialect.from_server(error.orig):
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
        values = [_value(self.after.updated), _value(self.after.key)]
        return query.where(self._dialect.after([updated, key], values))

    def _undated(self) -> sa.Select[Any]:
        updated, key = self._column(self._view.updated), self._column(self._view.key)
        query = self._all().where(updated.is_(None)).order_by(key)
        return query.where(key > _value(self.after.key)) if self.after and self.after.key is not None else query

    def _all(self) -> sa.Select[Any]:
        shown = [
            self._dialect.as_text(self._column(name)).label(f"{name}_") if name in self._texts else self._column(name)
            for name in self._view.columns
        ]
        return sa.select(*shown).select_from(self._table())

    def _column(self, name: str) -> sa.ColumnClause[Any]:
        return sa.column(name)

    def _table(self) -> sa.TableClause:
        *schema, relation = self._view.relation
        return sa.table(relation, schema=schema[0] if schema else None)

    def _temporal(self) -> set[str]:
        kinds = self._dialect.temporal()
        with closing(self._connection.execute(self._all().where(sa.false()))) as result:
            described = result.cursor.description
        return {name for name, column in zip(self._view.columns, described, strict=True) if column[1] in kinds}


def _value(value: Any) -> sa.BindParameter[Any]:
    # Without a declared type the database reads each value as its own column's.
    return sa.bindparam(None, value, type_=sa.types.NULLTYPE)
