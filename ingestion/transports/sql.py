"""Rules that read the agreed views with SQL: one read-only transaction a view, a server-side cursor, a keyset."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.pool import NullPool

from ingestion.contract import VIEWS, FieldType
from ingestion.contract.types import KEY, UPDATED
from ingestion.dialects import DIALECTS, Dialect
from ingestion.mapping.reading import read
from ingestion.mapping.schema import Mapping, ViewMapping
from ingestion.models import Rule, Source
from ingestion.network import reach
from ingestion.problems import SourceProblem
from ingestion.transports import requirements, sql_schema
from ingestion.transports.base import Batch, KeyBatch, key_batches, only_keys
from ingestion.transports.photo_server import Photographs, photographs
from ingestion.transports.position import Position
from ingestion.transports.schema import Seen
from ingestion.transports.sql_tls import Secured, secured


class SqlConnection:
    """An open engine of one source; `secured` where nothing may be sent but over verified TLS."""

    def __init__(self, engine: sa.Engine, dialect: Dialect, secured: Secured | None = None) -> None:
        self._engine = engine
        self._dialect = dialect
        self.steady = dialect.steady
        self._secured = secured
        self._drivers: set[Any] = set()

    @contextmanager
    def session(self) -> Iterator[sa.Connection]:
        """A read-only session, ready to be asked. Raises the driver's errors."""
        with self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            self._drivers.add(driver)
            try:
                self._dialect.prepare(connection)
                yield connection
            finally:
                self._drivers.discard(driver)

    def interrupt(self) -> None:
        """See `transports.base.Interruptible`."""
        for driver in list(self._drivers):
            # It may have ended by itself meanwhile, and what cannot be interrupted has its time limit.
            with suppress(Exception):
                self._dialect.interrupt(driver)

    def batches(self, mapping: Mapping, view: str, after: Position | None, size: int) -> Generator[Batch]:
        """See `transports.base.Connection`.

        A date no driver can hold (year 0, infinity) makes the rest of the view be read with dates as text.
        """
        given = mapping.views[view]
        try:
            with closing(self._stream(view, given, after, size, dates_as_text=False)) as native:
                for batch in native:
                    after = batch.position
                    yield batch
        except DataError:
            yield from self._stream_text(view, given, after, size)
        except DBAPIError as error:
            raise self._problem(error) from error

    def describe(self, mapping: Mapping) -> list[Seen]:
        """See `transports.schema.Describing`."""
        return sql_schema.describe(self._engine, self._dialect, mapping)

    def check(self) -> None:
        """Raises SourceProblem unless the server lets us in."""
        try:
            with self._engine.connect():
                pass
        except DBAPIError as error:
            raise self._dialect.problem(error) from error

    def keys(self, mapping: Mapping, view: str, size: int) -> Generator[KeyBatch]:
        """See `transports.base.Connection`. Begins again where a date no driver can hold is met."""
        given = only_keys(mapping, view).views[view]
        try:
            yield from key_batches(self._stream(view, given, None, size, dates_as_text=False), given)
        except DataError:
            yield from key_batches(self._stream_text(view, given, None, size), given)
        except DBAPIError as error:
            raise self._dialect.problem(error) from error

    def _stream_text(self, view: str, given: ViewMapping, after: Position | None, size: int) -> Generator[Batch]:
        try:
            yield from self._stream(view, given, after, size, dates_as_text=True)
        except DBAPIError as error:
            raise self._problem(error) from error

    def _problem(self, error: DBAPIError) -> SourceProblem:
        return self._secured.explain(error) if self._secured else self._dialect.problem(error)

    def _stream(
        self, view: str, given: ViewMapping, after: Position | None, size: int, *, dates_as_text: bool
    ) -> Generator[Batch]:
        query = _Query(self._dialect, view, given, dates_as_text)
        updated, key = query.watermark
        with self.session() as connection:
            with closing(_partitions(connection, query.dated(after), size)) as dated:
                for rows in dated:
                    after = Position(rows[-1][updated], rows[-1][key])
                    yield Batch(rows, after)
            with closing(_partitions(connection, query.undated(), size)) as undated:
                for rows in undated:
                    yield Batch(rows, after)


