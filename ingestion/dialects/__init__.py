"""What differs between the states' database systems."""

from ingestion.dialects.base import Dialect
from ingestion.dialects.firebird import Firebird
from ingestion.dialects.mariadb import MariaDB
from ingestion.dialects.oracle import Oracle
from ingestion.dialects.postgresql import PostgreSQL
from ingestion.dialects.sqlserver import SQLServer
from ingestion.models import SourceDialect

DIALECTS: dict[str, Dialect] = {
    SourceDialect.POSTGRESQL: PostgreSQL(),
    SourceDialect.MARIADB: MariaDB(),
    SourceDialect.FIREBIRD: Firebird(),
    SourceDialect.ORACLE: Oracle(),
    SourceDialect.SQLSERVER: SQLServer(),
}

__all__ = ["DIALECTS", "Dialect"]
