"""MariaDB and MySQL as a state's database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CHAR, URL, ColumnElement, Connection, cast, func, text, tuple_
from sqlalchemy.exc import DBAPIError

from ingestion.dialects import causes
from ingestion.dialects.asyncmy_blocking import DRIVERNAME
from ingestion.models import Credentials, Source
from ingestion.problems import SourceProblem

CONNECT_TIMEOUT_S = 15
# One batch must come within this; a whole view may take as long as it needs.
STATEMENT_TIMEOUT_S = 900
# How long the server keeps a result for a reader that is busy landing a batch.
WRITE_TIMEOUT_S = 3_600

# Error numbers of the server (MariaDB's documentation, "MariaDB Error Codes") and of the client (CR_…).
NUMBERS = {
    1044: "refused", 1045: "refused", 1049: "refused", 1130: "refused", 1698: "refused", 4151: "refused",
    1142: "denied", 1143: "denied", 1227: "denied", 1370: "denied", 1356: "denied",
    1146: "relation", 1051: "relation", 1054: "column", 1064: "query",
    1969: "slow", 3024: "slow", 1205: "slow", 1028: "slow",
    1053: "stopping", 1077: "stopping", 1927: "cut", 2006: "cut", 2013: "cut", 2055: "cut", 1159: "cut", 1161: "cut",
    1040: "exhausted", 1203: "exhausted", 1226: "exhausted", 1021: "exhausted", 1037: "exhausted", 1041: "exhausted",
    1114: "exhausted", 2002: "unreachable", 2003: "unreachable", 2005: "unreachable",
}  # fmt: skip


class MariaDB:
    """MariaDB 10.2 or later and MySQL 5.7.8 or later, through asyncmy."""

    def url(self, source: Source, credentials: Credentials) -> URL:
        return URL.create(
            DRIVERNAME,
            username=credentials.username,
            password=credentials.password,
            host=source.host,
            port=source.port,
            database=source.database,
        )

    def connect_args(self, source: Source) -> dict[str, Any]:
        # The server converts the tables' character sets, latin1 among them, to the connection's.
        return {"connect_timeout": CONNECT_TIMEOUT_S, "read_timeout": STATEMENT_TIMEOUT_S, "charset": "utf8mb4"}

    def prepare(self, connection: Connection) -> None:
        limit, unit = ("max_statement_time", 1) if _is_mariadb(connection) else ("max_execution_time", 1000)
        # The session's limit would count while we land a batch: a first row within it is what the server promises.
        connection.execute(text(f"SET SESSION {limit} = {0 * unit}"))
        connection.execute(text(f"SET SESSION net_write_timeout = {WRITE_TIMEOUT_S}"))
        connection.rollback()
        connection.execute(text("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))

    def after(self, order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        return tuple_(*order) > tuple_(*values)

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, CHAR)

    def problem(self, error: Exception) -> SourceProblem:
        return causes.problem("cut")