def _partitions(connection: sa.Connection, query: sa.Select[Any], size: int) -> Generator[list[tuple[Any, ...]]]:
    result = connection.execution_options(stream_results=True, max_row_buffer=size).execute(query)
    with closing(result):
        # The driver's own tuples, which no type of these statements converts: to wrap each in one of SQLAlchemy's rows
        # takes as long as the driver took to make it.
        while rows := result.cursor_strategy.fetchmany(result, result.cursor, size):
            yield rows


class _Query:
    """The statements that read one view of a state."""

    def __init__(self, dialect: Dialect, view: str, given: ViewMapping, dates_as_text: bool) -> None:
        self._dialect = dialect
        names = [given.fields[name].column or "" for name in (UPDATED, KEY)]
        self.watermark = [given.columns.index(name) for name in names]
        columns: dict[str, sa.ColumnClause[Any]] = {column: sa.column(column) for column in given.columns}
        self._order = [columns[name] for name in names]
        *schema, relation = given.relation.split(".")
        table = sa.table(relation, *columns.values(), schema=".".join(schema) or None)
        texts = _temporal_columns(view, given) if dates_as_text else set()
        shown = [dialect.as_text(c).label(f"{name}_") if name in texts else c for name, c in columns.items()]
        self._all = sa.select(*shown).select_from(table)

    def dated(self, after: Position | None) -> sa.Select[Any]:
        """Rows after a position, in order."""
        query = self._all.where(self._order[0].is_not(None)).order_by(*self._order)
        if after is None:
            return query
        # Without a declared type the state's database reads each value as its own column's.
        values = [sa.bindparam(None, value, type_=sa.types.NULLTYPE) for value in (after.updated, after.key)]
        if after.key is None:
            return query.where(self._order[0] >= values[0])
        return query.where(self._dialect.after(self._order, values))

    def undated(self) -> sa.Select[Any]:
        """Rows that the order cannot place, to be shown to the state as its errors."""
        return self._all.where(self._order[0].is_(None))


def _temporal_columns(view: str, given: ViewMapping) -> set[str]:
    kinds = (FieldType.DATE, FieldType.TIMESTAMP)
    fields = VIEWS[view].by_name
    return {given.column for name, given in given.fields.items() if given.column and fields[name].type in kinds}


class SqlWithPhotographs(SqlConnection):
    """An open engine of a source whose images are on a server of their own."""

    def __init__(self, engine: sa.Engine, dialect: Dialect, secured: Secured | None, images: Photographs) -> None:
        super().__init__(engine, dialect, secured)
        self._images = images

    def photo(self, key: str) -> bytes:
        """See `transports.base.PhotoStore`."""
        return self._images(key)


@contextmanager
def connect(source: Source) -> Iterator[SqlConnection]:
    """Rule 1, and rule 5 with verified TLS. Raises SourceProblem."""
    requirements.check(source)
    dialect = DIALECTS[source.dialect]
    # One address, since whoever answers there must be the one that is asked for the password.
    address = reach.addresses(source, source.host, source.port)[0]
    with ExitStack() as stack:
        tls = stack.enter_context(secured(source, dialect, address)) if source.rule == Rule.SQL_INTERNET else None
        arguments = {**dialect.connect_args(source), **(tls.connect_args if tls else {})}
        url = dialect.url(source, source.credentials, address)
        engine = sa.create_engine(url, connect_args=arguments, poolclass=NullPool)
        stack.callback(engine.dispose)
        if tls:
            sa.event.listen(engine, "engine_connect", tls.confirm)
        mapping = read(source.mapping.text) if source.mapping else None
        if mapping and mapping.photos:
            images = stack.enter_context(photographs(source, mapping.photos))
            yield SqlWithPhotographs(engine, dialect, tls, images)
        else:
            yield SqlConnection(engine, dialect, tls)
