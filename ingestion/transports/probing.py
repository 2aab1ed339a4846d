"""Whether a state answers at all: the lightest thing to ask of it."""

import socket

from ingestion.models import Source
from ingestion.problems import SourceProblem
from ingestion.transports.base import Checkable
from ingestion.transports.registry import transport_for

TIMEOUT_S = 15


def probe(source: Source) -> None:
    """Open a connection and read nothing; of an API, only its door is tried. Raises SourceProblem."""
    with transport_for(source.rule)(source) as connection:
        if isinstance(connection, Checkable):
            connection.check()
            return
    try:
        socket.create_connection((source.host, source.port), TIMEOUT_S).close()
    except OSError as error:
        raise SourceProblem("Não foi possível falar com o servidor do estado (rede, VPN ou fora do ar).") from error
