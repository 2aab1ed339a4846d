"""An open gateway: views streamed in the order of their watermark, gone on with after a cut; photographs by key."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

import orjson

from ingestion.contract.types import KEY, UPDATED
from ingestion.contract.views import VERSION
from ingestion.mapping.compiling import PhotoError
from ingestion.mapping.schema import Mapping, ViewMapping
from ingestion.models import Source
from ingestion.problems import SourceProblem
from ingestion.reasons import ReasonCode
from ingestion.transports import requirements
from ingestion.transports.base import Batch, KeyBatch
from ingestion.transports.gateway.client import Attempts, Client
from ingestion.transports.gateway.listing import Listing
from ingestion.transports.gateway.problems import GARBLED, Interruption, Missing
from ingestion.transports.gateway.rows import PART, Body
from ingestion.transports.position import Position
from ingestion.transports.schema import Seen
from registry.services.photos import LARGEST

T_co = TypeVar("T_co", covariant=True)


class _OverRequests(Protocol[T_co]):
    """Something read over as many requests as it takes."""

    ended: bool

    @property
    def parameters(self) -> dict[str, str]:
        """Of the next request."""

    def batches(self, pieces: Iterator[bytes], attempts: Attempts) -> Generator[T_co]:
        """Full batches of one answer. Raises Interruption when it was cut, after taking its whole rows."""

    def rest(self) -> Generator[T_co]:
        """What did not fill a batch."""


class GatewayConnection:
    """See `transports.base.Connection`."""

    steady = False

    def __init__(self, client: Client) -> None:
        self._client = client

    def batches(self, mapping: Mapping, view: str, after: Position | None, size: int) -> Generator[Batch]:
        """The same rows and positions as SQL gives, whatever is cut on the way; few at a time, to be used at once."""
        return self._read(f"/v1/views/{view}", _Reading(mapping.views[view], after, min(size, PART)))

    def keys(self, mapping: Mapping, view: str, size: int) -> Generator[KeyBatch]:
        """See `transports.base.Connection`."""
        return self._read(f"/v1/views/{view}/keys", Listing(mapping.views[view], size))

    def _read(self, path: str, reading: "_OverRequests[T_co]") -> Generator[T_co]:
        attempts = Attempts()
        while not reading.ended:
            try:
                with self._client.stream(path, reading.parameters) as pieces:
                    yield from reading.batches(pieces, attempts)
            except Interruption as interruption:
                attempts.pause(interruption)
        yield from reading.rest()

    def photo(self, key: str) -> bytes:
        """The bytes of a photograph of the state's folder. Raises PhotoError and SourceProblem."""
        try:
            content = self._client.content(f"/v1/photos/{quote(key.lstrip('/'))}", LARGEST)
        except Missing as error:
            raise PhotoError(ReasonCode.PHOTO_MISSING) from error
        if len(content) > LARGEST:
            raise PhotoError(ReasonCode.PHOTO_INVALID)
        return content

    def describe(self, mapping: Mapping) -> list[Seen]:
        """See `transports.schema.Describing`: the columns that the gateway is configured to show, without types."""
        match self._client.json("/v1/views"):
            case {"views": [*views]}:
                shown = {str(view["name"]): dict.fromkeys(map(str, view["columns"]), "") for view in views}
            case _:
                raise SourceProblem(GARBLED, passing=False)
        read = [Seen(name, name, shown.pop(name, None)) for name in mapping.views]
        return read + [Seen(name, "", columns) for name, columns in shown.items()]

    def skew(self) -> timedelta | None:
        """How far the gateway's clock is ahead of ours. Raises SourceProblem."""
        said = self._client.json("/v1/health")
        try:
            return datetime.fromisoformat(said["clock"]) - datetime.now(UTC)
        except (TypeError, KeyError, ValueError):
            return None

    def check(self) -> None:
        """Raises SourceProblem unless the gateway speaks our contract and reaches its database."""
        match self._client.json("/v1/health"):
            case {"contract": int(contract)} if contract != VERSION:
                raise SourceProblem("O gateway do estado segue outra versão do contrato; atualize-o.", passing=False)
            case {"contract": int(), "database": bool(reached)}:
                if not reached:
                    raise SourceProblem("O gateway responde, mas o banco do estado está fora do ar.")
            case _:
                raise SourceProblem(GARBLED, passing=False)


class _Reading:
    """One view of one load, over as many requests as it takes."""

    def __init__(self, given: ViewMapping, after: Position | None, size: int) -> None:
        self._given, self._size = given, size
        self._updated, self._key = (given.columns.index(given.fields[name].column or "") for name in (UPDATED, KEY))
        self._reached = self._resume = after
        self._pending: list[Sequence[Any]] = []
        self._until: Any = None
        self.ended = False

    @property
    def parameters(self) -> dict[str, str]:
        """Of the next request. `until` keeps it to what the first one saw, lest a row changed meanwhile comes twice."""
        given = {"after": self._resume.as_json() if self._resume else None, "until": self._until}
        return {name: orjson.dumps(value).decode() for name, value in given.items() if value is not None}

    def batches(self, pieces: Iterator[bytes], attempts: Attempts) -> Generator[Batch]:
        """Full batches of one answer. Raises Interruption when it was cut, after taking its whole rows."""
        body = Body(self._given.columns)
        for piece in pieces:
            for rows in body.feed(piece):
                self._take(rows)
                attempts.progressed()
                while len(self._pending) >= self._size:
                    yield self._batch()
            self._until = self._until or body.until
        body.check()
        self.ended = True

    def rest(self) -> Generator[Batch]:
        """What did not fill a batch."""
        if self._pending:
            yield self._batch()

    def _take(self, rows: Sequence[Sequence[Any]]) -> None:
        self._pending.extend(rows)
        for row in reversed(rows):
            # A row without key has no place to go on from; it is an error of the state's, kept once however often read.
            if row[self._key] is not None:
                self._resume = Position(row[self._updated], row[self._key])
                break

    def _batch(self) -> Batch:
        rows, self._pending = self._pending[: self._size], self._pending[self._size :]
        for row in reversed(rows):
            if row[self._updated] is not None:
                self._reached = Position(row[self._updated], row[self._key])
                break
        return Batch(rows, self._reached)


@contextmanager
def connect(source: Source) -> Iterator[GatewayConnection]:
    """Rule 2. Raises SourceProblem."""
    requirements.check(source)
    client = Client(source)
    try:
        connection = GatewayConnection(client)
        connection.check()
        yield connection
    finally:
        client.close()
