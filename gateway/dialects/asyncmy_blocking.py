"""asyncmy behind the blocking interface SQLAlchemy's synchronous engines ask for (PEP 249).

asyncmy is the only driver of MariaDB and MySQL that is both fast and installed as a wheel (docs/adr/0007). It speaks
asyncio only; here every connection has an event loop of its own, which runs while a call waits and not otherwise.

The gateway is installed alone and the national base does not import it: this file is also `ingestion/dialects/`'s, as a
link, so that there is one text and two modules.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar

import asyncmy
import asyncmy.connection
from asyncmy.cursors import Cursor as _Buffered
from asyncmy.cursors import SSCursor
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.mysql.pymysql import MySQLDialect_pymysql

T = TypeVar("T")
# Bytes taken from the network in one turn of the loop. A call that finds its rows at hand takes a turn or two all the
# same: if these brought more than it takes away, narrow rows would pile up (5,000 of 40 bytes are 200 KB).
TURN = 64 * 1024
DRIVERNAME = "mysql+asyncmy_blocking"
# TLS lies over a transport of its own, which ends a turn after it.
TURNS = 3
protocols: Any = asyncmy.connection


class _Bounded(protocols._MySQLProtocol):  # type: ignore[misc]
    """asyncmy's protocol, which else takes all that the server has sent at every turn: in time, the whole view."""

    def get_buffer(self, sizehint: int) -> memoryview:
        free: memoryview = super().get_buffer(sizehint)
        return free[:TURN]


# asyncmy offers no place for it.
protocols._MySQLProtocol = _Bounded


class Cursor:
    """A cursor of `Connection`."""

    def __init__(self, connection: "Connection", cursor: Any) -> None:
        self._connection, self._cursor = connection, cursor
        self.arraysize = 1

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return int(self._cursor.rowcount)

    @property
    def lastrowid(self) -> int:
        return int(self._cursor.lastrowid)

    def execute(self, statement: str, parameters: Sequence[Any] | None = None) -> None:
        self._connection.wait(self._cursor.execute(statement, parameters or None))

    def executemany(self, statement: str, parameters: Sequence[Any]) -> None:
        self._connection.wait(self._cursor.executemany(statement, parameters))

    def fetchone(self) -> Any:
        return self._connection.wait(self._cursor.fetchone())

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return list(self._connection.wait(self._cursor.fetchmany(size or self.arraysize)))

    def fetchall(self) -> list[Any]:
        return list(self._connection.wait(self._cursor.fetchall()))

    def close(self) -> None:
        """Forget the cursor. A stream left before its end ends the connection: reading the rest could take hours."""
        cursor, self._cursor = self._cursor, None
        if cursor is None or not self._connection.open:
            return
        if isinstance(cursor, SSCursor) and cursor.description and self._connection.wait(cursor.fetchone()) is not None:
            self._connection.close()
            return
        self._connection.wait(cursor.close())


class Connection:
    """A connection and its event loop."""

    def __init__(self, **arguments: Any) -> None:
        self._loop = asyncio.new_event_loop()
        try:
            self._connection = self.wait(_connect(arguments))
        except BaseException:
            self._end()
            raise

    def wait(self, call: Awaitable[T]) -> T:
        """Run the loop until the call is done."""
        return self._loop.run_until_complete(call)

    @property
    def open(self) -> bool:
        return not self._loop.is_closed()

    def cursor(self, kind: type[Any] = _Buffered) -> Cursor:
        return Cursor(self, self._connection.cursor(kind))

    def commit(self) -> None:
        if self.open:
            self.wait(self._connection.commit())

    def rollback(self) -> None:
        if self.open:
            self.wait(self._connection.rollback())

    def character_set_name(self) -> str:
        return str(self._connection.character_set_name())

    def get_autocommit(self) -> bool:
        return bool(self._connection.get_autocommit())

    def interrupt(self) -> None:
        """Make the call fail that waits in another thread."""
        transport = self._connection._transport
        if self.open and transport is not None:
            self._loop.call_soon_threadsafe(transport.abort)

    def close(self) -> None:
        """Drop the connection. Harmless when repeated."""
        if not self.open:
            return
        # Over TLS, `close` would wait for the server's goodbye.
        if self._connection._transport is not None:
            self._connection._transport.abort()
        self._connection.close()
        self._end()

    def _end(self) -> None:
        """Transports close their sockets in the loop's next turns."""
        for _ in range(TURNS):
            self.wait(asyncio.sleep(0))
        self._loop.close()


async def _connect(arguments: dict[str, Any]) -> Any:
    try:
        return await asyncmy.connect(**arguments)
    except TimeoutError as error:
        raise asyncmy.OperationalError(2003, "timed out") from error


DBAPI = SimpleNamespace(
    paramstyle="format",
    connect=Connection,
    VERSION_STRING="0.2.18",
    **{name: getattr(asyncmy, name) for name in ("Error", "Warning", "InterfaceError", "DatabaseError")},
    **{name: getattr(asyncmy, name) for name in ("DataError", "OperationalError", "IntegrityError")},
    **{name: getattr(asyncmy, name) for name in ("InternalError", "ProgrammingError", "NotSupportedError")},
)


class AsyncmyBlocking(MySQLDialect_pymysql):
    """SQLAlchemy's dialect of MariaDB and MySQL over this driver."""

    driver = "asyncmy_blocking"
    supports_statement_cache = True
    supports_server_side_cursors = True
    _sscursor = SSCursor

    @classmethod
    def import_dbapi(cls) -> Any:
        return DBAPI


registry.register(DRIVERNAME.replace("+", "."), __name__, AsyncmyBlocking.__name__)
