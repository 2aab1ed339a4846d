"""The part of a database system that SQLAlchemy leaves to the gateway."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import URL

CONNECT_TIMEOUT_S = 15


class Dialect:
    """One database system, behind one driver."""

    # As the driver is asked for in `create_engine`, imported, and installed: `pip install 'senappen-gateway[extra]'`.
    drivername: ClassVar[str]
    module: ClassVar[str]
    extra: ClassVar[str]
    # Code of the driver's error → name of the cause in `problems.CAUSES`.
    causes: ClassVar[Mapping[Any, str]]

    def address(self, given: URL, encoding: str) -> URL:
        """Where SQLAlchemy connects. `encoding` is of text that the database itself does not know how to read."""
        return given.set(drivername=self.drivername)

    def missing(self) -> str | None:
        """What this machine lacks to use the driver, besides the driver; a sentence in pt-BR."""
        return None

    def connect_args(self, timeout: int) -> dict[str, Any]:
        """Arguments of the driver; the timeout, in seconds, is for one batch."""
        return {}

    def prepare(self, connection: sa.Connection, timeout: int) -> None:
        """One moment of the database, for reading only."""
        raise NotImplementedError

    def after(self, order: Sequence[sa.ColumnElement[Any]], values: Sequence[Any]) -> sa.ColumnElement[bool]:
        """A row comes after these values; by the first condition an index on the first column begins at its place."""
        beyond: sa.ColumnElement[bool] = order[0] > values[0]
        if len(order) == 1:
            return beyond
        return sa.and_(order[0] >= values[0], sa.or_(beyond, self.after(order[1:], values[1:])))

    def temporal(self) -> frozenset[Any]:
        """Type codes of the driver's descriptions whose values may be dates it cannot hold."""
        return frozenset()

    def as_text(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """The column as text, ISO where it is a date."""
        return sa.cast(column, sa.VARCHAR(40))

    def may_write(self, connection: sa.Connection, schema: str | None, relation: str) -> bool:
        """True when the account could change the view's rows."""
        raise NotImplementedError

    def code(self, error: Any) -> Any:
        """What tells the errors of the driver from one another: a key of `causes`."""
        return error.args[0] if getattr(error, "args", None) else None

    def cause(self, error: Any) -> str:
        """The name of an error's cause."""
        return self.causes.get(self.code(error), "unavailable")

    def from_server(self, error: Any) -> bool:
        """True when the server could not compute a value, rather than the driver hold it."""
        return False


def quoted(connection: sa.Connection, schema: str | None, relation: str) -> str:
    """The relation as SQL writes it."""
    return connection.dialect.identifier_preparer.format_table(sa.table(relation, schema=schema))


def stored(name: str) -> str:
    """A name as a catalogue of upper-case names keeps it."""
    return name.upper() if re.fullmatch(r"[^A-Z]*", name) else name
