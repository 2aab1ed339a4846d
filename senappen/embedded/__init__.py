"""Private servers: PostgreSQL and Redis where no `DATABASE_URL` / `REDIS_URL` is set, and the states' databases."""

from senappen.embedded.firebird import Firebird
from senappen.embedded.mariadb import MariaDB
from senappen.embedded.postgres import Postgres
from senappen.embedded.redis import Redis
from senappen.embedded.server import EmbeddedServerError
from senappen.embedded.tls import MariaDBTls, PostgresTls

__all__ = ["EmbeddedServerError", "Firebird", "MariaDB", "MariaDBTls", "Postgres", "PostgresTls", "Redis"]
