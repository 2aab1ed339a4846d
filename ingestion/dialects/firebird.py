"""Firebird as a state's database."""

import ctypes.util
import signal
import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, VARCHAR, ColumnElement, Connection, cast

from ingestion.dialects import causes, keyset
from ingestion.dialects.encryption import Encryption
from ingestion.mapping.reading import read
from ingestion.models import Credentials, Source
from ingestion.problems import SourceProblem

UTF8 = "UTF8"
# The mapping's encoding → the character set to be attached with, for databases whose text has none (NONE).
CHARSETS = {"utf-8": UTF8, "iso8859-1": "ISO8859_1", "iso8859-15": "ISO8859_15", "cp1252": "WIN1252", "cp850": "DOS850"}

# Codes of the server (Firebird's `iberror.h`), the telling ones first: an error carries several.
CODES = {
    335544472: "refused", 335544734: "refused",  # no such account or password; no such file
    335544352: "denied", 335544580: "relation", 335544578: "column", 335544569: "query",
    335544849: "charset", 335544565: "charset",
    335544794: "slow", 335544345: "slow", 335544336: "slow",
    335544856: "stopping", 335544528: "stopping", 335544557: "stopping",
    335544430: "exhausted", 335544744: "exhausted",
    335544722: "unreachable", 335544704: "unreachable",
    335544721: "cut", 335544726: "cut", 335544727: "cut", 335544741: "cut",
}  # fmt: skip


class Firebird:
    """Firebird 3 or later, through firebird-driver, which needs the client library of Debian's libfbclient2."""

    steady = True
    encryption: Encryption | None = None

    def url(self, source: Source, credentials: Credentials, host: str) -> URL:
        if ctypes.util.find_library("fbclient") is None:
            raise causes.problem("library")
        # The whole address as the database: the driver else keeps servers in a register that all sources share.
        place = f"{host}/{source.port}:{source.database}"
        return URL.create(
            "firebird+firebird", username=credentials.username, password=credentials.password, database=place
        )

    def connect_args(self, source: Source) -> dict[str, Any]:
        encoding = read(source.mapping.text).encoding if source.mapping else "utf-8"
        return {"charset": CHARSETS.get(encoding, UTF8)}

    def prepare(self, connection: Connection) -> None:
        _give_signals_back()
        # Imported here: a machine without Firebird sources does not pay for the driver.
        from firebird.driver import Isolation, TraAccessMode, tpb

        driver: Any = connection.connection.dbapi_connection
        connection.rollback()
        driver.main_transaction.default_tpb = tpb(Isolation.SNAPSHOT, access_mode=TraAccessMode.READ)

    def after(self, order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        return keyset.after(order, values)

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, VARCHAR(40))

    def interrupt(self, driver: Any) -> None:
        """Nothing: the driver has no way. TCP's keep-alive ends what a silent server holds."""

    def problem(self, error: Exception) -> SourceProblem:
        _give_signals_back()
        given = getattr(getattr(error, "orig", error), "gds_codes", ())
        found = [cause for code, cause in CODES.items() if code in given]
        return causes.problem(found[0] if found else "unreachable")


def _give_signals_back() -> None:
    """The client library takes these for itself when it first attaches, and a worker could not be told to end."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.getsignal(number))
