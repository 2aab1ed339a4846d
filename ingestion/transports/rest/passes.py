"""Numbered pages read until two readings in a row show the same records.

A record that changes or goes away while pages are read moves all that follow it, and one of them may slip between two
pages. What moved it shows as a difference to the next reading; two equal readings prove that the first saw every
record. Of each, only what no reading gave before is passed on.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

from ingestion.problems import SourceProblem
from ingestion.transports.rest.records import Record, Shape, as_text, optional
from ingestion.transports.rest.watermark import Watermark

MOST = 5
SHIFTING = (
    "A API muda mais depressa do que suas páginas são lidas; use pagination keyset ou cursor, ou carregue quando o"
    " sistema do estado estiver parado."
)


class Passes:
    """The readings of one view. It remembers a digest of every record: about 200 bytes each."""

    def __init__(self, shape: Shape, watermark: Watermark) -> None:
        self._shape, self._watermark = shape, watermark
        self._given: dict[bytes, bytes] = {}
        self._seen = self._before = 0
        self.done = 0
        # The earliest moment of the records that changed after they were given: the next load has to begin there.
        self.changed: datetime | None = None

    def fresh(self, records: Sequence[Record]) -> list[Record]:
        """The records to pass on: in the first reading all but those that moved to a second page as they were."""
        return [record for record in records if self._take(record)]

    def again(self) -> bool:
        """At the end of a reading: True when another has to follow. Raises SourceProblem when there were enough."""
        same = self._seen == self._before
        self._seen, self._before = 0, self._seen
        self.done += 1
        if not same and self.done >= MOST:
            raise SourceProblem(SHIFTING)
        return not same

    def _take(self, record: Record) -> bool:
        key = _digest(as_text(optional(record, self._shape.key)))
        content = _digest("\x1f".join(as_text(optional(record, column)) for column in self._shape.columns))
        # A sum, so that the order in which records come does not matter and nothing is remembered.
        self._seen += int.from_bytes(content, "big")
        held = self._given.get(key)
        if held == content:
            return False
        if held is None:
            self._given[key] = content
            return True
        if self.done:
            self._remember(record)
        # Two records of one key in one reading are the state's error, which the load shows.
        return not self.done

    def _remember(self, record: Record) -> None:
        moment = self._watermark.read(optional(record, self._shape.updated))
        if moment and (self.changed is None or moment < self.changed):
            self.changed = moment


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
