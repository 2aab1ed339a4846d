"""Reads the agreed views and nothing else: server-side cursors and keysets, never OFFSET."""

from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DataError

from gateway.config import View
from gateway.dialects import Dialect
from gateway.positions import Position

# The first fetch is small: a row may hold an image, and nobody knows before.
FIRST_ROWS = 20
Rows = list[tuple[Any, ...]]


class Reading:
    """Some columns of one view. `rows` is how many to fetch next; whoever encodes them adapts it.

    A date that the driver cannot hold (year 0, infinity) makes the rest be read with dates as text.
    """

    def __init__(self, connection: sa.Connection, dialect: Dialect, view: View, columns: tuple[str, ...]) -> None:
        self._connection, self._dialect, self._view = connection, dialect, view
        self.columns = columns
        self.rows = FIRST_ROWS
        self._texts: set[str] = set()
        self._updated, self._key = self._column(view.updated), self._column(view.key)

    def horizon(self) -> Any:
        """The last moment that this snapshot holds, where a later request needs it to go on with this one."""
        return None

    def next(self) -> Position | None:
        """Where to go on from, when there may be more."""
        return None

    def batches(self) -> Generator[Rows]:
        """Raises SQLAlchemyError. Close it."""
        raise NotImplementedError

    def _part(self, query: Callable[[], sa.Select[Any]]) -> Generator[Rows]:
        try:
            yield from self._fetch(query())
        except DataError as error:
            if self._dialect.from_server(error.orig):
                raise
            self._texts = self._temporal()
            yield from self._fetch(query())

    def _fetch(self, query: sa.Select[Any]) -> Generator[Rows]:
        streamed = self._connection.execution_options(stream_results=True, max_row_buffer=1)
        with closing(streamed.execute(query)) as result:
            # The driver's own tuples: SQLAlchemy's rows over them would take as long as the driver took.
            while rows := result.cursor_strategy.fetchmany(result, result.cursor, self.rows):
                self._reached(rows)
                yield rows

    def _reached(self, rows: Rows) -> None:
        """Remember the place, before these rows are given."""

    def _all(self) -> sa.Select[Any]:
        shown = [
            self._dialect.as_text(self._column(name)).label(f"{name}_") if name in self._texts else self._column(name)
            for name in self.columns
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
        return {name for name, column in zip(self.columns, described, strict=True) if column[1] in kinds}


class RowReading(Reading):
    """Whole rows from a position on: dated rows in order, then those without a date, by key."""

    def __init__(
        self, connection: sa.Connection, dialect: Dialect, view: View, after: Position | None, until: Any = None,
        limit: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(connection, dialect, view, view.columns)
        self._after, self._until, self._left = after, until, limit
        self._places = [view.columns.index(name) for name in (view.updated, view.key)]

    def horizon(self) -> Any:
        if self._until is not None:
            return self._until
        try:
            return self._connection.scalar(sa.select(sa.func.max(self._updated)).select_from(self._table()))
        except DataError as error:
            if self._dialect.from_server(error.orig):
                raise
            return None

    def next(self) -> Position | None:
        return self._after if self._full else None

    def batches(self) -> Generator[Rows]:
        if self._after is None or self._after.updated is not None:
            yield from self._part(self._dated)
            if not self._full:
                self._after = Position(None)
        if not self._full:
            yield from self._part(self._undated)

    @property
    def _full(self) -> bool:
        return self._left == 0

    def _reached(self, rows: Rows) -> None:
        self._after = Position(*(rows[-1][place] for place in self._places))
        if self._left is not None:
            self._left -= len(rows)

    def _dated(self) -> sa.Select[Any]:
        order = [self._updated, self._key]
        query = self._all().where(self._updated.is_not(None)).order_by(*order).limit(self._left)
        if self._until is not None:
            query = query.where(self._updated <= _value(self._until))
        if self._after is None:
            return query
        if self._after.key is None:
            return query.where(self._updated >= _value(self._after.updated))
        return query.where(self._dialect.after(order, [_value(self._after.updated), _value(self._after.key)]))

    def _undated(self) -> sa.Select[Any]:
        query = self._all().where(self._updated.is_(None)).order_by(self._key).limit(self._left)
        return (
            query.where(self._key > _value(self._after.key)) if self._after and self._after.key is not None else query
        )


class KeyReading(Reading):
    """The key and moment of every row, by key, which does not change: what was there all along is not missed.

    `since` is the last key that came: it comes again, as a database may hold equal what a caller tells apart (A and a).
    """

    def __init__(self, connection: sa.Connection, dialect: Dialect, view: View, since: Any = None) -> None:
        super().__init__(connection, dialect, view, (view.key, view.updated))
        self._since = since

    def batches(self) -> Generator[Rows]:
        yield from self._part(self._keyed)

    def _reached(self, rows: Rows) -> None:
        self._since = rows[-1][0]

    def _keyed(self) -> sa.Select[Any]:
        query = self._all().where(self._key.is_not(None)).order_by(self._key)
        return query if self._since is None else query.where(self._key >= _value(self._since))


def _value(value: Any) -> sa.BindParameter[Any]:
    # Without a declared type the database reads each value as its own column's.
    return sa.bindparam(None, value, type_=sa.types.NULLTYPE)
