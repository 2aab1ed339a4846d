"""Oracle as a state's database. Tested by the SQL it asks only: docs/operacao/bancos.md."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, VARCHAR, ColumnElement, Connection, cast, text

from ingestion.dialects import causes, keyset
from ingestion.dialects.encryption import Encryption, OracleEncryption
from ingestion.models import Credentials, Source
from ingestion.problems import SourceProblem

CONNECT_TIMEOUT_S = 15
# One round trip, which is less than a batch, must come within this.
CALL_TIMEOUT_MS = 900_000

# "Oracle Database Error Messages" (ORA), and python-oracledb's own (DPY).
CODES = {
    "ORA-01005": "refused", "ORA-01017": "refused", "ORA-01045": "refused", "ORA-12505": "refused",
    "ORA-12514": "refused", "ORA-28000": "refused", "ORA-28001": "refused", "DPY-6001": "refused",
    "DPY-6003": "refused", "ORA-01031": "denied", "ORA-41900": "denied",
    # A relation that may not be read does not exist.
    "ORA-00942": "hidden", "ORA-00904": "column", "ORA-04063": "query", "ORA-00936": "query", "ORA-00933": "query",
    "ORA-01013": "slow", "ORA-00054": "slow", "ORA-01555": "slow", "DPY-4024": "slow",
    "ORA-01033": "stopping", "ORA-01034": "stopping", "ORA-01089": "stopping", "ORA-01090": "stopping",
    "ORA-00018": "exhausted", "ORA-00020": "exhausted", "ORA-01652": "exhausted", "ORA-04031": "exhausted",
    "ORA-03113": "cut", "ORA-03114": "cut", "ORA-03135": "cut", "DPY-4011": "cut", "DPY-1001": "cut",
}  # fmt: skip


class Oracle:
    """Oracle 12.1 or later, through python-oracledb's thin mode: no Oracle client is installed."""

    steady = True
    encryption: Encryption | None = OracleEncryption()

    def url(self, source: Source, credentials: Credentials, host: str) -> URL:
        return URL.create(
            "oracle+oracledb",
            username=credentials.username,
            password=credentials.password,
            host=host,
            port=source.port,
            query={"service_name": source.database},
        )

    def connect_args(self, source: Source) -> dict[str, Any]:
        return {"tcp_connect_timeout": CONNECT_TIMEOUT_S, "expire_time": 1}

    def prepare(self, connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.call_timeout = CALL_TIMEOUT_MS
        # One moment of the database for the whole view; it must be the transaction's first statement.
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(text("ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS'"))
        connection.execute(text("ALTER SESSION SET NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF6'"))
        connection.execute(text("ALTER SESSION SET NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF6TZH:TZM'"))

    def after(self, order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        return keyset.after(order, values)

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, VARCHAR(40))

    def interrupt(self, driver: Any) -> None:
        driver.cancel()

    def problem(self, error: Exception) -> SourceProblem:
        cause = getattr(error, "orig", error)
        code = getattr(cause.args[0], "full_code", "") if cause.args else ""
        return causes.problem(CODES.get(code, "unreachable"))
