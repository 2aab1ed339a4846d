"""MariaDB and MySQL as a state's database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CHAR, URL, ColumnElement, Connection, cast, text

from ingestion.dialects import causes, keyset
from ingestion.dialects.asyncmy_blocking import DRIVERNAME
from ingestion.dialects.base import address
from ingestion.dialects.encryption import Encryption, MariaDBEncryption
from ingestion.models import Credentials, Source
from ingestion.problems import SourceProblem

CONNECT_TIMEOUT_S = 15
# Silence of the server that ends a load. Its own limits count the whole stream of a view, so they cannot serve.
READ_TIMEOUT_S = 900
# How long the server waits for a reader that is busy landing a batch.
WRITE_TIMEOUT_S = 3_600

# Error numbers of the server ("MariaDB Error Codes", and MySQL's where they differ) and of the client (2000 …).
NUMBERS = {
    1044: "refused", 1045: "refused", 1049: "refused", 1130: "refused", 1698: "refused", 4151: "refused",
    # To who may read single views only, an absent relation is a forbidden one.
    1142: "hidden", 1143: "denied", 1227: "denied", 1356: "denied", 1370: "denied",
    1051: "relation", 1146: "relation", 1054: "column", 1064: "query",
    1028: "slow", 1205: "slow", 1317: "slow", 1969: "slow", 3024: "slow",
    1053: "stopping", 1077: "stopping",
    1159: "cut", 1161: "cut", 1927: "cut", 2006: "cut", 2013: "cut", 2055: "cut",
    1021: "exhausted", 1037: "exhausted", 1040: "exhausted", 1041: "exhausted", 1114: "exhausted", 1203: "exhausted",
    1226: "exhausted",
}  # fmt: skip


class MariaDB:
    """MariaDB 10.2 or later and MySQL 5.7 or later, through asyncmy."""

    steady = True
    encryption: Encryption | None = MariaDBEncryption()

    def url(self, source: Source, credentials: Credentials, host: str) -> URL:
        return address(DRIVERNAME, source, credentials, host)

    def connect_args(self, source: Source) -> dict[str, Any]:
        # The server turns the character sets of its columns, latin1 among them, into the connection's.
        return {"connect_timeout": CONNECT_TIMEOUT_S, "read_timeout": READ_TIMEOUT_S, "charset": "utf8mb4"}

    def prepare(self, connection: Connection) -> None:
        connection.execute(text(f"SET SESSION net_write_timeout = {WRITE_TIMEOUT_S}"))
        connection.execute(text("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        connection.execute(text("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"))

    def after(self, order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        return keyset.after(order, values)

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, CHAR)

    def interrupt(self, driver: Any) -> None:
        driver.interrupt()

    def problem(self, error: Exception) -> SourceProblem:
        cause = getattr(error, "orig", error)
        number, *words = cause.args or (None,)
        if number == 2013 and "read timeout" in str(words):
            return causes.problem("slow")
        return causes.problem(NUMBERS.get(number, "unreachable"))
