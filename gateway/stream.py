"""A view as NDJSON: a head, the kinds of the columns whenever they change, one array a row, and a trailer.

A body without its trailer was cut. `{"error": …}` in its place says why.
"""

import json
from collections.abc import Generator
from contextlib import closing
from typing import Any

import orjson
import zstandard

from gateway.config import View
from gateway.database import Database, Reading
from gateway.positions import Position, dump
from gateway.problems import DatabaseProblem, record
from gateway.values import encode, kind_of

# Bytes of JSON between two flushes, about; and how hard zstd tries.
CHUNK = 2 * 1024 * 1024
LEVEL = 3


class ViewStream:
    """The answer to one request for a view. `sent` counts its rows."""

    def __init__(
        self, database: Database, view: View, *, after: Position | None, until: Any, limit: int | None,
        batch_rows: int, reference: str,
    ) -> None:  # fmt: skip
        self._database, self._view, self._batch_rows = database, view, batch_rows
        self._after, self._until, self._limit = after, until, limit
        self._reference = reference
        self._kinds = ["plain"] * len(view.columns)
        self.sent = 0

    def chunks(self) -> Generator[bytes]:
        """Whole lines. Never raises for the database's sake: the first bytes may have left already."""
        try:
            with self._database.connect() as connection:
                reading = Reading(connection, self._database.dialect, self._view, self._after, self._until, self._limit)
                yield self._head(reading)
                with closing(reading.batches()) as batches:
                    for rows in batches:
                        chunk = self._chunk(rows)
                        self.sent += len(rows)
                        reading.rows = max(1, min(self._batch_rows, CHUNK * len(rows) // len(chunk)))
                        yield chunk
                yield self._trailer(reading)
        except DatabaseProblem as error:
            yield self._error(error)

    def _head(self, reading: Reading) -> bytes:
        return _line({"view": self._view.name, "columns": self._view.columns, "until": dump(reading.horizon())})

    def _chunk(self, rows: list[tuple[Any, ...]]) -> bytes:
        columns = list(zip(*rows, strict=True))
        kinds = [kind_of(column) or before for column, before in zip(columns, self._kinds, strict=True)]
        head = b"" if kinds == self._kinds else _line({"kinds": kinds})
        self._kinds = kinds
        encoded = [encode(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return head + b"".join(map(_line, zip(*encoded, strict=True)))

    def _trailer(self, reading: Reading) -> bytes:
        after = reading.after.as_json() if reading.after and reading.full else None
        return _line({"end": True, "rows": self.sent, "next": after})

    def _error(self, error: DatabaseProblem) -> bytes:
        record(error, self._reference)
        said = {
            "detail": error.detail, "code": error.code, "passing": error.passing, "reference": self._reference,
        }  # fmt: skip
        return _line({"error": said})


def compressed(chunks: Generator[bytes]) -> Generator[bytes]:
    """The chunks in one zstd frame, each whole chunk readable as soon as it arrives."""
    compressor = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    with closing(chunks):
        for chunk in chunks:
            yield compressor.compress(chunk) + compressor.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    yield compressor.flush(zstandard.COMPRESSOBJ_FLUSH_FINISH)


def _line(value: Any) -> bytes:
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a lone surrogate: slower, but loses nothing
        return json.dumps(value, default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
