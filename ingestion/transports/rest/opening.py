"""Opening one of a state's HTTP servers: who we are there, and what may not leave this machine unprotected."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from ingestion.mapping.api import HttpServer
from ingestion.models import Source
from ingestion.network import ranges
from ingestion.network.http import GuardedTransport
from ingestion.problems import SourceProblem
from ingestion.transports.rest.auth import authentication, trust
from ingestion.transports.rest.client import ApiClient

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@contextmanager
def open_client(source: Source, server: HttpServer, *, encoding: str, accept: str) -> Iterator[ApiClient]:
    """A client of one server of a source. Raises SourceProblem."""
    secrets = _Secrets(source)
    with httpx.Client(
        auth=authentication(server.authentication, secrets),
        transport=GuardedTransport(source, trust(server, source, secrets)),
        timeout=server.timeout,
        headers={"Accept": accept, "User-Agent": "senappen"},
        trust_env=False,
    ) as http:
        yield ApiClient(http, requests_per_second=server.requests_per_second, timeout=server.timeout, encoding=encoding)


def protected(source: Source, server: HttpServer) -> bool:
    """Whether all that is asked of the server goes by VPN or over TLS."""
    return source.rule in ranges.BY_VPN or all(map(_protected, server.addresses))


def _protected(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (settings.LOOPBACK_SOURCES and parts.hostname in LOOPBACK)


class _Secrets:
    """The secrets of a source by name."""

    def __init__(self, source: Source) -> None:
        self._values = source.credentials.named

    def __call__(self, name: str) -> str:
        value = self._values.get(name)
        if not value:
            sentence = f"Falta na fonte o segredo “{name}”, que o mapeamento cita; guarde-o com o comando keep_secret."
            raise SourceProblem(sentence, passing=False)
        return value
