"""Oracle 12.1 or later, through python-oracledb's thin mode. Tested by the SQL it asks only."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL

from gateway.dialects.base import CONNECT_TIMEOUT_S, Dialect, stored

WRITING = """
SELECT (SELECT count(*) FROM user_tab_privs_recd WHERE table_name = :relation AND owner = coalesce(:schema, USER)
        AND privilege IN ('INSERT', 'UPDATE', 'DELETE'))
     + (SELECT count(*) FROM session_privs WHERE privilege IN ('INSERT ANY TABLE', 'UPDATE ANY TABLE',
        'DELETE ANY TABLE'))
FROM dual
"""
FORMATS = {
    "NLS_DATE_FORMAT": "YYYY-MM-DD HH24:MI:SS",
    "NLS_TIMESTAMP_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF6",
    "NLS_TIMESTAMP_TZ_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF6TZH:TZM",
}


class Oracle(Dialect):
    """See `Dialect`."""

    drivername, module, extra = "oracle+oracledb", "oracledb", "oracle"
    # "Oracle Database Error Messages" (ORA), and python-oracledb's own (DPY).
    causes = {
        "ORA-01005": "login", "ORA-01017": "login", "ORA-01045": "login", "ORA-28000": "login", "ORA-28001": "login",
        "ORA-12505": "database", "ORA-12514": "database", "DPY-6001": "database", "DPY-6003": "database",
        # A relation that may not be read does not exist.
        "ORA-01031": "permission", "ORA-41900": "permission", "ORA-00942": "hidden", "ORA-00904": "column",
        "ORA-04063": "query", "ORA-00936": "query", "ORA-00933": "query", "ORA-01722": "value", "ORA-01843": "value",
        "ORA-01013": "timeout", "ORA-00054": "timeout", "ORA-01555": "timeout", "DPY-4024": "timeout",
    }  # fmt: skip

    def address(self, given: URL, encoding: str) -> URL:
        # What follows the / is the service, not a SID.
        return super().address(given, encoding).set(database="", query={"service_name": given.database or ""})

    def temporal(self) -> frozenset[Any]:
        # Imported here: machines with another database do not have the driver.
        import oracledb

        return frozenset({oracledb.DB_TYPE_DATE, oracledb.DB_TYPE_TIMESTAMP, oracledb.DB_TYPE_TIMESTAMP_TZ})

    def connect_args(self, timeout: int) -> dict[str, Any]:
        return {"tcp_connect_timeout": CONNECT_TIMEOUT_S, "expire_time": 1}

    def prepare(self, connection: sa.Connection, timeout: int) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.call_timeout = timeout * 1000
        # One moment of the database for the whole view; it must be the transaction's first statement.
        connection.execute(sa.text("SET TRANSACTION READ ONLY"))
        for name, format in FORMATS.items():
            connection.execute(sa.text(f"ALTER SESSION SET {name} = '{format}'"))

    def may_write(self, connection: sa.Connection, schema: str | None, relation: str) -> bool:
        given = {"schema": stored(schema) if schema else None, "relation": stored(relation)}
        return bool(connection.scalar(sa.text(WRITING), given))

    def code(self, error: Any) -> Any:
        return getattr(error.args[0], "full_code", None) if getattr(error, "args", None) else None
