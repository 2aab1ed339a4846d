"""SQL Server as a state's database. Tested by the SQL it asks only: docs/operacao/bancos.md."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, VARCHAR, ColumnElement, Connection, func, text, type_coerce

from ingestion.dialects import causes, keyset
from ingestion.dialects.base import address
from ingestion.dialects.encryption import Encryption
from ingestion.models import Credentials, Source
from ingestion.problems import SourceProblem

CONNECT_TIMEOUT_S = 15
# The first row of a view must come within this.
QUERY_TIMEOUT_S = 900
LOCK_TIMEOUT_MS = 60_000
# Style of CONVERT: yyyy-mm-dd hh:mi:ss.mmm, whatever the session's language.
ODBC_CANONICAL = 121

# "Database Engine events and errors", and the client library's own (20000 …).
NUMBERS = {
    4060: "refused", 18452: "refused", 18456: "refused", 18486: "refused", 18487: "refused", 18488: "refused",
    229: "denied", 230: "denied", 916: "denied", 208: "relation", 207: "column",
    102: "query", 156: "query", 4413: "query", 4502: "query",
    1222: "slow", 1205: "slow", 3961: "slow", 20003: "slow", 596: "stopping", 6005: "stopping", 17142: "stopping",
    701: "exhausted", 1105: "exhausted", 9002: "exhausted", 10928: "exhausted", 17809: "exhausted",
    20004: "cut", 20006: "cut", 20017: "cut", 20047: "cut",
}  # fmt: skip
SNAPSHOT_ALLOWED = "SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()"


class SQLServer:
    """SQL Server 2012 or later, through pymssql, whose wheel carries FreeTDS. It streams rows without a cursor."""

    # Only where the state allows snapshots, which not all do.
    steady = False
    encryption: Encryption | None = None

    def url(self, source: Source, credentials: Credentials, host: str) -> URL:
        return address("mssql+pymssql", source, credentials, host)

    def connect_args(self, source: Source) -> dict[str, Any]:
        timeouts = {"login_timeout": CONNECT_TIMEOUT_S, "timeout": QUERY_TIMEOUT_S}
        return {**timeouts, "charset": "UTF-8", "appname": "senappen", "tds_version": "7.4"}

    def prepare(self, connection: Connection) -> None:
        # SQL Server knows no read-only transaction: that the account may only SELECT is all that protects the state.
        level = "SNAPSHOT" if connection.scalar(text(SNAPSHOT_ALLOWED)) == 1 else "READ COMMITTED"
        connection.rollback()
        connection.execute(text(f"SET TRANSACTION ISOLATION LEVEL {level}"))
        connection.execute(text(f"SET LOCK_TIMEOUT {LOCK_TIMEOUT_MS}"))

    def after(self, order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        return keyset.after(order, values)

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return type_coerce(func.convert(text("VARCHAR(40)"), column, text(str(ODBC_CANONICAL))), VARCHAR)

    def interrupt(self, driver: Any) -> None:
        """Nothing: the driver's way is not for other threads. Its timeout ends what a silent server holds."""

    def problem(self, error: Exception) -> SourceProblem:
        cause = getattr(error, "orig", error)
        number: Any = cause.args[0] if cause.args else None
        if isinstance(number, tuple):  # (number, the server's message)
            number = number[0]
        return causes.problem(NUMBERS.get(number, "unreachable"))
