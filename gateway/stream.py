"""A view as NDJSON: a head, the kinds of the columns whenever they change, one array a row, and a trailer.

A body without its trailer was cut. `{"error": …}` in its place says why.
"""

import json
import operator
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any

import orjson
import sqlalchemy as sa
import zstandard

from gateway.database import Database
from gateway.dialects import Dialect
from gateway.positions import dump
from gateway.problems import DatabaseProblem, record
from gateway.reading import Reading
from gateway.values import encode, kind_of

# Bytes of JSON between two flushes, about; and how hard zstd tries: level 3 took four times as long for as many bytes.
CHUNK = 2 * 1024 * 1024
LEVEL = 1
# Rows worked on at a time: what they become on the way stays in a core's cache, in half the time.
PART = 500


Open = Callable[[sa.Connection, Dialect], Reading]


class ViewStream:
    """The answer to one request for a view. `sent` counts its rows."""

    def __init__(self, database: Database, view: str, opened: Open, *, batch_rows: int, reference: str) -> None:
        self._database, self._view, self._open = database, view, opened
        self._batch_rows, self._reference = batch_rows, reference
        self._kinds: list[str] = []
        self.sent = 0

    def chunks(self) -> Generator[bytes]:
        """Whole lines. Never raises for the database's sake: the first bytes may have left already."""
        try:
            with self._database.connect() as connection:
                reading = self._open(connection, self._database.dialect)
                self._kinds = ["plain"] * len(reading.columns)
                yield _line({"view": self._view, "columns": reading.columns, "until": dump(reading.horizon())})
                with closing(reading.batches()) as batches:
                    for rows in batches:
                        chunk = b"".join([self._part(rows[at : at + PART]) for at in range(0, len(rows), PART)])
                        self.sent += len(rows)
                        reading.rows = max(1, min(self._batch_rows, CHUNK * len(rows) // len(chunk)))
                        yield chunk
                following = reading.next()
                yield _line({"end": True, "rows": self.sent, "next": following.as_json() if following else None})
        except DatabaseProblem as error:
            yield self._error(error)

    def _part(self, rows: list[tuple[Any, ...]]) -> bytes:
        columns = list(zip(*rows, strict=True))
        kinds = [kind_of(column) or before for column, before in zip(columns, self._kinds, strict=True)]
        head = b"" if kinds == self._kinds else _line({"kinds": kinds})
        self._kinds = kinds
        encoded = [encode(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        # Most go as the driver gave them.
        changed = any(map(operator.is_not, encoded, columns))
        return head + _lines(list(zip(*encoded, strict=True)) if changed else rows)

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


def _lines(rows: list[tuple[Any, ...]]) -> bytes:
    """One line a row: written all at once, and broken where a row ends, if nothing within one looks like its end."""
    try:
        inner = orjson.dumps(rows, default=str)[2:-2].split(b"],[")
    except TypeError:
        inner = []
    if len(inner) != len(rows):
        return b"".join(map(_line, rows))
    return b"[" + b"]\n[".join(inner) + b"]\n"


def _line(value: Any) -> bytes:
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a lone surrogate: slower, but loses nothing
        return json.dumps(value, default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
