"""PostgreSQL 9.6 or later, through psycopg."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from gateway.dialects.base import CONNECT_TIMEOUT_S, Dialect, quoted

WRITING = "SELECT has_table_privilege(CAST(:name AS text), 'INSERT, UPDATE, DELETE, TRUNCATE')"


class PostgreSQL(Dialect):
    """See `Dialect`."""

    drivername, module, extra = "postgresql+psycopg", "psycopg", "postgresql"
    # SQLSTATE (PostgreSQL's documentation, appendix A) or its class.
    causes = {
        "28": "login", "3D": "database", "42501": "permission", "42P01": "relation", "3F": "relation",
        "42703": "column", "42": "query", "22": "value", "57014": "timeout",
    }  # fmt: skip

    def connect_args(self, timeout: int) -> dict[str, Any]:
        return {
            "connect_timeout": CONNECT_TIMEOUT_S, "application_name": "senappen-gateway",
            "client_encoding": "utf8", "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
        }  # fmt: skip

    def prepare(self, connection: sa.Connection, timeout: int) -> None:
        connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        connection.execute(sa.text(f"SET LOCAL statement_timeout = '{timeout}s'"))
        connection.execute(sa.text("SET LOCAL datestyle = 'ISO'"))
        # A database that does not know its own encoding sends bytes: the national base says how to read them.
        if connection.scalar(sa.text("SHOW server_encoding")) == "SQL_ASCII":
            connection.execute(sa.text("SET LOCAL client_encoding = 'SQL_ASCII'"))
        # The first rows matter as much as the last: a cursor otherwise plans for a tenth of the view.
        connection.execute(sa.text("SET LOCAL cursor_tuple_fraction = 1"))

    def after(self, order: Sequence[sa.ColumnElement[Any]], values: Sequence[Any]) -> sa.ColumnElement[bool]:
        return sa.tuple_(*order) > sa.tuple_(*values)

    def temporal(self) -> frozenset[Any]:
        return frozenset({1082, 1114, 1184})  # OIDs of date, timestamp and timestamptz

    def as_text(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        return sa.cast(column, sa.Text)

    def may_write(self, connection: sa.Connection, schema: str | None, relation: str) -> bool:
        return bool(connection.scalar(sa.text(WRITING), {"name": quoted(connection, schema, relation)}))

    def code(self, error: Any) -> Any:
        return getattr(error, "sqlstate", None)

    def cause(self, error: Any) -> str:
        state = self.code(error) or ""
        return self.causes.get(state) or self.causes.get(state[:2], "unavailable")

    def from_server(self, error: Any) -> bool:
        return bool(self.code(error))
