"""Opening a state's API: its address, who we are there, and what may not leave this machine unprotected."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from ingestion.mapping.api import Api, ClientCredentials
from ingestion.mapping.reading import read
from ingestion.mapping.schema import Mapping
from ingestion.models import Rule, Source
from ingestion.network.http import GuardedTransport
from ingestion.problems import SourceProblem
from ingestion.transports import requirements
from ingestion.transports.base import Batch, KeyBatch, key_batches, only_keys
from ingestion.transports.position import Position
from ingestion.transports.rest.auth import authentication, trust
from ingestion.transports.rest.client import ApiClient
from ingestion.transports.rest.problems import NotFound
from ingestion.transports.rest.reading import Reading
from ingestion.transports.schema import Seen, kinds_of

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# Records whose fields stand for all of a view's.
SAMPLE = 100
PORTS = {"http": 80, "https": 443}


class RestConnection:
    """An open client of one source."""

    steady = False

    def __init__(self, client: ApiClient) -> None:
        self._client = client

    def batches(self, mapping: Mapping, view: str, after: Position | None, size: int) -> Generator[Batch]:
        """See `transports.base.Connection`."""
        return Reading(self._client, mapping, _api_of(mapping), view, after, size).batches()

    def describe(self, mapping: Mapping) -> list[Seen]:
        """See `transports.schema.Describing`: the paths in the first records of each view."""
        api, found = _api_of(mapping), []
        for name, given in mapping.views.items():
            try:
                records = Reading(self._client, mapping, api, name, None, SAMPLE).sample()
            except NotFound:
                found.append(Seen(given.endpoint or "", name, None))
                continue
            found.append(Seen(given.endpoint or "", name, kinds_of(records), whole=False))
        return found

    def keys(self, mapping: Mapping, view: str, size: int) -> Generator[KeyBatch]:
        """See `transports.base.Connection`. An API gives whole records; photographs are not fetched."""
        narrow = only_keys(mapping, view)
        return key_batches(self.batches(narrow, view, None, size), narrow.views[view])

    def skew(self) -> timedelta | None:
        """How far the API's clock is ahead of ours, by its last answer."""
        return self._client.skew


@contextmanager
def connect(source: Source) -> Iterator[RestConnection]:
    """Rule 3, and rule 4 with verified TLS. Raises SourceProblem."""
    mapping = read(source.mapping.text) if source.mapping else None
    api = _api_of(mapping)
    requirements.check(source)
    _check_address(source, api)
    secrets = _Secrets(source)
    with httpx.Client(
        auth=authentication(api.authentication, secrets),
        transport=GuardedTransport(source, trust(api, source, secrets)),
        timeout=api.timeout,
        headers={"Accept": "application/json", "User-Agent": "senappen"},
        trust_env=False,
    ) as http:
        yield RestConnection(
            ApiClient(
                http,
                requests_per_second=api.requests_per_second,
                timeout=api.timeout,
                encoding=mapping.encoding if mapping else "utf-8",
            )
        )


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


def _api_of(mapping: Mapping | None) -> Api:
    if mapping is None or mapping.api is None:
        raise SourceProblem("O mapeamento da fonte não tem a seção api, que as regras 3 e 4 leem.", passing=False)
    return mapping.api


def _check_address(source: Source, api: Api) -> None:
    """The mapping may not take the source's secrets elsewhere, nor through the internet in the clear."""
    parts = urlsplit(api.base)
    if (parts.hostname, parts.port or PORTS[parts.scheme]) != (source.host.lower(), source.port):
        sentence = "O servidor e a porta de api.base não são os da fonte; corrija o mapeamento ou a fonte."
        raise SourceProblem(sentence, passing=False)
    addresses = [api.base]
    if isinstance(api.authentication, ClientCredentials):
        addresses.append(api.authentication.token_address)
    if source.rule == Rule.API_INTERNET and not all(map(_protected, addresses)):
        sentence = "Pela internet (regra 4) a API só é lida por https; corrija api.base e token_address."
        raise SourceProblem(sentence, passing=False)


def _protected(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (settings.LOOPBACK_SOURCES and parts.hostname in LOOPBACK)
