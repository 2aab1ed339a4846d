"""Firebird 3 or later, through firebird-driver and the client library of the system (Debian's libfbclient2)."""

import ctypes.util
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL

from gateway.dialects.base import Dialect, stored

# Encoding of the configuration → the character set to be attached with, for databases whose text has none (NONE).
CHARSETS = {"iso8859-1": "ISO8859_1", "iso8859-15": "ISO8859_15", "cp1252": "WIN1252", "cp850": "DOS850"}
WRITING = """
SELECT count(*) FROM rdb$user_privileges
WHERE rdb$relation_name = :relation AND rdb$user IN (CURRENT_USER, 'PUBLIC') AND rdb$privilege IN ('I', 'U', 'D')
"""


class Firebird(Dialect):
    """See `Dialect`. Its dates are the driver's own, years 1 to 9999: none has to come as text."""

    drivername, module, extra = "firebird+firebird", "firebird.driver", "firebird"
    # Codes of the server (Firebird's `iberror.h`), the telling ones first: an error carries several.
    causes = {
        335544472: "login", 335544734: "database", 335544352: "permission", 335544580: "relation",
        335544578: "column", 335544569: "query", 335544321: "value", 335544334: "value", 335544849: "value",
        335544565: "value", 335544794: "timeout", 335544345: "timeout", 335544336: "timeout",
    }  # fmt: skip

    def address(self, given: URL, encoding: str) -> URL:
        place = f"{given.host}/{given.port or 3050}:{given.database}"
        charset = CHARSETS.get(encoding, "UTF8")
        return URL.create(self.drivername, given.username, given.password, database=place, query={"charset": charset})

    def missing(self) -> str | None:
        if ctypes.util.find_library("fbclient"):
            return None
        return "falta a biblioteca cliente do Firebird; instale o pacote libfbclient2 (Debian) ou libfbclient (RHEL)."

    def prepare(self, connection: sa.Connection, timeout: int) -> None:
        # Imported here: machines with another database do not have the driver.
        from firebird.driver import Isolation, TraAccessMode, tpb

        driver: Any = connection.connection.dbapi_connection
        connection.rollback()
        driver.main_transaction.default_tpb = tpb(Isolation.SNAPSHOT, access_mode=TraAccessMode.READ)

    def may_write(self, connection: sa.Connection, schema: str | None, relation: str) -> bool:
        return bool(connection.scalar(sa.text(WRITING), {"relation": stored(relation)}))

    def code(self, error: Any) -> Any:
        given = getattr(error, "gds_codes", ())
        return next((code for code in self.causes if code in given), None)
