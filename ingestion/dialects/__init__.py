"""What differs between the states' database systems."""

from ingestion.dialects.base import Dialect
from ingestion.dialects.postgresql import PostgreSQL
from ingestion.models import SourceDialect

DIALECTS: dict[str, Dialect] = {SourceDialect.POSTGRESQL: PostgreSQL()}

__all__ = ["DIALECTS", "Dialect"]
