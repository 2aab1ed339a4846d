"""MariaDB 10.2 or later and MySQL 5.7 or later, through asyncmy."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL

from gateway.dialects.base import CONNECT_TIMEOUT_S, Dialect

# How long the server waits for a caller that is busy with what it was given.
WRITE_TIMEOUT_S = 3_600
WRITING = """
SELECT count(*) FROM (
    SELECT privilege_type AS right_ FROM information_schema.user_privileges
    UNION ALL SELECT privilege_type FROM information_schema.schema_privileges
        WHERE coalesce(:schema, DATABASE()) LIKE table_schema
    UNION ALL SELECT privilege_type FROM information_schema.table_privileges
        WHERE table_schema = coalesce(:schema, DATABASE()) AND table_name = :relation
) AS given WHERE right_ IN ('INSERT', 'UPDATE', 'DELETE', 'DROP', 'ALTER')
"""


class MariaDB(Dialect):
    """See `Dialect`."""

    drivername, module, extra = "mysql+asyncmy_blocking", "asyncmy", "mariadb"
    # Error numbers of the server ("MariaDB Error Codes", and MySQL's where they differ) and of the client (2000 …).
    causes = {
        1044: "login", 1045: "login", 1130: "login", 1698: "login", 4151: "login", 1049: "database",
        # To who may read single views only, an absent relation is a forbidden one.
        1142: "hidden", 1143: "permission", 1227: "permission", 1356: "permission", 1370: "permission",
        1051: "relation", 1146: "relation", 1054: "column", 1064: "query", 1292: "value", 1365: "value",
        1028: "timeout", 1205: "timeout", 1317: "timeout", 1969: "timeout", 3024: "timeout",
    }  # fmt: skip

    def address(self, given: URL, encoding: str) -> URL:
        # Imported for its registration with SQLAlchemy, where the driver is installed.
        import gateway.dialects.asyncmy_blocking  # noqa: F401

        return super().address(given, encoding)

    def connect_args(self, timeout: int) -> dict[str, Any]:
        # The server's own limits count the whole stream of a view; its character sets become the connection's.
        return {"connect_timeout": CONNECT_TIMEOUT_S, "read_timeout": timeout, "charset": "utf8mb4"}

    def prepare(self, connection: sa.Connection, timeout: int) -> None:
        connection.execute(sa.text(f"SET SESSION net_write_timeout = {WRITE_TIMEOUT_S}"))
        connection.execute(sa.text("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        connection.execute(sa.text("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"))

    def temporal(self) -> frozenset[Any]:
        return frozenset({7, 10, 12})  # TIMESTAMP, DATE and DATETIME of the protocol

    def as_text(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        return sa.cast(column, sa.CHAR)

    def may_write(self, connection: sa.Connection, schema: str | None, relation: str) -> bool:
        return bool(connection.scalar(sa.text(WRITING), {"schema": schema, "relation": relation}))

    def cause(self, error: Any) -> str:
        if self.code(error) == 2013 and "read timeout" in str(error.args[1:]):
            return "timeout"
        return super().cause(error)
