"""The part of a database system that SQLAlchemy leaves to us."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import URL, ColumnElement, Connection

from ingestion.dialects.encryption import Encryption
from ingestion.models import Credentials, Source
from ingestion.problems import SourceProblem


def address(drivername: str, source: Source, credentials: Credentials, host: str) -> URL:
    """The address of a database reached by server, port and name."""
    return URL.create(
        drivername,
        username=credentials.username,
        password=credentials.password,
        host=host,
        port=source.port,
        database=source.database,
    )


class Dialect(Protocol):
    """One database system as a source of reads.

    `steady`: all reads of a view see one moment of the database.
    """

    steady: bool

    # None where the driver cannot be made to verify who answers.
    encryption: Encryption | None

    def url(self, source: Source, credentials: Credentials, host: str) -> URL:
        """Where SQLAlchemy connects: at that host, which was checked, and not at the source's."""

    def connect_args(self, source: Source) -> dict[str, Any]:
        """Arguments of the driver: timeouts and text encoding."""

    def prepare(self, connection: Connection) -> None:
        """Make the session read-only with a time limit, before the first query."""

    def after(self, order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        """The condition that a row comes after these values in that order."""

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The column as text, for values its driver cannot hold."""

    def interrupt(self, driver: Any) -> None:
        """Make what another thread asks of the driver's connection fail, where the driver knows how to. May raise."""

    def problem(self, error: Exception) -> SourceProblem:
        """The cause of a driver's error, in pt-BR, without its text: drivers quote values."""
