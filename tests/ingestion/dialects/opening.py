"""The sources that read the state of `conftest`."""

import os
from pathlib import Path
from typing import Any

from ingestion.models import Credentials, Source, SourceDialect
from ingestion.services import sources
from senappen import servers
from tests.factories.ingestion import BY
from tests.factories.registry import make_origin

PASSWORD = "leitura-de-teste"
STATE = "AL"  # Latin-1, accents, images in the rows, numbered codes
# The workers of a run share the servers: each has its own state there.
PREFIX = f"dialetos_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_"
READER = f"{PREFIX}leitor_al"
MARIADB, FIREBIRD = SourceDialect.MARIADB, SourceDialect.FIREBIRD


def open_source(country: Path, dialect: str, port: int, code: str = STATE, **changes: Any) -> Source:
    """A source that reads the state's database on that server."""
    file = "mapping.yaml" if dialect == SourceDialect.POSTGRESQL else f"mapping.{dialect}.yaml"
    mapping = (country / STATE / file).read_text().replace(f"origin: {STATE}", f"origin: {code}")
    database = f"{PREFIX}estado_al"
    if dialect == FIREBIRD:
        database = f"{servers.state_firebird().folder}/databases/{database}.fdb"
    given = {"database": database, "credentials": Credentials(READER, PASSWORD), "port": port, **changes}
    origin = make_origin(code, uf=STATE, timezone="America/Maceio")
    return sources.create(origin=origin, host="127.0.0.1", dialect=dialect, mapping=mapping, by=BY, **given)
