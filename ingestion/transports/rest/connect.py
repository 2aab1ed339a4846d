"""Opening a state's API: its address, who we are there, and what may not leave this machine unprotected."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from ingestion.mapping.api import Api
from ingestion.mapping.reading import read
from ingestion.mapping.schema import Mapping
from ingestion.models import Source
from ingestion.problems import SourceProblem
from ingestion.transports import requirements
from ingestion.transports.base import Batch, KeyBatch, key_batches, only_keys
from ingestion.transports.position import Position
from ingestion.transports.rest.client import ApiClient
from ingestion.transports.rest.opening import open_client, protected
from ingestion.transports.rest.problems import NotFound
from ingestion.transports.rest.reading import Reading
from ingestion.transports.schema import Seen, kinds_of

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
    encoding = mapping.encoding if mapping else "utf-8"
    with open_client(source, api, encoding=encoding, accept="application/json") as client:
        yield RestConnection(client)


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
    if not protected(source, api):
        sentence = "Pela internet (regra 4) a API só é lida por https; corrija api.base e token_address."
        raise SourceProblem(sentence, passing=False)
