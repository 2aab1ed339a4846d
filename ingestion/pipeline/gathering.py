"""What a state gives, gathered to what is written in one transaction: as many rows as it takes, or as long."""

import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from ingestion.mapping.compiling import Reader, StorePhoto
from ingestion.pipeline.rows import Prepared, prepare
from ingestion.transports.base import Batch
from ingestion.transports.position import Position

# A slow state's rows are written at least this often, however few they are.
LONGEST_S = 1.0


@dataclass(frozen=True)
class Gathered:
    """Rows of one transaction: how many were read, the position reached with them, and what they became."""

    count: int
    position: Position | None
    prepared: Prepared

    def then(self, batch: Batch, prepared: Prepared) -> "Gathered":
        """These, and those of the batch that follows."""
        return Gathered(self.count + len(batch.rows), batch.position, self.prepared.then(prepared))


NOTHING = Gathered(0, None, Prepared([], 0, []))


def gathered(batches: Generator[Batch], reader: Reader, store: StorePhoto, enough: int) -> Generator[Gathered]:
    """At least `enough` rows at a time, or what came within LONGEST_S; in the end, the rest.

    A reading that fails gives first what it had read: one that always fails would else never get on.
    """
    rows, began = NOTHING, time.monotonic()
    with closing(batches):
        try:
            for batch in batches:
                rows = rows.then(batch, prepare(reader, batch.rows, store))
                if rows.count >= enough or time.monotonic() - began >= LONGEST_S:
                    yield rows
                    rows, began = NOTHING, time.monotonic()
        except Exception:
            if rows.count:
                yield rows
            raise
    if rows.count:
        yield rows
