"""A private PostgreSQL and Redis for machines where no `DATABASE_URL` / `REDIS_URL` is set."""

from senappen.embedded.postgres import Postgres
from senappen.embedded.redis import Redis
from senappen.embedded.server import EmbeddedServerError

__all__ = ["EmbeddedServerError", "Postgres", "Redis"]
