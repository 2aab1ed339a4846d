"""What differs between the states' database systems. Each driver is an extra of the package."""

from importlib.util import find_spec

from sqlalchemy.engine import URL

from gateway.dialects.base import Dialect
from gateway.dialects.firebird import Firebird
from gateway.dialects.mariadb import MariaDB
from gateway.dialects.oracle import Oracle
from gateway.dialects.postgresql import PostgreSQL
from gateway.dialects.sqlserver import SQLServer

# Scheme of the configured address → dialect.
DIALECTS: dict[str, Dialect] = {
    "postgresql": PostgreSQL(), "mariadb": MariaDB(), "firebird": Firebird(), "oracle": Oracle(),
    "sqlserver": SQLServer(),
}  # fmt: skip
ALIASES = {"postgres": "postgresql", "mysql": "mariadb", "mssql": "sqlserver"}


def of(url: URL) -> Dialect:
    """The dialect of an address. Raises KeyError for a scheme that no dialect has."""
    scheme = url.drivername.partition("+")[0]
    return DIALECTS[ALIASES.get(scheme, scheme)]


def missing(dialect: Dialect) -> str | None:
    """What must be installed on this machine before the dialect can be used; a sentence in pt-BR."""
    try:
        present = find_spec(dialect.module) is not None
    except ModuleNotFoundError:  # a package that holds the module
        present = False
    if not present:
        return f"falta o driver deste banco; rode “pip install 'senappen-gateway[{dialect.extra}]'”."
    return dialect.missing()


__all__ = ["DIALECTS", "Dialect", "missing", "of"]
