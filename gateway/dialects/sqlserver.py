"""SQL Server 2012 or later, through pymssql. Tested by the SQL it asks only."""

from typing import Any

import sqlalchemy as sa

from gateway.dialects.base import CONNECT_TIMEOUT_S, Dialect, quoted

LOCK_TIMEOUT_MS = 60_000
# Style of CONVERT: yyyy-mm-dd hh:mi:ss.mmm, whatever the session's language.
ODBC_CANONICAL = 121
SNAPSHOT_ALLOWED = "SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()"
WRITING = """
SELECT HAS_PERMS_BY_NAME(:name, 'OBJECT', 'INSERT') + HAS_PERMS_BY_NAME(:name, 'OBJECT', 'UPDATE')
     + HAS_PERMS_BY_NAME(:name, 'OBJECT', 'DELETE')
"""


class SQLServer(Dialect):
    """See `Dialect`. Its dates have years 1 to 9999, as Python's: none has to come as text."""

    drivername, module, extra = "mssql+pymssql", "pymssql", "sqlserver"
    # "Database Engine events and errors", and the client library's own (20000 …).
    causes = {
        18452: "login", 18456: "login", 18486: "login", 18487: "login", 18488: "login", 4060: "database",
        229: "permission", 230: "permission", 916: "permission", 208: "relation", 207: "column",
        102: "query", 156: "query", 4413: "query", 4502: "query", 241: "value", 245: "value", 8114: "value",
        1222: "timeout", 1205: "timeout", 3961: "timeout", 20003: "timeout",
    }  # fmt: skip

    def connect_args(self, timeout: int) -> dict[str, Any]:
        timeouts = {"login_timeout": CONNECT_TIMEOUT_S, "timeout": timeout}
        return {**timeouts, "charset": "UTF-8", "appname": "senappen-gateway", "tds_version": "7.4"}

    def prepare(self, connection: sa.Connection, timeout: int) -> None:
        # SQL Server knows no read-only transaction: that the account may only SELECT is all that protects the state.
        level = "SNAPSHOT" if connection.scalar(sa.text(SNAPSHOT_ALLOWED)) == 1 else "READ COMMITTED"
        connection.rollback()
        connection.execute(sa.text(f"SET TRANSACTION ISOLATION LEVEL {level}"))
        connection.execute(sa.text(f"SET LOCK_TIMEOUT {LOCK_TIMEOUT_MS}"))

    def as_text(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        written = sa.func.convert(sa.text("VARCHAR(40)"), column, sa.text(str(ODBC_CANONICAL)))
        return sa.type_coerce(written, sa.VARCHAR)

    def may_write(self, connection: sa.Connection, schema: str | None, relation: str) -> bool:
        return bool(connection.scalar(sa.text(WRITING), {"name": quoted(connection, schema, relation)}))

    def code(self, error: Any) -> Any:
        number = super().code(error)
        return number[0] if isinstance(number, tuple) else number  # (number, the server's message)
