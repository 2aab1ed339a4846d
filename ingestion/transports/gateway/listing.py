"""The keys of a view as its gateway lists them: in their own order, which no change of a row upsets."""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from typing import Any

import orjson

from ingestion.contract.types import KEY, UPDATED
from ingestion.mapping.schema import ViewMapping
from ingestion.transports.base import KeyBatch
from ingestion.transports.gateway.client import Attempts
from ingestion.transports.gateway.rows import Body
from ingestion.transports.position import Position

# After a cut the last key comes again, and with it those that the state's database holds equal to it (A and a).
COME_AGAIN = 100


class Listing:
    """One listing, over as many requests as it takes."""

    def __init__(self, given: ViewMapping, size: int) -> None:
        self._columns = [given.fields[name].column or "" for name in (KEY, UPDATED)]
        self._size = size
        self._pending: list[tuple[Any, Any]] = []
        self._latest: deque[Any] = deque(maxlen=COME_AGAIN)
        self._begins = True
        self.ended = False

    @property
    def parameters(self) -> dict[str, str]:
        """Of the next request."""
        if not self._latest:
            return {}
        return {"since": orjson.dumps(Position(None, self._latest[-1]).as_json()[1]).decode()}

    def batches(self, pieces: Iterator[bytes], attempts: Attempts) -> Generator[KeyBatch]:
        """Full batches of one answer. Raises Interruption when it was cut, after taking its whole rows."""
        body = Body(self._columns)
        given = set(self._latest)
        for piece in pieces:
            for rows in body.feed(piece):
                self._take(rows, given)
                attempts.progressed()
            while len(self._pending) >= self._size:
                yield self._batch()
        body.check()
        self.ended = True

    def rest(self) -> Generator[KeyBatch]:
        """What did not fill a batch; an empty view is listed too."""
        if self._pending or self._begins:
            yield self._batch()

    def _take(self, rows: Sequence[Sequence[Any]], given: set[Any]) -> None:
        """Keep the rows but those given before a cut."""
        for row in rows:
            if row[0] not in given:
                self._pending.append((row[0], row[1]))
                self._latest.append(row[0])

    def _batch(self) -> KeyBatch:
        rows, self._pending = self._pending[: self._size], self._pending[self._size :]
        begins, self._begins = self._begins, False
        return KeyBatch(rows, None, begins, in_order=False)
