"""The state's database, opened for reading only."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from gateway import dialects
from gateway.config import Config
from gateway.problems import DatabaseProblem

# Connections besides those of streams, for whoever asks about the health; and how long to wait for one.
SPARE, WAIT_S = 2, 10


class Database:
    """The state's database. A connection lives for one answer: a caller that goes away leaves no half-read one."""

    def __init__(self, config: Config) -> None:
        self._timeout = config.statement_timeout
        self.dialect = dialects.of(config.database)
        self._free = BoundedSemaphore(config.streams + SPARE)
        self._engine = sa.create_engine(
            self.dialect.address(config.database, config.encoding),
            connect_args=self.dialect.connect_args(self._timeout), poolclass=NullPool,
        )  # fmt: skip

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        """A snapshot that cannot write. Raises DatabaseProblem, for what is done inside it too."""
        if not self._free.acquire(timeout=WAIT_S):
            raise DatabaseProblem("unavailable")
        try:
            with self._engine.connect() as connection:
                self.dialect.prepare(connection, self._timeout)
                yield connection
        except SQLAlchemyError as error:
            origin = getattr(error, "orig", error)
            raise DatabaseProblem(self.dialect.cause(origin), self.dialect.code(origin)) from error
        finally:
            self._free.release()

    def reachable(self) -> bool:
        try:
            with self.connect():
                return True
        except DatabaseProblem:
            return False
